"""Every address of the desk, found by walking its patterns, with all that may stand in them; and
members planted in and out of each login's sight, whose names must not stray."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, UUIDConverter

from giaoban.intake.actions import start_intake
from giaoban.intake.fields import Subject
from giaoban.ledger.proposing import propose_act
from giaoban.ledger.verbs import ToldAct
from giaoban.people.access import note_access
from giaoban.people.models import Access
from giaoban.people.sight import in_sight
from giaoban.reports.models import ReportDraft
from giaoban.reports.rendering.rendition import Form
from giaoban.units.models import Unit
from tests.desk.reports_world import begun, issued, late, open_book
from tests.world import DECISION, World

DAY = date(2018, 3, 5)
# unit → the name of the member there. None of these words is in any page or address.
PLANTED = {"CY1": "Triệu Quỳnh Sơ", "TX1": "Khổng Ngoại Kín", "NL": "Tiêu Viễn Khuất"}
NOTES = {unit: f"ghi riêng về {name}" for unit, name in PLANTED.items()}
ROLES = ("chuyenvien", "lanhdao", "dongnghiep", "phutrach", "bientap", "quantri")
NOWHERE = UUID(int=7)


@dataclass(frozen=True)
class Planted:
    """The members, and the numbers by which an address may name them, their entries, and the
    drafts and issues of the reports that count them."""

    persons: dict[str, int]
    entries: dict[str, int]
    papers: tuple[int, ...] = ()


def plant(world: World) -> Planted:
    """Admit the members, let an act on each wait, and let somebody have looked at each."""
    persons, entries = {}, {}
    for unit, name in PLANTED.items():
        persons[unit] = world.person(name, sex="female", ethnicity="kinh", born_on=date(1971, 4, 3))
        entries[unit] = world.admit(unit, DAY, persons[unit], note=NOTES[unit])
        _propose(world, unit, persons[unit])
    _bring_in(world)
    papers = _report(world)
    by = world.by()
    note_access(Access.What.SEEN, persons.values(), by=by, told=f"q={PLANTED['TX1']}")
    return Planted(persons, entries, papers)


def _propose(world: World, unit: str, person: int) -> None:
    day = date(2019, 3, 5)
    fields = {"unit": world.unit(unit), "full_on": day, "approved_on": day}
    told = ToldAct(verb="recognise", fields=fields, person=person, note=NOTES[unit], basis=DECISION)
    propose_act(told, key=f"planted-{unit}", by=world.by(date(2019, 3, 6)))


def _bring_in(world: World) -> None:
    """A file of the clerk's with the names of members elsewhere, waiting for its columns."""
    lines = ["Họ và tên,Tổ chức", *(f"{name},{unit}" for unit, name in PLANTED.items())]
    with in_sight((), world.clerk):
        start_intake(
            subject=Subject.MEMBERS, file_name="danh-sach.csv", data="\n".join(lines).encode(),
            by=world.by(),
        )  # fmt: skip


def _report(world: World) -> tuple[int, ...]:
    """A report of each unit that counts a planted member: issued in the district, a draft of the
    communes'; an act told late stands beside the issued one, with its note."""
    open_book(world)
    entry = issued(world)
    late(world, "TX1", NOTES["TX1"])
    drafts = [begun(world, unit, unit).pk for unit in ("CY", "TX")]
    return (entry, *drafts, *ReportDraft.objects.values_list("pk", flat=True))


def hidden_from(login: str) -> list[str]:
    """The planted names that a login may never see, by its appointments."""
    from giaoban.people import scope

    units = scope.units_in_sight(login, on=date(2030, 1, 1), known=2**62)
    mine = set(Unit.objects.filter(pk__in=units).values_list("code", flat=True))
    return [name for unit, name in PLANTED.items() if unit not in mine]


def patterns() -> list[tuple[str, str, dict[str, Any]]]:
    """(name, template of the path, converters) of every address that has a name."""
    return list(_walk(get_resolver(), "", {}))


def _walk(
    at: URLResolver, before: str, converters: dict[str, Any]
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for one in at.url_patterns:
        route = before + str(one.pattern)
        known = {**converters, **one.pattern.converters}
        if isinstance(one, URLPattern):
            yield str(one.name), route, known
        else:
            yield from _walk(one, route, known)


@dataclass(frozen=True)
class Address:
    """One path, and the pattern that it is made from; the first of a pattern is asked more."""

    name: str
    path: str
    first: bool


def addresses(planted: Planted) -> list[Address]:
    """Every pattern, filled with all that fits: members, entries, units, logins, verbs, forms."""
    found = []
    for name, route, converters in patterns():
        choices = [_fitting(key, one, planted) for key, one in converters.items()]
        for at, values in enumerate(itertools.product(*choices)):
            path = route
            for key, value in zip(converters, values, strict=True):
                path = re.sub(rf"<(\w+:)?{key}>", str(value), path)
            found.append(Address(name, f"/{path.lstrip('^/').removesuffix('$')}", at == 0))
    return found


def _fitting(key: str, converter: Any, planted: Planted) -> list[Any]:
    """What may stand for a part of a path. A part that is not known here gets all words."""
    if isinstance(converter, UUIDConverter):
        return [NOWHERE]
    if isinstance(converter, IntConverter):
        persons, entries = planted.persons, planted.entries
        planted_ones = {*(persons[u] for u in PLANTED), *(entries[u] for u in PLANTED)}
        return sorted({1, 2, 3, *planted_ones, *planted.papers})
    words: dict[str, list[Any]] = {
        "login": ["lanhdao", "phutrach", "khongcoai"],
        "form": ["xlsx", "csv"],
        "code": list(PLANTED),
        "verb": ["admit", "recognise", "transfer", "die"],
        "subject": list(Subject.values),
        "field": ["person", "unit", "to"],
        "document": [form.value for form in Form],
        "report": ["organisation-work", "statement"],
    }
    known = words.pop(key, None)
    return known or [*words["code"], *words["verb"], *words["field"], "xlsx", "merge", "rename"]


def questions(address: Address, planted: Planted) -> list[dict[str, Any]]:
    """What is put behind a path: nothing; for the first of a pattern all that might open more."""
    if not address.first:
        return [{"show": "sensitive"}]
    near, far = planted.persons["TX1"], planted.persons["NL"]
    told: list[dict[str, Any]] = [
        {},
        {"unit": "TX1", "person": near, "entry": planted.entries["TX1"]},
        {"person": far, "show": "sensitive", "known": "01/01/2019", "act": 1},
        *({"q": name.split()[0], "number": 1} for name in PLANTED.values()),
    ]
    # The same in the middle of the books, where the figures ask for more.
    told.append({"to": "TX1", "of": "TX1", "cell": "admitted", "indicator": "admitted",
                 "period": "2018-9M", "year": 2018, "on": "31/12/2018"})  # fmt: skip
    return told


def text_of(response: Any) -> str:
    """All that a response says: its words, where it leads, the cells of a workbook."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    told = content.decode("utf-8", "replace")
    # A name may be set off in part: in registers the given name, in a search what was typed.
    said = [str(dict(response.headers)), told, " ".join(re.sub(r"<[^>]*>", "", told).split())]
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            said += [book.read(name).decode("utf-8", "replace") for name in book.namelist()]
    return "\n".join(said)


def crawl(client: Client, planted: Planted) -> Iterator[tuple[Address, dict[str, Any], Any]]:
    """Ask for every address with every question; the parts that scripts ask for, too. A pattern
    that is not open to the login at all is asked once."""
    shut: set[str] = set()
    for address in addresses(planted):
        if address.name == "account_logout" or address.name in shut:
            continue
        for question in questions(address, planted):
            answer = client.get(address.path, question)
            yield address, question, answer
            if address.first and not question and answer.status_code == 403:
                shut.add(address.name)
                break
        if address.first and address.name not in shut:
            yield address, {"part": 1}, client.get(address.path, headers={"HX-Request": "true"})
