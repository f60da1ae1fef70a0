"""Letters handed to a real mail server: taken, refused, hung up on; and what is said of it."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from giaoban import settings as office
from giaoban.reports.sending.errors import (
    LetterPutOff,
    LetterRefused,
    MailLoginRefused,
    MailNotSet,
    MailServerAway,
    MailServerBrokeOff,
    MailServerSilent,
    RecipientsRefused,
)
from giaoban.reports.sending.mail import Attachment, Letter, deliver, written
from giaoban.vietnamese import VIETNAM_TIME
from tests.reports.authorities import issue
from tests.reports.mail_server import (
    Behaviour,
    free_port,
    mail_server,
    name_server,
    takes_login,
    tls_of,
)

LETTER = Letter(
    mark="giaoban.report.7.2018-9M",
    recipients=["van-thu@huyenuy.example", "ban-to-chuc@tinhuy.example"],
    subject="Dự thảo: BÁO CÁO - Kết quả công tác tổ chức xây dựng Đảng 9 tháng đầu năm 2018",
    text="Gửi kèm bản dự thảo.\nẪ Ệ ễ ỡ ợ Đ\n",
    at=datetime(2018, 10, 5, 9, tzinfo=VIETNAM_TIME),
    attachments=(
        Attachment(name="báo cáo quý III của Đảng bộ Thạch Thất.pdf", content=b"%PDF-1.7\n\x00\xff",
                   media_type="application/pdf"),
        Attachment(name="bao-cao.html", content="<p>Đảng ủy</p>".encode(),
                   media_type="text/html; charset=utf-8"),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def named() -> Iterator[None]:
    """Settings in which an office has its address."""
    with override_settings(MAIL_FROM="Ban Tổ chức <btc@thachthat.example>"):
        yield


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_a_letter_arrives_whole(settings: Any) -> None:
    with mail_server(Behaviour(), settings) as server:
        assert deliver(LETTER) == {}
    [envelope], [letter] = server.received, server.letters
    assert envelope.mail_from == "btc@thachthat.example"
    assert envelope.rcpt_tos == list(LETTER.recipients)
    assert letter["Subject"] == LETTER.subject
    assert letter["From"] == "Ban Tổ chức Huyện ủy <btc@thachthat.example>"
    assert letter["To"] == ", ".join(LETTER.recipients)
    assert letter["Date"].datetime == LETTER.at
    assert letter["Message-ID"] == "<giaoban.report.7.2018-9M@thachthat.example>"
    assert letter["Auto-Submitted"] == "auto-generated"
    body = letter.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == LETTER.text
    files = {part.get_filename(): part for part in letter.iter_attachments()}
    assert list(files) == [one.name for one in LETTER.attachments]
    assert [part.get_content_type() for part in files.values()] == [
        "application/pdf", "text/html"
    ]  # fmt: skip
    assert [part.get_payload(decode=True) for part in files.values()] == [
        one.content for one in LETTER.attachments
    ]


def test_headers_go_over_the_wire_in_ascii(named: None) -> None:
    """RFC 2047 for the subject, RFC 2231 for names of files."""
    whole = written(LETTER)
    assert whole.isascii()
    head = whole.split(b"\r\n\r\n")[0]
    assert b"Subject: =?utf-8?" in head
    assert b"From: =?utf-8?" in head
    assert b"filename*=utf-8''b%C3%A1o%20c%C3%A1o" in whole
    assert max(len(line) for line in whole.split(b"\r\n")) < 998
    assert b"\n" not in whole.replace(b"\r\n", b"")


@given(st.text(max_size=80), st.text(max_size=40))
def test_no_text_adds_a_header(named: None, subject: str, name: str) -> None:
    bent = replace(
        LETTER,
        subject=f"{subject}\r\nBcc: thief@example.com\r\n{subject}",
        recipients=["a@example.com\r\nBcc: thief@example.com"],
        attachments=[Attachment(name=f"{name}\r\nX-Evil: 1", content=b"x", media_type="a/b")],
    )
    with suppress(ValueError):  # no address: it is not even written
        written(bent)
    read = email.message_from_bytes(written(replace(bent, recipients=LETTER.recipients)))
    assert set(read.keys()) == set(email.message_from_bytes(written(LETTER)).keys())
    assert [set(part.keys()) for part in read.walk()][2] == {
        "Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "MIME-Version"
    }  # fmt: skip


WORDS = ("Đảng", "ủy", "Thạch", "Thất:", "quý", "III/2018", "-", "9", "tháng", "đầu", "năm")


@given(st.lists(st.sampled_from(WORDS)))
def test_a_subject_of_any_length_reads_as_written(named: None, words: list[str]) -> None:
    subject = " ".join(words)
    read = email.message_from_bytes(
        written(replace(LETTER, subject=subject)), policy=email.policy.default
    )
    assert read["Subject"] == subject


def test_an_address_in_vietnamese_letters_goes_out_in_ascii(settings: Any) -> None:
    with mail_server(Behaviour(), settings) as server:
        deliver(replace(LETTER, recipients=["vanthu@thạchthất.example"]))
    [envelope] = server.received
    assert envelope.rcpt_tos == ["vanthu@" + "thạchthất.example".encode("idna").decode()]


# What a server has against it


def test_nothing_is_sent_where_no_server_is_set(settings: Any) -> None:
    name_server(settings, free_port())
    for setting in ("MAIL_SERVER", "MAIL_FROM"):
        before = getattr(settings, setting)
        setattr(settings, setting, "")
        with pytest.raises(MailNotSet) as refused:
            deliver(LETTER)
        assert refused.value.lasting
        setattr(settings, setting, before)


def test_a_server_that_is_away(settings: Any) -> None:
    name_server(settings, free_port())
    with pytest.raises(MailServerAway) as refused:
        deliver(LETTER)
    assert not refused.value.lasting
    settings.EMAIL_HOST = "nowhere.invalid"
    with pytest.raises(MailServerAway, match=r"nowhere\.invalid"):
        deliver(LETTER)


def test_a_server_that_hangs(settings: Any) -> None:
    with mail_server(Behaviour(hangs=True), settings) as server:
        settings.EMAIL_TIMEOUT = 0.5
        with pytest.raises(MailServerSilent) as refused:
            deliver(LETTER)
    assert not refused.value.lasting
    assert server.received == []


def test_a_server_that_never_says_good_day(settings: Any) -> None:
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        name_server(settings, mute.getsockname()[1], EMAIL_TIMEOUT=0.5)
        with pytest.raises(MailServerSilent):
            deliver(LETTER)


def test_a_server_that_breaks_off_in_the_middle(settings: Any) -> None:
    breaking = mail_server(Behaviour(breaks_off=True), settings)
    with breaking as server, pytest.raises(MailServerBrokeOff) as refused:
        deliver(LETTER)
    assert not refused.value.lasting
    assert server.received == []


def test_one_refused_recipient_keeps_nobody_else_from_it(settings: Any) -> None:
    wrong = LETTER.recipients[1]
    with mail_server(Behaviour(refuses=(wrong,)), settings) as server:
        assert deliver(LETTER) == {wrong: "550 5.1.1 no such mailbox"}
    [envelope] = server.received
    assert envelope.rcpt_tos == [LETTER.recipients[0]]


def test_all_recipients_refused(settings: Any) -> None:
    refusing = mail_server(Behaviour(refuses=tuple(LETTER.recipients)), settings)
    with refusing, pytest.raises(RecipientsRefused) as refused:
        deliver(LETTER)
    assert refused.value.lasting
    assert all(address in str(refused.value) for address in LETTER.recipients)


def test_what_is_put_off_is_told_from_what_is_refused(settings: Any) -> None:
    later = Behaviour(answer_to_recipients="451 4.7.1 greylisted")
    with mail_server(later, settings), pytest.raises(LetterPutOff, match="greylisted") as put_off:
        deliver(LETTER)
    assert not put_off.value.lasting
    full = Behaviour(answer_to_letters="452 4.3.1 disk full")
    with mail_server(full, settings), pytest.raises(LetterPutOff, match="disk full"):
        deliver(LETTER)
    never = Behaviour(answer_to_letters="552 5.3.4 too big\r\n")
    with mail_server(never, settings), pytest.raises(LetterRefused, match="too big") as refused:
        deliver(LETTER)
    assert refused.value.lasting


def test_a_login_is_given_and_a_wrong_one_is_told(settings: Any) -> None:
    options = {
        "authenticator": takes_login("btc@huyenuy", "mat/khau:1"),
        "auth_require_tls": False,
    }  # fmt: skip
    with mail_server(Behaviour(), settings, **options) as server:
        told = office.mail_server("smtp://btc%40huyenuy:mat%2Fkhau%3A1@localhost")
        settings.EMAIL_HOST_USER = told["EMAIL_HOST_USER"]
        settings.EMAIL_HOST_PASSWORD = told["EMAIL_HOST_PASSWORD"]
        deliver(LETTER)
        assert len(server.received) == 1
        for wrong in ("khac", "khác"):
            settings.EMAIL_HOST_PASSWORD = wrong
            with pytest.raises(MailLoginRefused) as refused:
                deliver(LETTER)
            assert wrong not in str(refused.value)


def test_a_server_whose_certificate_nobody_vouches_for_gets_no_letter(
    settings: Any, tmp_path: Path
) -> None:
    stranger = issue("127.0.0.1")
    (tmp_path / "cert.pem").write_bytes(stranger.certificate.public_bytes(Encoding.PEM))
    (tmp_path / "key.pem").write_bytes(stranger.pem_key())
    context = tls_of(tmp_path / "cert.pem", tmp_path / "key.pem")
    with mail_server(Behaviour(), settings, tls_context=context) as server:
        settings.EMAIL_USE_TLS = True
        with pytest.raises(MailServerAway, match=r"(?i)certificate"):
            deliver(LETTER)
    assert server.received == []


# The address of the server


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("", ("", 0, False, False)),
        ("smtp://mail.example", ("mail.example", 25, False, False)),
        ("smtp+starttls://u:p@mail.example:2587", ("mail.example", 2587, True, False)),
        ("smtp+starttls://mail.example", ("mail.example", 587, True, False)),
        ("smtps://[::1]", ("::1", 465, False, True)),
    ],
)
def test_the_address_of_a_server(url: str, wanted: tuple[object, ...]) -> None:
    told = office.mail_server(url)
    names = ("EMAIL_HOST", "EMAIL_PORT", "EMAIL_USE_TLS", "EMAIL_USE_SSL")
    assert tuple(told[name] for name in names) == wanted


@pytest.mark.parametrize(
    "url", ["mail.example", "http://u:secret@mail.example", "smtp://", "smtp://h:secret@x:port",
            "smtp://u:secret@[::1"],
)  # fmt: skip
def test_an_unreadable_address_is_told_without_its_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        office.mail_server(url)
    assert "secret" not in str(refused.value)
    assert "smtp+starttls" in str(refused.value)
