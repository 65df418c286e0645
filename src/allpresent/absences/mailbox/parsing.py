"""From a message's bytes to what a person reads: who, when, which words. Whatever is sent, there is an answer."""

from __future__ import annotations

import hashlib
import re
from html.parser import HTMLParser
from typing import NamedTuple

from imap_tools import MailMessage

from allpresent.absences.models import Mail

LONGEST = 5000
_UNSEEN = frozenset({"script", "style", "title", "template"})
_BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "blockquote"})
_POSTMASTERS = re.compile(r"^(mailer-daemon|postmaster)@", re.IGNORECASE)


class Parsed(NamedTuple):
    """What a person reads of an e-mail. `bounced_id`: the Message-ID of ours that came back."""

    message_id: str
    kind: Mail.Kind
    from_name: str = ""
    from_address: str = ""
    subject: str = ""
    text: str = ""
    attachments: str = ""
    bounced_id: str = ""


def unread(raw: bytes) -> Parsed:
    """What is kept of a message that nothing could be made of."""
    return Parsed(_made_up_id(raw), Mail.Kind.UNREAD, text=_clean(raw[:LONGEST].decode("latin-1"), LONGEST))


def parse(raw: bytes, *, cut: bool = False) -> Parsed:
    """A message in words; one that defeats the reader is kept as such, for a person to look at in the mailbox."""
    try:
        return _parsed(MailMessage.from_bytes(raw), raw, cut)
    except Exception:  # what strangers send breaks parsers in ways that nobody lists
        return unread(raw)


def _parsed(mail: MailMessage, raw: bytes, cut: bool) -> Parsed:
    sender = mail.from_values
    address = _clean(sender.email if sender else "", 254).casefold()
    names = [_clean(part.filename, 100) or "without a name" for part in mail.attachments]
    return Parsed(
        message_id=_clean(_header(mail, "message-id"), 250) or _made_up_id(raw),
        kind=_kind(mail, address),
        from_name=_clean(sender.name if sender else "", 200),
        from_address=address,
        subject=_clean(mail.subject, 300),
        text=_clean(mail.text.strip() or text_of_html(mail.html), LONGEST),
        attachments="\n".join([*names[:50], *(["perhaps more: the message is very large"] if cut else [])]),
        bounced_id=_bounced_id(mail),
    )


def _header(mail: MailMessage, name: str) -> str:
    return next(iter(mail.headers.get(name, ())), "").strip()


def _kind(mail: MailMessage, address: str) -> Mail.Kind:
    if _header(mail, "content-type").casefold().startswith("multipart/report") or _POSTMASTERS.match(address):
        return Mail.Kind.BOUNCE
    automatic = _header(mail, "auto-submitted").casefold() not in ("", "no")
    answers_itself = automatic or "x-autoreply" in mail.headers or "x-autorespond" in mail.headers
    return Mail.Kind.AUTOMATIC if answers_itself else Mail.Kind.MESSAGE


def _bounced_id(mail: MailMessage) -> str:
    """The Message-ID of the message inside a report that it could not be delivered."""
    for part in mail.obj.walk():
        if part is not mail.obj and part.get("message-id"):
            return _clean(str(part["message-id"]), 250)
    return ""


def _made_up_id(raw: bytes) -> str:
    """For a message without an identity of its own: what is in it."""
    return f"sha256:{hashlib.sha256(raw).hexdigest()}"


def _clean(text: str, longest: int) -> str:
    """Words that any database keeps and no page stumbles over."""
    kept = text.encode("utf-8", "replace").decode("utf-8").replace("\r", "")
    return "\n".join(map(_clean_line, kept.split("\n"))).strip()[:longest]


def _clean_line(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(letter for letter in line if letter == "\t" or letter.isprintable())


def text_of_html(html: str) -> str:
    """The words of a page of HTML: nothing in it is followed, fetched or run."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.words).splitlines())
    return "\n".join(line for line in lines if line)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        if tag in _BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))
        if tag in _BREAKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.words.append(data)
