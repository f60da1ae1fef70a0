"""A letter and its delivery: written as mail programs want it, handed to the office's server.

Django's SMTP backend makes the connection; the letter is handed over here, since the backend says
nothing of recipients that a server refused while it took the letter for others.
"""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.encoders import encode_base64
from email.header import Header
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime, parseaddr

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address
from django.utils.translation import gettext as _

from giaoban.reports.sending.errors import (
    LetterPutOff,
    LetterRefused,
    MailLoginRefused,
    MailNotSet,
    MailServerAway,
    MailServerBrokeOff,
    MailServerSilent,
    RecipientsRefused,
    Undelivered,
)
from giaoban.vietnamese import VIETNAM_TIME

LASTING_FROM = 500  # codes of a server from here on say: do not try again


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file beside the letter."""

    name: str
    content: bytes
    media_type: str

    @property
    def sha256(self) -> str:
        """The hash of its content, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter in plain text. ``mark`` tells it from all others, and is the same at every try: by
    it a mail program knows two copies of one letter."""

    mark: str
    recipients: Sequence[str]
    subject: str
    text: str
    at: datetime
    attachments: Sequence[Attachment] = field(default=())


def check_set() -> None:
    """Refuse where no mail server is set: ``MailNotSet``."""
    if not settings.MAIL_SERVER or not settings.MAIL_FROM:
        raise MailNotSet


def written(letter: Letter) -> bytes:
    """The letter as it goes over the wire: headers and names of files encoded (RFC 2047, 2231).

    Line breaks in what a header is made from become spaces, so none adds a header of its own.
    Python 3.11's newer way of writing headers loses spaces between Vietnamese words where it folds
    a line; the older one does not.
    """
    name, sender = parseaddr(settings.MAIL_FROM)
    message = MIMEMultipart()
    message["From"] = f"{_encoded('From', name)} <{_wired(sender)}>"
    message["To"] = ", ".join(_wired(address) for address in letter.recipients)
    message["Subject"] = _encoded("Subject", letter.subject)
    message["Date"] = format_datetime(letter.at.astimezone(VIETNAM_TIME))
    message["Message-ID"] = f"<{letter.mark}@{_wired(sender).partition('@')[2]}>"
    # Answering machines keep silent.
    message["Auto-Submitted"] = "auto-generated"
    message.attach(MIMEText(letter.text, "plain", "utf-8"))
    for one in letter.attachments:
        message.attach(_attached(one))
    return message.as_bytes(policy=message.policy.clone(linesep="\r\n"))


def _attached(one: Attachment) -> MIMEBase:
    main, _slash, sub = one.media_type.partition(";")[0].partition("/")
    part = MIMEBase(main, sub)
    part.set_payload(one.content)
    encode_base64(part)
    name = ("utf-8", "", _one_line(one.name))
    part.add_header("Content-Disposition", "attachment", filename=name)
    return part


def _encoded(header: str, text: str) -> str:
    return Header(_one_line(text), "utf-8", header_name=header).encode()


def _wired(address: str) -> str:
    """An address as servers take it: one line, a domain in Vietnamese letters in ascii."""
    return sanitize_address(_one_line(address), "utf-8")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def deliver(letter: Letter) -> dict[str, str]:
    """Hand a letter to the mail server; return what it said of recipients that it refused.

    Somebody is to receive it then. Raises ``MailNotSet``, and below ``Undelivered`` what the
    server or the way to it has against it; then nobody receives it.
    """
    check_set()
    content = written(letter)
    sender = _wired(parseaddr(settings.MAIL_FROM)[1])
    recipients = [_wired(address) for address in letter.recipients]
    backend = EmailBackend(timeout=settings.EMAIL_TIMEOUT)
    try:
        backend.open()
        assert backend.connection is not None
        refused = backend.connection.sendmail(sender, recipients, content)
    except (smtplib.SMTPException, OSError) as broken:
        raise _undelivered(broken) from broken
    except UnicodeEncodeError as broken:
        # The library speaks ASCII to servers; only the login may hold anything else.
        reason = _("it has letters outside ASCII")
        raise MailLoginRefused(server=settings.EMAIL_HOST, reason=reason) from broken
    finally:
        _part(backend)
    return {address: _said(code, words) for address, (code, words) in refused.items()}


def _part(backend: EmailBackend) -> None:
    """End the connection; once a letter is taken, a server that parts rudely changes nothing."""
    try:
        backend.close()
    except (smtplib.SMTPException, OSError):
        return


def _undelivered(broken: Exception) -> Undelivered:
    server = settings.EMAIL_HOST
    match broken:
        case smtplib.SMTPRecipientsRefused():
            return _nobody_taken(broken.recipients, server)
        case smtplib.SMTPAuthenticationError():
            return MailLoginRefused(
                server=server, reason=_said(broken.smtp_code, broken.smtp_error)
            )
        case smtplib.SMTPResponseException():
            refusal = LetterRefused if broken.smtp_code >= LASTING_FROM else LetterPutOff
            return refusal(server=server, reason=_said(broken.smtp_code, broken.smtp_error))
        case TimeoutError():
            return MailServerSilent(server=server)
        case smtplib.SMTPServerDisconnected():
            # The library hides behind it that the time ran out.
            if isinstance(broken.__context__, TimeoutError):
                return MailServerSilent(server=server)
            return MailServerBrokeOff(server=server)
        case ssl.SSLError() | OSError():
            reason = broken.strerror or type(broken).__name__
            return MailServerAway(server=server, reason=reason)
        case _:
            return Undelivered(reason=str(broken))


def _nobody_taken(refused: Mapping[str, tuple[int, bytes]], server: str) -> Undelivered:
    told = [f"{address} ({_said(code, words)})" for address, (code, words) in refused.items()]
    if any(code < LASTING_FROM for code, _words in refused.values()):
        return LetterPutOff(server=server, reason="; ".join(told))
    return RecipientsRefused(addresses=told)


def _said(code: int, words: bytes | str) -> str:
    """What a server said, on one line."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {_one_line(text)}"[:300]
