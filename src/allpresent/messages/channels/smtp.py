"""E-mail over SMTP, spoken step by step: so that what is certain and what is not are told apart."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr, formatdate, parseaddr

from django.utils.crypto import salted_hmac

from allpresent.messages.channels.outcome import Outcome
from allpresent.messages.channels.settings_file import Smtp
from allpresent.messages.models import Attempt, Message

TIMEOUT = 20.0
"""Seconds that the mail server is given to answer each step."""
_Result = Attempt.Result


def message_id(message: Message, domain: str) -> str:
    """The stable name of a message in mail: the same at every try, and not to be guessed by others."""
    return f"<allpresent.{message.id}.{proof(message.id)}@{domain}>"


def proof(number: int) -> str:
    return salted_hmac("allpresent.messages", str(number)).hexdigest()[:20]


class SmtpCarrier:
    """One connection to a mail server, opened when the first message comes."""

    def __init__(self, smtp: Smtp) -> None:
        self.smtp = smtp
        self.connection: smtplib.SMTP | None = None

    def hand_over(self, message: Message) -> Outcome:
        """Say who it is from and for, then hand over the words. After that begins, a cut is never taken for a no."""
        name = message_id(message, self._domain)
        try:
            mail = _written(message, self.smtp, name)
            connection = self._ready()
            refused = self._address(connection, message)
        except ValueError as error:
            return Outcome(_Result.REFUSED, f"The address cannot be written in mail: {error}"[:500])
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return Outcome(_Result.NOT_YET, _said(error))
        return refused or self._words(connection, mail, name)

    @property
    def _domain(self) -> str:
        return parseaddr(self.smtp.from_)[1].rpartition("@")[2]

    def _ready(self) -> smtplib.SMTP:
        if self.connection is None:
            self.connection = self._connect()
        return self.connection

    def _connect(self) -> smtplib.SMTP:
        smtp, safe = self.smtp, ssl.create_default_context()
        if smtp.security == "tls":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(smtp.host, smtp.port, timeout=TIMEOUT, context=safe)
        else:
            connection = smtplib.SMTP(smtp.host, smtp.port, timeout=TIMEOUT)
        if smtp.security == "starttls":
            connection.starttls(context=safe)
        if smtp.user:
            connection.login(smtp.user, smtp.password)
        return connection

    def _address(self, connection: smtplib.SMTP, message: Message) -> Outcome | None:
        """None when the server takes the sender and the recipient. A 5xx for the recipient is for good."""
        connection.ehlo_or_helo_if_needed()
        code, said = connection.mail(parseaddr(self.smtp.from_)[1])
        if code == 250:
            code, said = connection.rcpt(message.address)
            if code in (250, 251):
                return None
            result = _Result.REFUSED if code >= 500 else _Result.NOT_YET
        else:
            result = _Result.FAILED if code >= 500 else _Result.NOT_YET
        connection.rset()
        return Outcome(result, f"{code} {said.decode(errors='replace')}"[:500])

    def _words(self, connection: smtplib.SMTP, mail: bytes, name: str) -> Outcome:
        try:
            code, said = connection.data(mail)
        except smtplib.SMTPDataError as error:
            code, said = error.smtp_code, error.smtp_error
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return Outcome(_Result.UNCERTAIN, _said(error), name)
        if code == 250:
            return Outcome(_Result.SENT, "", name)
        words = said if isinstance(said, str) else said.decode(errors="replace")
        return Outcome(_Result.FAILED if code >= 500 else _Result.NOT_YET, f"{code} {words}"[:500])

    def close(self) -> None:
        if self.connection is not None:
            with suppress(OSError, smtplib.SMTPException):
                self.connection.quit()
            self.connection = None


def _written(message: Message, smtp: Smtp, name: str) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = smtp.from_
    mail["To"] = formataddr((message.to_name, message.address))
    if smtp.reply_to:
        mail["Reply-To"] = smtp.reply_to
    mail["Subject"] = message.subject
    mail["Message-ID"] = name
    mail["Date"] = formatdate(message.at.timestamp())
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.body)
    return mail.as_bytes()


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]
