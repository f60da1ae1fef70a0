"""What a cell says: a day, a word of a list, a unit, a name. Excel's ways are survived, nothing is
guessed: what could mean two things is refused with the reason."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from giaoban import vietnamese
from giaoban.intake.errors import CellUnreadable, UnitNameTwice, UnitNotFound, WordUnknown
from giaoban.intake.fields import IntakeField
from giaoban.intake.reading import Cell
from giaoban.people.codes import code_lists
from giaoban.units.models import Sector, UnitKind

# Excel counts days from the end of 1899; below 1.000 (1902) a number is no date of a living person.
_EXCEL_ZERO, _FIRST_SERIAL, _LAST_SERIAL = date(1899, 12, 30), 1_000, 80_000
_YEAR = re.compile(r"(19|20)[0-9]{2}")


def told_by(refused: vietnamese.BadText) -> str:
    """A text's refusal in the active language."""
    return refused.in_english() if (get_language() or "vi").startswith("en") else str(refused)


def day(cell: Cell, head: str) -> date:
    """A day from a date, a spreadsheet's number, or text with the day first.

    A year alone is refused: it is no day. Raises ``CellUnreadable``.
    """
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float):
        if _FIRST_SERIAL <= cell <= _LAST_SERIAL and not _YEAR.fullmatch(str(cell)):
            return _EXCEL_ZERO + timedelta(days=int(cell))
        text = str(cell)
    else:
        text = str(cell).lstrip("'").strip()
    if _YEAR.fullmatch(text):
        raise CellUnreadable(field=head, reason=_("a year alone, the day and month are missing"))
    try:
        return vietnamese.parse_date(text)
    except vietnamese.BadText as refused:
        raise CellUnreadable(field=head, reason=told_by(refused)) from refused


def whole(cell: Cell, head: str) -> int:
    """A whole number. Raises ``CellUnreadable``."""
    if isinstance(cell, int):
        return cell
    try:
        return vietnamese.parse_whole(str(cell))
    except vietnamese.BadText as refused:
        raise CellUnreadable(field=head, reason=told_by(refused)) from refused


def text(cell: Cell, head: str) -> str:  # noqa: ARG001 - all readers take the same
    """A text as it stands; a number as it is shown."""
    return vietnamese.format_date(cell) if isinstance(cell, date) else str(cell)


@cache
def _words(holds: str) -> Mapping[str, str]:
    """Folded title in either language, or code → code, of a list."""
    found: dict[str, str] = {}
    for code, titles in _listed(holds).items():
        for title in (code, *titles):
            found.setdefault(_word(title), code)
    for said, code in _ALSO.get(holds, {}).items():
        found.setdefault(_word(said), code)
    return found


def _listed(holds: str) -> dict[str, tuple[str, ...]]:
    if holds == "unit_kind":
        return {kind.pk: (kind.title_vi, kind.title_en) for kind in UnitKind.objects.all()}
    if holds == "unit_sector":
        return {sector.pk: (sector.title_vi, sector.title_en) for sector in Sector.objects.all()}
    if holds == "standing":
        return {"full": ("Chính thức",), "probationary": ("Dự bị",)}
    return {c.code: (c.title_vi, c.title_en) for c in code_lists()[holds].values()}


# Other words that offices write for the same.
_ALSO: dict[str, dict[str, str]] = {
    "sex": {"x": "female", "gái": "female", "trai": "male", "M": "male", "F": "female"},
    "schooling": {"10/10": "upper-secondary", "12/12": "upper-secondary", "THPT": "upper-secondary",
                  "THCS": "lower-secondary", "7/10": "lower-secondary", "9/12": "lower-secondary",
                  "cấp 3": "upper-secondary", "cấp 2": "lower-secondary", "cấp 1": "primary"},
    "profession": {"không": "none", "kỹ sư": "university", "cử nhân": "university",
                   "ĐH": "university", "CĐ": "college", "TC": "intermediate",
                   "thạc sỹ": "master", "tiến sỹ": "doctor", "sau đại học": "master"},
    "theory": {"không": "none", "cao cấp": "advanced", "cử nhân": "advanced", "TC": "intermediate",
               "SC": "elementary", "CC": "advanced"},
    "religion": {"thiên chúa giáo": "catholicism", "thiên chúa": "catholicism", "phật": "buddhism",
                 "không có": "none", "lương": "none"},
    "occupation": {"làm ruộng": "farmer", "công chức": "civil-servant",
                   "viên chức": "civil-servant", "cán bộ": "civil-servant",
                   "giáo viên": "teacher", "bộ đội": "armed-forces", "công an": "armed-forces",
                   "hưu": "retired", "cán bộ hưu trí": "retired", "học sinh": "student",
                   "sinh viên": "student", "bác sĩ": "health-worker"},
    "standing": {"ĐVCT": "full", "CT": "full", "ĐVDB": "probationary", "DB": "probationary",
                 "đảng viên chính thức": "full", "đảng viên dự bị": "probationary"},
}  # fmt: skip


def _word(said: str) -> str:
    kept = "".join(sign if sign.isalnum() or sign == "/" else " " for sign in vietnamese.fold(said))
    return " ".join(kept.split())


def word(cell: Cell, told: IntakeField) -> str:
    """The code of a word of a list. Raises ``WordUnknown`` with what is known."""
    code = _words(told.holds).get(_word(str(cell)))
    if code is None:
        known = [titles[0] for titles in _listed(told.holds).values() if titles]
        raise WordUnknown(field=told.title, value=str(cell), choices=known)
    return code


# What offices write for the acts on members, in the order of the form's rows.
_ACT_WORDS: dict[str, tuple[str, ...]] = {
    "admit": ("kết nạp", "kết nạp mới", "admission"),
    "readmit": ("kết nạp lại", "readmission"),
    "arrive": ("chuyển đến", "tiếp nhận", "chuyển sinh hoạt đến", "arrival"),
    "restore-member": ("phục hồi đảng tịch", "phục hồi", "restoration"),
    "die": ("từ trần", "mất", "chết", "death"),
    "expel": ("khai trừ", "expulsion"),
    "strike-off": ("xóa tên", "striking off"),
    "resign": ("xin ra khỏi đảng", "xin ra", "resignation"),
    "depart": ("chuyển đi", "chuyển sinh hoạt đi", "departure"),
    "transfer": ("chuyển nội bộ", "chuyển sinh hoạt nội bộ", "transfer inside"),
    "recognise": ("công nhận chính thức", "chuyển chính thức", "chính thức", "recognition"),
    "open": ("số ban đầu", "đang sinh hoạt", "first balance"),
}


def act_word(cell: Cell, told: IntakeField) -> str:
    """The verb of the act that a word names. Raises ``WordUnknown``."""
    said = _word(str(cell))
    for verb, words in _ACT_WORDS.items():
        if said in map(_word, (verb, *words)):
            return verb
    known = [words[0] for words in _ACT_WORDS.values()]
    raise WordUnknown(field=told.title, value=str(cell), choices=known)


def nobody_called(name: str) -> str:
    """Why a member of a row was not found."""
    return _("nobody in charge has the name “{name}” and this birthday").format(name=name)


@dataclass(slots=True)
class UnitBook:
    """The units in charge by code and by folded name."""

    codes: dict[str, int] = field(default_factory=dict)
    names: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, unit: int, code: str, name: str) -> None:
        """Let a unit be found by its code and its name."""
        self.codes[code.casefold()] = unit
        self.names[vietnamese.fold(name)].append((code, unit))

    def find(self, cell: Cell) -> int:
        """The unit that a cell names. Raises ``UnitNotFound``, ``UnitNameTwice``."""
        said = str(cell)
        unit = self.codes.get(said.casefold())
        if unit is not None:
            return unit
        found = self.names.get(vietnamese.fold(said), [])
        if len(found) > 1:
            raise UnitNameTwice(value=said, codes=[code for code, _unit in found])
        if not found:
            raise UnitNotFound(value=said)
        return found[0][1]


READERS: dict[str, Callable[[Cell, str], Any]] = {
    "day": day, "number": whole, "text": text, "name": text,
}  # fmt: skip
