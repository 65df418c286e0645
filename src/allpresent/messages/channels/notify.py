"""Texts and letters by GOV.UK Notify, with its own client. Each carries our reference, so that it can be looked for."""

from __future__ import annotations

from typing import Any

from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from allpresent.core.messages.channel import Channel
from allpresent.messages.channels.outcome import Outcome
from allpresent.messages.channels.settings_file import Notify
from allpresent.messages.channels.smtp import proof
from allpresent.messages.models import Attempt, Message

TIMEOUT = 20
_Result = Attempt.Result
_ADDRESS_LINES = 7
_BAD_ADDRESS = ("phone_number", "not a valid", "address_line", "postcode", "not enough digits", "too many digits")
_GONE_WRONG = {"permanent-failure": _Result.BOUNCED, "temporary-failure": _Result.FAILED}
_LETTER_WRONG = ("technical-failure", "validation-failed", "virus-scan-failed", "cancelled")


def reference(message: Message) -> str:
    """Our own number for a message at the service: the same at every try."""
    return f"allpresent-{message.id}-{proof(message.id)}"


class NotifyCarrier:
    """One service of GOV.UK Notify."""

    def __init__(self, notify: Notify) -> None:
        self.notify = notify
        self.client = NotificationsAPIClient(notify.api_key, base_url=notify.base_url, timeout=TIMEOUT)

    def hand_over(self, message: Message) -> Outcome:
        """Send a text or a letter. An answer that never came, or a fault over there, leaves it uncertain."""
        send = self._letter if message.channel == Channel.POST else self._text
        try:
            return Outcome(_Result.SENT, "", str(send(message)["id"]))
        except APIError as error:
            return _outcome(error)

    def _text(self, message: Message) -> dict[str, Any]:
        return self.client.send_sms_notification(
            phone_number=message.address, template_id=self.notify.text_template,
            personalisation={"body": message.body}, reference=reference(message),
        )  # fmt: skip

    def _letter(self, message: Message) -> dict[str, Any]:
        lines = [message.to_name, *filter(None, map(str.strip, message.address.replace(",", "\n").splitlines()))]
        if len(lines) > _ADDRESS_LINES:
            lines[_ADDRESS_LINES - 2 : -1] = [", ".join(lines[_ADDRESS_LINES - 2 : -1])]
        given = {f"address_line_{number}": line for number, line in enumerate(lines, 1)}
        return self.client.send_letter_notification(
            template_id=self.notify.letter_template, reference=reference(message),
            personalisation={**given, "subject": message.subject, "body": message.body},
        )  # fmt: skip

    def look_up(self, message: Message) -> Outcome | None:
        """What the service knows of a message by our reference: SENT with its number; None when it never came.

        Raises APIError where the service cannot be asked.
        """
        found = self.client.get_all_notifications(reference=reference(message))["notifications"]
        return Outcome(_Result.SENT, "Found at the service by its reference.", str(found[0]["id"])) if found else None

    def report(self, number: str) -> Outcome | None:
        """The service's last word on what it took: DELIVERED, BOUNCED or FAILED; None while there is none yet.

        Raises APIError where the service cannot be asked.
        """
        status = self.client.get_notification_by_id(number)["status"]
        if status in ("delivered", "received"):
            return Outcome(_Result.DELIVERED, "", number)
        if status in _GONE_WRONG or status in _LETTER_WRONG:
            return Outcome(_GONE_WRONG.get(status, _Result.FAILED), f"GOV.UK Notify: {status}", number)
        return None

    def close(self) -> None:
        self.client.request_session.close()


def _outcome(error: APIError) -> Outcome:
    says = f"{error.status_code} {error.message}"[:500]
    if error.status_code >= 500:
        return Outcome(_Result.UNCERTAIN, says)
    if error.status_code in (403, 429):
        return Outcome(_Result.NOT_YET, says)
    refused = error.status_code == 400 and any(words in says for words in _BAD_ADDRESS)
    return Outcome(_Result.REFUSED if refused else _Result.FAILED, says)
