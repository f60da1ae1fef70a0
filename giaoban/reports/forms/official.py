"""The official form of a day: the head, title and signature of a document, as its family has them.

Which form is in force, how a number is written and what stands before a signature are data with a
legal basis (`forms.toml`), because they changed in 2018, 2020 and 2026 and will again; an old
report is reprinted by the form of its day. The lines are Vietnamese in documents of any language.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from giaoban.reports.documents.blocks import Letterhead, Signature, Title
from giaoban.reports.errors import OfficialFormMissing
from giaoban.reports.forms.records import Authority, OfficialForm, StandIn, read_forms
from giaoban.vietnamese import bind, date_in_words

PACKAGED_FORMS = Path(__file__).with_name("forms.toml")
# What is not known yet is left open for the hand: a number, a day, a month, a year.
_OPEN = "\u00a0" * 6


@cache
def _read() -> tuple[tuple[OfficialForm, ...], tuple[StandIn, ...]]:
    return read_forms(PACKAGED_FORMS.read_text(encoding="utf-8"))


def official_forms() -> tuple[OfficialForm, ...]:
    """The forms that come with the package, in the order of `forms.toml`."""
    return _read()[0]


def form_in_force(family: str, on: date) -> OfficialForm:
    """The form of a family's documents dated ``on``.

    A family that writes by another's form has it unconfirmed; so has a day before the first form
    known, which takes that. Raises ``OfficialFormMissing`` for a family without any.
    """
    stands_in = next((other for other in _read()[1] if other.family == family), None)
    writes_as = stands_in.writes_as if stands_in else family
    known = [form for form in official_forms() if form.family == writes_as]
    if not known:
        raise OfficialFormMissing(family=family)
    found = next((form for form in known if form.in_force_on(on)), None)
    form = found or min(known, key=lambda one: one.valid_from or date.min)
    if stands_in:
        return replace(form, confirmed=False, note_vi=stands_in.note_vi, note_en=stands_in.note_en)
    return form if found else replace(form, confirmed=False)


def symbol(form: OfficialForm, *, kind: str, office: str) -> str:
    """The symbol of a document from its kind and office: BC/BTC, and BC-UBND for the State."""
    return form.symbol_pattern.format(kind=kind, office=office)


def letterhead(
    form: OfficialForm, *, superior: str, issuer: str, symbol: str, number: int | None, place: str,
    on: date | None,
) -> Letterhead:  # fmt: skip
    """The head of a document; ``symbol`` is whole (BC/BTC), None leaves a gap to be filled in."""
    return Letterhead(
        motto=form.motto,
        superior=superior.upper(),
        issuer=issuer.upper(),
        mark=form.mark,
        number=form.number_pattern.format(number=written_number(form, number), symbol=symbol),
        place_and_date=f"{place}, {_day(on)}",
    )


def cited_number(form: OfficialForm, *, symbol: str, number: int) -> str:
    """Number and symbol as others cite a document: 45-BC/BTC, 05/BC-UBND."""
    told = form.number_pattern.format(number=written_number(form, number), symbol=symbol)
    return told.removeprefix("Số").lstrip(": \u00a0")


def written_number(form: OfficialForm, number: int | None) -> str:
    """A document's number as the form writes it: 05, 45, 113; without one a gap."""
    if number is None:
        return _OPEN
    return f"{number:02}" if form.zero_below_ten else str(number)


def _day(on: date | None) -> str:
    if on is None:
        return " ".join(bind(word, _OPEN) for word in ("ngày", "tháng", "năm"))
    return date_in_words(on)


def title(form: OfficialForm, *, subject: str, kind: str = "") -> Title:
    """The title of a report on ``subject``, or of another ``kind`` of document."""
    return Title(kind.upper() or form.kind, subject, form.rule)


def signature(
    form: OfficialForm, *, authority: Authority | Literal[""], body: str, post: str, name: str
) -> Signature:
    """Who signs: ``on_behalf`` of a body, ``for`` its head, ``by_order`` of one, or himself.

    Who is ``acting`` signs in the post itself (Q. TRƯỞNG BAN). KeyError for an authority that the
    form does not know.
    """
    if not authority:
        return Signature((), post.upper(), name)
    word = form.authority[authority]
    if authority == "acting":
        return Signature((), f"{word} {post}".upper(), name)
    return Signature((f"{word} {body}".upper(),), post.upper(), name)


@dataclass(frozen=True, kw_only=True)
class Unconfirmed:
    """Something in the forms that was not read in the rule itself, for who can compare it.

    ``part`` is "" where it concerns the form as a whole.
    """

    form: str
    form_title_vi: str
    form_title_en: str
    part: str
    title_vi: str
    title_en: str
    source: str
    note_vi: str
    note_en: str


def unconfirmed() -> list[Unconfirmed]:
    """All of it, form by form: first the form as a whole, then its parts; then the stand-ins."""
    found = []
    for form in official_forms():
        if not form.confirmed:
            found.append(_open(form, "", form.title_vi, form.title_en, form.legal_basis,
                               form.note_vi, form.note_en))  # fmt: skip
        found += [
            _open(form, part.part, part.title_vi, part.title_en, part.source, part.note_vi,
                  part.note_en)
            for part in form.parts if not part.confirmed
        ]  # fmt: skip
    for other in _read()[1]:
        if not other.confirmed:
            found.append(_open(other, "", other.title_vi, other.title_en, "", other.note_vi,
                               other.note_en))  # fmt: skip
    return found


def _open(
    form: OfficialForm | StandIn, part: str, title_vi: str, title_en: str, source: str,
    note_vi: str, note_en: str,
) -> Unconfirmed:  # fmt: skip
    return Unconfirmed(
        form=form.code, form_title_vi=form.title_vi, form_title_en=form.title_en, part=part,
        title_vi=title_vi, title_en=title_en, source=source, note_vi=note_vi, note_en=note_en,
    )  # fmt: skip
