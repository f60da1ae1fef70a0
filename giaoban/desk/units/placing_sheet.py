"""Places in a spreadsheet: taken away with everybody in it, filled in, and brought back."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from giaoban import vietnamese
from giaoban.desk.units.placing import Grid

LARGEST = 5 * 1024 * 1024
LARGEST_UNPACKED = 60 * 1024 * 1024
MOST_PARTS = 200
MOST_ROWS = 50_000
SHOWN_FAULTS = 50
_WORKBOOK = "xl/workbook.xml"


def heads() -> list[str]:
    """The heads of the sheet; the first and the last column are read again."""
    return [_("Person number"), _("Full name"), _("Date of birth"), _("Standing"), _("Unit"),
            _("Code of the destination")]  # fmt: skip


def lines(seen: Grid) -> list[list[Any]]:
    """A line for each member."""
    return [
        [seat.person, str(seat.name), seat.born_on, str(seat.account.label), seen.unit.name,
         seat.to or None]
        for seat in seen.seats
    ]  # fmt: skip


def guide(seen: Grid) -> list[list[Any]]:
    """The codes that may be filled in, as the last lines say them."""
    return [[None, one.name, None, None, None, one.code] for one in seen.destinations]


@dataclass(slots=True)
class Read:
    """What a sheet says: places by person, or what is wrong, row by row (row 0: the file)."""

    members: dict[int, str] = field(default_factory=dict)
    faults: list[tuple[int, str]] = field(default_factory=list)


def read_sheet(uploaded: UploadedFile[Any], seen: Grid) -> Read:
    """Read a filled-in sheet: all of it, or nothing and every fault in plain words."""
    refused = _refusal(uploaded)
    if refused:
        return Read(faults=[(0, refused)])
    uploaded.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(uploaded.read()))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, IndexError, ValueError, OSError):
        return Read(faults=[(0, _("The file can't be read. Save it again as .xlsx and try."))])
    if len(rows) > MOST_ROWS:
        return Read(faults=[(0, _("The sheet has more than {n} rows.").format(
            n=vietnamese.format_number(MOST_ROWS)))])  # fmt: skip
    return _read_rows(rows, seen)


def _refusal(uploaded: UploadedFile[Any]) -> str:
    """Why a file is not even opened: too big, no workbook, or far bigger than it looks."""
    if (uploaded.size or 0) > LARGEST:
        return _("The file has more than {n} MB.").format(n=LARGEST // 1024 // 1024)
    try:
        uploaded.seek(0)
        with zipfile.ZipFile(io.BytesIO(uploaded.read())) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, OSError):
        return _("This is no .xlsx file. Download the sheet, fill it in, save it as .xlsx.")
    if _WORKBOOK not in {part.filename for part in parts}:
        return _("This is no .xlsx file. Download the sheet, fill it in, save it as .xlsx.")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        return _("Unpacked, the file is far bigger than a list of members can be.")
    return ""


def _read_rows(rows: list[list[Any]], seen: Grid) -> Read:
    read = Read()
    by_code = {one.code.lower(): one.code for one in seen.destinations}
    by_name = {vietnamese.fold(one.name): one.code for one in seen.destinations}
    here = {seat.person for seat in seen.seats}
    for number, row in enumerate(rows[1:], start=2):
        cells = [*row, *[""] * 6][:6]
        if not _text(cells[0]):
            continue
        person, told = _whole(cells[0]), vietnamese.nfc(_text(cells[5])).strip()
        code = by_code.get(told.lower()) or by_name.get(vietnamese.fold(told), "")
        if person is None:
            fault = _("“{text}” is no number of a person.").format(text=_text(cells[0])[:40])
        elif person not in here:
            fault = _("Person no. {n} does not stand in {unit} on this day.").format(
                n=person, unit=seen.unit.name
            )
        elif person in read.members:
            fault = _("Person no. {n} stands in the sheet twice.").format(n=person)
        elif told and not code:
            fault = _("“{code}” is no destination. Choose one of: {codes}.").format(
                code=told[:60], codes=", ".join(one.code for one in seen.destinations)
            )
        else:
            read.members[person] = code
            continue
        read.faults.append((number, fault))
    if not read.members and not read.faults:
        read.faults.append((0, _("No row with a number of a person was found.")))
    return read


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _whole(value: Any) -> int | None:
    text = _text(value).replace(".", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None
