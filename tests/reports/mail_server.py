"""A mail server on this machine, that behaves as it is told."""

from __future__ import annotations

import asyncio
import email
import email.policy
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class Behaviour:
    """What the server does: refuse addresses, put everything off, hang, or break off."""

    refuses: tuple[str, ...] = ()
    answer_to_recipients: str = ""
    answer_to_letters: str = ""
    hangs: bool = False
    breaks_off: bool = False
    received: list[Envelope] = field(default_factory=list)

    @property
    def letters(self) -> list[EmailMessage]:
        """The letters that were taken, read as a mail program would."""
        return [
            email.message_from_bytes(one.content, policy=email.policy.default)
            for one in self.received
        ]

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.hangs:
            await asyncio.sleep(30)
        if address in self.refuses:
            return "550 5.1.1 no such mailbox"
        if self.answer_to_recipients:
            return self.answer_to_recipients
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.breaks_off:
            assert server.transport is not None
            server.transport.abort()
            return ""
        if self.answer_to_letters:
            return self.answer_to_letters
        self.received.append(envelope)
        return "250 taken"


class _Quick(Controller):
    """The library's controller, on a port of the system's choice."""

    def __init__(self, behaviour: Behaviour, **options: Any) -> None:
        super().__init__(behaviour, hostname="127.0.0.1", port=free_port(), **options)


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def mail_server(
    behaviour: Behaviour, settings: pytest.FixtureRequest, **options: Any
) -> Iterator[Behaviour]:
    """The server, up, and named in the settings; down again after the block."""
    server = _Quick(behaviour, **options)
    server.start()
    name_server(settings, server.port)
    try:
        yield behaviour
    finally:
        server.stop()


def name_server(settings: Any, port: int, **more: Any) -> None:
    """What an office would set in the environment."""
    told = {
        "MAIL_SERVER": f"smtp://127.0.0.1:{port}", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": port,
        "MAIL_FROM": "Ban Tổ chức Huyện ủy <btc@thachthat.example>", "EMAIL_TIMEOUT": 2,
    }  # fmt: skip
    for name, value in (told | more).items():
        setattr(settings, name, value)


def takes_login(user: str, password: str) -> Any:
    """An authenticator for one login."""

    def ask(server: SMTP, session: Session, envelope: Envelope, how: str, told: Any) -> AuthResult:
        right = LoginPassword(user.encode(), password.encode())
        return AuthResult(success=told == right, handled=False)

    return ask


def tls_of(certificate: Any, key: Any) -> ssl.SSLContext:
    """A server's side of TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context
