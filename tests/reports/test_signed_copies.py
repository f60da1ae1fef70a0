"""A signed copy kept with the document that was issued, by hand and by ``giaoban sign``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.db import transaction
from django.utils import translation

from giaoban.journal.checks import chain_is_whole
from giaoban.journal.errors import KeyReused
from giaoban.journal.kinds import Kind
from giaoban.journal.models import Entry
from giaoban.people.errors import OutOfScope
from giaoban.reports.errors import IssueUnknown
from giaoban.reports.issues import reprint
from giaoban.reports.rendering.rendition import Form
from giaoban.reports.signing.checks import signed_copies_hold
from giaoban.reports.signing.errors import (
    AnotherDocument,
    CertificateExpired,
    CertificateNotYetValid,
    CopyUnknown,
    NoSignature,
    SignatureBroken,
    SignerUntrusted,
)
from giaoban.reports.signing.models import SignedCopy
from giaoban.reports.signing.storing import (
    latest_file,
    signed_copies,
    signed_file,
    store_signature,
)
from tests.cli.calling import Office
from tests.raw import damage
from tests.reports.authorities import (
    PASSWORD,
    SIGNER,
    Identity,
    at,
    authority,
    issue,
    other_authority,
    second_signer,
    signer,
    stamping,
    timestamp_server,
)
from tests.reports.issuing_world import LEADER, issued, with_leader
from tests.reports.mail_server import free_port
from tests.reports.signed import issued_pdf, sign, with_page
from tests.world import World

LATER = date(2018, 10, 8)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def office_with_issue(world: World) -> tuple[World, int]:
    """The district, and the entry that issued its report."""
    return with_leader(world), issued(world)


def signed(entry: int, who: Identity | None = None, **more: object) -> bytes:
    return sign(reprint(entry, Form.PDF), who, **more)


def test_a_signed_copy_is_kept_with_its_document(office_with_issue: tuple[World, int]) -> None:
    world, number = office_with_issue
    pdf = signed(number)
    entry = store_signature(issue=number, pdf=pdf, by=world.by(LATER, LEADER))
    [copy] = signed_copies(number)
    assert (copy.entry_id, copy.signer, copy.certified_by) == (entry, SIGNER, "CA Thử nghiệm")
    assert (copy.signed_at, copy.stamped_by) == (at(2018, 10, 5), "")
    assert signed_file(entry) == pdf
    kept = Entry.objects.get(pk=entry)
    assert (kept.kind, kept.by, kept.effective_on) == (Kind.SIGNATURE, LEADER, LATER)
    assert chain_is_whole().faults == []
    assert signed_copies_hold().faults == []


def test_two_signatures_stand_in_one_copy(office_with_issue: tuple[World, int]) -> None:
    world, number = office_with_issue
    store_signature(issue=number, pdf=signed(number), by=world.by(LATER))
    with timestamp_server(stamping()) as address:
        both = sign(latest_file(number), second_signer(), timestamps=address)
    entry = store_signature(issue=number, pdf=both, by=world.by())
    rows = [copy for copy in signed_copies(number) if copy.entry_id == entry]
    assert [(row.signer, row.stamped_by) for row in rows] == [
        (SIGNER, ""), ("Đỗ Văn Ễ", "TSA Thử nghiệm")
    ]  # fmt: skip
    assert latest_file(number) == both
    assert signed_copies_hold().looked_at == 2


def test_the_same_copy_is_kept_once(office_with_issue: tuple[World, int]) -> None:
    world, number = office_with_issue
    pdf = signed(number)
    first = store_signature(issue=number, pdf=pdf, by=world.by(LATER), key="một")
    assert store_signature(issue=number, pdf=pdf, by=world.by(), key="một") == first
    assert store_signature(issue=number, pdf=pdf, by=world.by(), key="hai") == first
    assert store_signature(issue=number, pdf=pdf, by=world.by()) == first
    other = signed(number, second_signer())
    with pytest.raises(KeyReused):
        store_signature(issue=number, pdf=other, by=world.by(), key="một")


def test_only_who_is_in_charge_keeps_one(office_with_issue: tuple[World, int]) -> None:
    world, number = office_with_issue
    for login in (world.colleague, world.stranger):
        with pytest.raises(OutOfScope):
            store_signature(issue=number, pdf=signed(number), by=world.by(LATER, login))
    with pytest.raises(IssueUnknown):
        store_signature(issue=number + 1, pdf=signed(number), by=world.by())


def test_anything_but_the_issued_pdf_signed_is_refused(
    office_with_issue: tuple[World, int],
) -> None:
    world, number = office_with_issue
    original = reprint(number, Form.PDF)
    wrong: list[tuple[bytes, type[Exception]]] = [
        (original, NoSignature),
        (sign(issued_pdf()), AnotherDocument),
        (sign(with_page(original)), AnotherDocument),
        (with_page(signed(number)), SignatureBroken),
        (signed(number).replace(b"/Reason", b"/Meason"), SignatureBroken),
    ]
    for pdf, refusal in wrong:
        with pytest.raises(refusal):
            store_signature(issue=number, pdf=pdf, by=world.by(LATER))
    assert not SignedCopy.objects.exists()


def test_a_certificate_out_of_force_is_refused(office_with_issue: tuple[World, int]) -> None:
    world, number = office_with_issue
    old = issue("Người cũ", authority(), since=at(2010), until=at(2018, 10, 6))
    pdf = signed(number, old, at=at(2018, 10, 5))
    with pytest.raises(CertificateExpired):  # the day is claimed, and the 8th is too late
        store_signature(issue=number, pdf=pdf, by=world.by(LATER))
    new = issue("Người mới", authority(), since=at(2018, 10, 9))
    ahead = signed(number, new, at=at(2018, 10, 9, 10))
    with pytest.raises(CertificateNotYetValid):
        store_signature(issue=number, pdf=ahead, by=world.by())


def test_an_authority_that_is_not_trusted_is_refused(
    office_with_issue: tuple[World, int], settings: Any, tmp_path: Path
) -> None:
    world, number = office_with_issue
    settings.SIGNING_ROOTS = tmp_path
    pem = authority().certificate.public_bytes(Encoding.PEM)
    (tmp_path / "ca.pem").write_bytes(pem)
    foreign = signed(number, issue(SIGNER, other_authority()))
    with pytest.raises(SignerUntrusted, match="CA Khác"):
        store_signature(issue=number, pdf=foreign, by=world.by(LATER))
    store_signature(issue=number, pdf=signed(number), by=world.by())


def test_a_copy_is_never_changed(office_with_issue: tuple[World, int]) -> None:
    world, number = office_with_issue
    store_signature(issue=number, pdf=signed(number), by=world.by(LATER))
    with pytest.raises(Exception, match=r"append_only|permission denied"), transaction.atomic():
        SignedCopy.objects.update(signer="Người khác")
    with pytest.raises(CopyUnknown):
        signed_file(number)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE reports_signedfile SET content = content || 'x'", "does not match its hash"),
        ("DELETE FROM reports_signedfile", "keeps no signed copy"),
        ("UPDATE reports_signedcopy SET signer = 'Ai đó'", "other signatures"),
    ],
)
def test_verify_names_what_was_tampered_with(committed: World, sql: str, said: str) -> None:
    with_leader(committed)
    number = issued(committed)
    store_signature(issue=number, pdf=signed(number), by=committed.by(LATER))
    assert signed_copies_hold().faults == []
    damage(sql.split()[2] if sql.startswith("DELETE") else sql.split()[1], sql)
    assert said in " ".join(signed_copies_hold().faults)


# The command


@pytest.fixture
def office(
    office_with_issue: tuple[World, int], capsys: pytest.CaptureFixture[str], settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> Office:  # fmt: skip
    settings.LANGUAGE_CODE = "en"
    monkeypatch.setattr("django.utils.timezone.now", lambda: at(2018, 10, 9))
    monkeypatch.setenv("GIAOBAN_P12_PASSWORD", PASSWORD)
    monkeypatch.setenv("GIAOBAN_TOKEN_PIN", "12345678")
    return Office(capsys, "chuyenvien")


def test_the_command_signs_keeps_and_writes(
    office: Office, office_with_issue: tuple[World, int], tmp_path: Path
) -> None:
    _world, number = office_with_issue
    (tmp_path / "a.p12").write_bytes(signer().p12())
    (tmp_path / "b.p12").write_bytes(second_signer().p12())
    said = office.say(
        "sign", "--issue", str(number), "--p12", str(tmp_path / "a.p12"), "--place", "Thạch Thất",
        "--out", str(tmp_path / "a.pdf"), "--as", LEADER,
    )  # fmt: skip
    assert "Signed copy recorded" in said
    assert SIGNER in said
    assert "is the one that was issued" in said
    out = (tmp_path / "a.pdf").read_bytes()
    assert out == latest_file(number)
    office.say("sign", "--issue", str(number), "--p12", str(tmp_path / "b.p12"), "--as", LEADER)
    assert latest_file(number).startswith(out)
    told = json.loads(
        office.say("sign", "--check", str(tmp_path / "a.pdf"), "--issue", str(number),
                   "--format", "json")
    )  # fmt: skip
    [one] = told["signatures"]
    assert (one["signer"], one["trusted"], one["sound"]) == (SIGNER, None, True)


def test_the_command_shows_a_signature_above_the_name(
    office: Office, office_with_issue: tuple[World, int], tmp_path: Path
) -> None:
    _world, number = office_with_issue
    for name, who in (("a.p12", signer()), ("b.p12", second_signer())):
        (tmp_path / name).write_bytes(who.p12())
    told = ("sign", "--issue", str(number), "--show", "--as", LEADER, "--p12")
    assert "shows on page" in office.say(*told, str(tmp_path / "a.p12"))
    assert "no_room" in office.refused(*told, tmp_path / "b.p12")  # one signs; one room there is
    office.say(*(word for word in told if word != "--show"), str(tmp_path / "b.p12"))
    assert len(signed_copies(number)) == 3


def test_the_command_keeps_what_was_signed_elsewhere(
    office: Office, office_with_issue: tuple[World, int], tmp_path: Path
) -> None:
    _world, number = office_with_issue
    (tmp_path / "in.pdf").write_bytes(signed(number))
    office.say("sign", "--issue", str(number), "--keep", str(tmp_path / "in.pdf"), "--as", LEADER)
    assert [copy.signer for copy in signed_copies(number)] == [SIGNER]


def test_the_command_refuses_in_words(
    office: Office, office_with_issue: tuple[World, int], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    _world, number = office_with_issue
    key, other = tmp_path / "a.p12", tmp_path / "page.pdf"
    key.write_bytes(signer().p12())
    other.write_bytes(with_page(signed(number)))
    told = ("sign", "--issue", number, "--as", LEADER)
    assert "file_unreadable" in office.refused(*told, "--p12", tmp_path / "none.p12")
    library = ("--pkcs11", tmp_path / "none.so")
    assert "--token" in office.refused(*told, *library)
    assert "library_missing" in office.refused(*told, *library, "--token", "t", "--key", "k")
    assert "signature_broken" in office.refused(*told, "--keep", other)
    assert "in order" in office.refused("sign", "--check", other)
    assert "--issue" in office.refused("sign", "--p12", key)
    assert "issue_unknown" in office.refused("sign", "--issue", 99999, "--p12", key)
    silent = ("--timestamps", f"http://127.0.0.1:{free_port()}/")
    assert "timestamps_silent" in office.refused(*told, "--p12", key, *silent)
    monkeypatch.setenv("GIAOBAN_P12_PASSWORD", "sai")
    assert "password_wrong" in office.refused(*told, "--p12", key)
    monkeypatch.delenv("GIAOBAN_P12_PASSWORD")
    assert "secret_missing" in office.refused(*told, "--p12", key)
    assert signed_copies(number) == []
