"""The document model: what a report says, in order, before any layout.

A document is made once and rendered to html, docx, pdf and xlsx; so whatever is to be the same in
all of them (the text of a number, a leading zero, the order of rows) is settled here, and a
renderer only sets it. Every number that comes from the books is a ``Figure`` or a ``Cell`` with the
address it can be asked for again by (``numbers/address.py``); nothing here knows a database.

Structs are frozen and compare by value. Their order of fields is the order in which a document is
written down and hashed (``canonical.py``): add fields at the end, with a default.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

# An exact value: numerator and denominator, the latter 1 for a count.
Exact = tuple[int, int]


class _Piece(Struct, frozen=True, tag_field="is", tag=str.lower):
    """A part of a document; its name stands in the written form."""


# Inside a paragraph


class Text(_Piece, frozen=True):
    """Words. ``style`` is how they are set off."""

    text: str
    style: Literal["plain", "strong", "emphasis"] = "plain"


class Figure(_Piece, frozen=True):
    """A number in a sentence: its text as printed (134; 53,6%; 04) and its address."""

    text: str
    address: str


Inline = Text | Figure
Inlines = tuple[Inline, ...]


# Blocks


class Heading(_Piece, frozen=True):
    """A heading of the body; ``number`` is printed before it as it stands (I., 1., a)).

    ``level`` is 1 to 3; level 1 is set in capitals where the form says so.
    """

    level: int
    number: str
    content: Inlines


class Paragraph(_Piece, frozen=True):
    """Sentences. A ``lead`` opens the report, a ``note`` is set small (cut-off, explanations)."""

    content: Inlines
    role: Literal["body", "lead", "note"] = "body"


class Listing(_Piece, frozen=True):
    """Items below each other, with a dash or numbered."""

    items: tuple[Inlines, ...]
    ordered: bool = False


class Column(_Piece, frozen=True):
    """A column: its head, what it holds, and its weight beside the others (1 is a number's).

    ``text`` stands left; ``code`` too, and is kept as text in spreadsheets; the others stand right:
    ``number`` is a count, ``percent`` a share of a whole (exact value 67/125 is 53,6%), ``ratio`` a
    number without the sign (exact value 549/5 is 109,8, as on the form).
    """

    head: str
    holds: Literal["text", "code", "number", "percent", "ratio"] = "number"
    weight: float = 1.0


class Cell(_Piece, frozen=True):
    """A cell: its text as printed in every form.

    ``value`` is the exact value behind a number (None: no number; then ``text`` is words, or a dash
    whose reason stands in the table's legend); ``address`` is where it comes from.
    """

    text: str
    value: Exact | None = None
    address: str = ""


class Row(_Piece, frozen=True):
    """A row with one cell for each column.

    ``group`` is a head over the rows below it, ``sum`` adds up a part, ``total`` all; ``indent``
    steps the first text column in.
    """

    cells: tuple[Cell, ...]
    role: Literal["row", "group", "sum", "total"] = "row"
    indent: int = 0


class Table(_Piece, frozen=True):
    """A table; ``name`` is that of its file or sheet (ascii), ``title`` is read by people.

    ``role`` tells a statement of increase and decrease from other tables. ``measure`` says what is
    counted (Đơn vị tính: đảng viên). ``legend`` explains dashes and short heads, below the table.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    role: Literal["table", "statement"] = "table"
    measure: str = ""
    legend: tuple[Inlines, ...] = ()


class Bullet(_Piece, frozen=True):
    """A unit's actual against its plan; ``expected`` is what an even pace asks for by now."""

    label: str
    done: int
    plan: int | None
    expected: Exact | None
    state: Literal["reached", "on_pace", "behind", ""]
    text: str  # "12/8 · 150%"
    address: str = ""


class Step(_Piece, frozen=True):
    """A step of a waterfall: a stock that stands, or a change (below zero: a decrease)."""

    label: str
    amount: int
    stock: bool
    text: str  # "+134", "−21", "9.300"
    address: str = ""


class Point(_Piece, frozen=True):
    """A month of a trend: this year's number (None: not come yet) and the year before's."""

    label: str
    now: int | None
    before: int | None
    now_text: str
    before_text: str
    now_address: str = ""
    before_address: str = ""


class Node(_Piece, frozen=True):
    """A unit of an icicle: ``parent`` is the ``name`` of the one above, "" for the root."""

    name: str
    parent: str
    label: str
    size: int
    text: str
    address: str = ""


class Bullets(_Piece, frozen=True):
    """Plan and actual, a bar a unit."""

    bars: tuple[Bullet, ...]


class Waterfall(_Piece, frozen=True):
    """From the opening to the closing."""

    steps: tuple[Step, ...]


class Trend(_Piece, frozen=True):
    """Months of a year beside those of the year before, with the names of both."""

    points: tuple[Point, ...]
    now: str
    before: str


class Icicle(_Piece, frozen=True):
    """The tree: each unit as wide as its members are many."""

    nodes: tuple[Node, ...]


class Chart(_Piece, frozen=True):
    """A picture of numbers; ``alt`` says in words what it shows, for who doesn't see it."""

    name: str
    title: str
    alt: str
    shows: Bullets | Waterfall | Trend | Icicle


Block = Heading | Paragraph | Listing | Table | Chart


class Annex(_Piece, frozen=True):
    """A part after the signature, from a new page on: Phụ lục 1, its title, its blocks.

    A ``wide`` annex lies across the page.
    """

    label: str
    title: str
    blocks: tuple[Block, ...]
    wide: bool = False


# What makes it an official document


class Letterhead(_Piece, frozen=True):
    """The head as the form of its day has it, line by line.

    ``motto`` stands right (ĐẢNG CỘNG SẢN VIỆT NAM; or two lines of the State), ``superior`` and
    ``issuer`` left, with ``mark`` (``*``, ``***`` or nothing) below. ``number`` is complete (Số
    45-BC/BTC; in a draft with a gap), so is ``place_and_date``.
    """

    motto: tuple[str, ...]
    superior: str
    issuer: str
    mark: str
    number: str
    place_and_date: str


class Title(_Piece, frozen=True):
    """The kind of document (BÁO CÁO) and what it is about (trích yếu); ``rule`` stands below."""

    kind: str
    subject: str
    rule: str = ""


class Signature(_Piece, frozen=True):
    """Who signs: by what authority (T/M BAN THƯỜNG VỤ), in which post, the name without titles."""

    authority: tuple[str, ...]
    post: str
    name: str


class Foot(_Piece, frozen=True):
    """Recipients (Nơi nhận, the last line Lưu …) and signatures; two of them on a form's sheet."""

    recipients_head: str
    recipients: tuple[str, ...]
    signatures: tuple[Signature, ...]


class Layout(_Piece, frozen=True):
    """What the form says of paper and type. Millimetres and points.

    ``line`` is the height of a line: in points if ``line_exact``, else a multiple of the type.
    ``post_bold``: a post below its authority is bold like it (KT. CHỦ TỊCH); alone it always is.
    """

    top: float
    bottom: float
    left: float
    right: float
    page_number_size: float
    page_number_from_top: float
    motto_sizes: tuple[float, ...]
    motto_ruled: bool
    superior_size: float
    issuer_size: float
    number_size: float
    date_size: float
    kind_size: float
    subject_size: float
    body_size: float
    line: float
    line_exact: bool
    first_line: float
    paragraph_gap: float
    recipients_head_size: float
    recipients_head_style: Literal["underline", "bold_italic"]
    recipients_size: float
    signature_size: float
    table_size: float = 12.0
    headings_in_capitals: bool = True
    post_bold: bool = False


class Document(_Piece, frozen=True):
    """A whole document. ``annexes`` stand after the foot; without a foot it is a working paper.

    ``state`` "draft" is printed as such on every page; ``provenance`` is one small line at the very
    end that says by which state of the books the numbers are. ``dated_on`` stands in the files'
    properties, so that the same document is the same bytes on any day.
    """

    language: Literal["vi", "en"]
    name: str  # for files: bao-cao-2018-9M-HU-THACH-THAT
    letterhead: Letterhead | None
    title: Title
    body: tuple[Block, ...]
    foot: Foot | None
    annexes: tuple[Annex, ...]
    layout: Layout
    state: Literal["draft", "final"]
    provenance: str
    dated_on: date
