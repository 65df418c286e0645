"""GOV.UK Notify as its interface is written down, on this machine: checks each request as the service does."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
API_KEY = f"hillside-{SERVICE}-{SECRET}"
TEXTS, LETTERS = "aa5ae5ab-4f7c-4f4c-9f0a-2f1a30ab2a01", "bb5ae5ab-4f7c-4f4c-9f0a-2f1a30ab2a02"
_NEEDED = {TEXTS: {"body"}, LETTERS: {"address_line_1", "address_line_2", "address_line_3", "subject", "body"}}


class NotifyService:
    """What it was sent, by its own number, and how it is to answer: `answers` are (status, words) used up in order."""

    def __init__(self) -> None:
        self.taken: dict[str, dict] = {}
        self.answers: list[tuple[int, str]] = []
        self.statuses: dict[str, str] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def send(self, kind: str, asked: Mapping) -> tuple[int, dict]:
        """Take it, or refuse: a wrong template, a field of the template missing, no number."""
        status, words = self.answers.pop(0) if self.answers else (201, "")
        given = asked.get("personalisation", {})
        if missing := _NEEDED.get(asked["template_id"], {"a template of this service"}) - set(given):
            status, words = 400, f"Missing personalisation: {', '.join(sorted(missing))}"
        elif kind == "sms" and not asked["phone_number"].replace(" ", "").lstrip("+").isdigit():
            status, words = 400, "phone_number Not a valid mobile number"
        number = str(uuid4())
        if status in (201, 500):
            self.taken[number] = {**asked, "kind": kind}
        if status != 201:
            return status, {"status_code": status, "errors": [{"error": "Error", "message": words}]}
        return 201, {"id": number, "reference": asked["reference"]}

    def known(self, reference: str) -> list[dict]:
        return [{"id": number, "status": "sending"} for number, asked in self.taken.items()
                if asked["reference"] == reference]  # fmt: skip


def signed_by_the_service(header: str) -> bool:
    """Whether the bearer is a token of our service, made with its secret within the last half minute."""
    first, second, signature = header.removeprefix("Bearer ").split(".")
    expected = hmac.new(SECRET.encode(), f"{first}.{second}".encode(), hashlib.sha256).digest()
    held = _decoded(second)
    right = hmac.compare_digest(base64.urlsafe_b64encode(expected).rstrip(b"=").decode(), signature)
    return right and held["iss"] == SERVICE and abs(time.time() - held["iat"]) < 30


def _decoded(part: str) -> dict:
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def _handler(service: NotifyService) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self._is_ours():
                self._answer(*service.send(self.path.rpartition("/")[2], asked))

        def do_GET(self) -> None:
            if not self._is_ours():
                return
            where = urlsplit(self.path)
            last = where.path.rpartition("/")[2]
            if last == "notifications":
                found = service.known(parse_qs(where.query)["reference"][0])
                self._answer(200, {"notifications": found, "links": {}})
            else:
                self._answer(200, {"id": last, "status": service.statuses.get(last, "sending")})

        def _is_ours(self) -> bool:
            signed = signed_by_the_service(self.headers.get("Authorization", ""))
            if not signed:
                self._answer(403, {"errors": [{"error": "AuthError", "message": "Invalid token: signature"}]})
            return signed

        def _answer(self, status: int, said: dict) -> None:
            content = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *said: object) -> None:
            """It keeps no log."""

    return Handler
