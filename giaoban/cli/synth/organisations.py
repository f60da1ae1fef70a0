"""The organisations of the nation before the reform: one above all, provinces, districts, the
grassroots organisations of communes and of everybody else, and the cells below them.

The communes and all above them are as they stood; every other organisation, every cell and every
year in which a book is opened is invented, the same at each run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from giaoban.cli.synth.divisions import Divisions
from giaoban.cli.synth.sizes import BEGINS, Sizes

Ints = npt.NDArray[np.int64]

# The kind of the one above all: the office's own, since no law has a name for such books.
NATION_KIND = "synthetic-nation"
NATION_CODE, NATION_NAME = "CA-NUOC-GIA-LAP", "Đảng bộ cả nước (dữ liệu giả lập)"
AGENCIES = 4  # of each district: they are divided by the reform
_PROVINCE_SHARE = 0.12  # of the organisations that are no communes'
_WITH_CELLS = 0.4
_COMMUNE_CELLS = 14.0  # for each cell of another organisation's 6,5
_OTHER_CELLS = 6.5
_LAST_OPENING, _COMMUNES_FROM = 2019, 10  # years from the first in which communes begin

_SECTORS = (
    ("school", 9, "Trường học"), ("health", 3, "Cơ sở y tế"), ("agency", 5, "Cơ quan"),
    ("non-state-enterprise", 6, "Công ty"), ("state-enterprise", 3, "Công ty nhà nước"),
    ("armed-forces", 2, "Đơn vị"), ("public-service", 4, "Đơn vị sự nghiệp"),
)  # fmt: skip
_AGENCY_NAMES = ("Đảng", "Ủy ban nhân dân", "Mặt trận và đoàn thể", "Khối nội chính")


class Organisation(NamedTuple):
    """One organisation as it is founded. ``parent`` is a place in the list (−1: none), ``place``
    a commune's or district's code that it goes with in the reform."""

    code: str
    kind: str
    sector: str | None
    name: str
    parent: int
    position: int
    opens: int
    place: str


@dataclass(frozen=True, slots=True, eq=False)
class Organisations:
    """All organisations in the order of their foundings; a parent comes before its children.

    ``homes`` marks those in whose own books members stand, ``agencies`` the district agencies
    that the reform divides.
    """

    listed: list[Organisation]
    homes: npt.NDArray[np.bool_]
    agencies: npt.NDArray[np.bool_]
    opens: Ints

    def __len__(self) -> int:
        return len(self.listed)

    def below(self) -> dict[int, list[int]]:
        """The places of the organisations directly below each, in their order."""
        found: dict[int, list[int]] = defaultdict(list)
        for at, one in enumerate(self.listed):
            found[one.parent].append(at)

        def place(at: int) -> tuple[int, str]:
            return self.listed[at].position, self.listed[at].code

        return {above: sorted(under, key=place) for above, under in found.items()}


def organisations(land: Divisions, size: Sizes) -> Organisations:
    """Everything that is to be founded, the same at each call."""
    rng = np.random.default_rng(1)
    built = [Organisation(NATION_CODE, NATION_KIND, None, NATION_NAME, -1, 0, BEGINS.year, "")]
    provinces = _add(built, (
        Organisation(f"TINH-{one.code}", "party-central", None, f"Đảng bộ {_lower(one.name)}", 0,
                     at, BEGINS.year, one.code)
        for at, one in enumerate(land.provinces.values())
    ))  # fmt: skip
    above = dict(zip(land.provinces, provinces, strict=True))
    districts = _add(built, (
        Organisation(f"HUYEN-{one.code}", "party-district", None, f"Đảng bộ {_lower(one.name)}",
                     above[one.province], at, BEGINS.year, one.code)
        for at, one in enumerate(land.districts.values())
    ))  # fmt: skip
    above = dict(zip(land.districts, districts, strict=True))
    communes = _add(built, (
        Organisation(f"XA-{one.code}", "party-base", "commune", f"Đảng bộ {_lower(one.name)}",
                     above[one.district], at, BEGINS.year + at % _COMMUNES_FROM, one.code)
        for at, one in enumerate(land.communes.values())
    ))  # fmt: skip
    others = max(size.grassroots - len(communes), (AGENCIES + 2) * len(districts))
    bases = _add(built, _others(built, land, provinces, districts, others, rng))
    with_cells = [*communes, *(at for at in bases if built[at].kind == "party-base")]
    _add(built, _cells(built, with_cells, len(communes), size.cells, rng))
    return _in_order(built)


def _lower(name: str) -> str:
    """A name inside another: Tỉnh Cà Mau → tỉnh Cà Mau."""
    return name[:1].lower() + name[1:]


def _add(built: list[Organisation], more: Iterable[Organisation]) -> range:
    first = len(built)
    built.extend(list(more))
    return range(first, len(built))


def _others(
    built: list[Organisation], land: Divisions, provinces: range, districts: range, n: int,
    rng: np.random.Generator,
) -> Iterator[Organisation]:  # fmt: skip
    """The grassroots organisations that are no communes', below provinces and districts."""
    of_provinces = round(n * _PROVINCE_SHARE)
    weights = np.array([weight for _code, weight, _name in _SECTORS], dtype=float)
    sectors = rng.choice(len(_SECTORS), n, p=weights / weights.sum())
    cells = rng.random(n) < _WITH_CELLS
    opens = rng.integers(BEGINS.year, _LAST_OPENING + 1, n)
    places = {code: cycle(found) for code, found in _communes_of(land).items()}
    for at in range(n):
        inside = at < of_provinces
        parents, number = (provinces, at) if inside else (districts, at - of_provinces)
        parent, turn = parents[number % len(parents)], number // len(parents)
        above, agency = built[parent], not inside and turn < AGENCIES
        code, _weight, noun = _SECTORS[int(sectors[at])]
        name = f"{noun} số {turn + 1}"
        if agency:
            code, name = "agency", f"Cơ quan {_AGENCY_NAMES[turn]}"
        base = bool(cells[at]) and not agency
        yield Organisation(
            f"{above.code}-{turn + 1:04d}",
            "party-base" if base else "party-base-cell", code,
            f"{'Đảng bộ' if base else 'Chi bộ'} {name}, {above.name.removeprefix('Đảng bộ ')}",
            parent, len(land.communes) + turn,
            BEGINS.year if agency else int(opens[at]),
            above.code if inside or agency else next(places[above.place], ""),
        )  # fmt: skip


def _communes_of(land: Divisions) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {code: [] for code in land.districts}
    for code, commune in land.communes.items():
        found[commune.district].append(code)
    return found


def _cells(
    built: list[Organisation], bases: list[int], communes: int, n: int, rng: np.random.Generator
) -> Iterator[Organisation]:
    """Cells below the organisations that have any: two at least, ``n`` in all where that fits."""
    weights = np.full(len(bases), _OTHER_CELLS)
    weights[:communes] = _COMMUNE_CELLS
    weights *= rng.uniform(0.6, 1.4, len(bases))
    each = 2 + rng.multinomial(max(n - 2 * len(bases), 0), weights / weights.sum())
    for base, count in zip(bases, each.tolist(), strict=True):
        above = built[base]
        for turn in range(count):
            noun = ("thôn" if "xã" in above.name else "tổ dân phố") if above.sector == "commune" \
                else "bộ phận"  # fmt: skip
            yield Organisation(
                f"{above.code}-{turn + 1:03d}", "party-cell", above.sector,
                f"Chi bộ {noun} {turn + 1}, {above.name.removeprefix('Đảng bộ ')}",
                base, turn, above.opens, above.place,
            )  # fmt: skip


def _in_order(built: list[Organisation]) -> Organisations:
    """Sorted by the year of opening, as they will be founded and numbered."""
    opens = np.array([one.opens for one in built], dtype=np.int64)
    order = np.argsort(opens, kind="stable")
    place = np.empty(len(built), dtype=np.int64)
    place[order] = np.arange(len(built))
    listed = [
        one._replace(parent=int(place[one.parent]) if one.parent >= 0 else -1)
        for one in (built[at] for at in order.tolist())
    ]
    homes = np.array([one.kind in ("party-cell", "party-base-cell") for one in listed])
    agencies = np.array([_is_agency(one) for one in listed])
    return Organisations(listed, homes, agencies, opens[order])


def _is_agency(one: Organisation) -> bool:
    return one.sector == "agency" and one.place.startswith("HUYEN-")
