"""The figures that the law and the government gave for the reform, laid beside what was built.

Before: 63, 696 and 10.035. After: 34 of which 6 cities, 3.321 of which 2.621 xã, 687 phường and
13 đặc khu, no districts; Hà Nội 126 of which 75 xã and 51 phường (resolution 1656/NQ-UBTVQH15).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from giaoban.cli.synth.divisions import Divisions
from giaoban.journal.queries import AsOf, head
from giaoban.journal.sql import fetch
from giaoban.units.queries import tree_on

HANOI = "01"


@dataclass(frozen=True, slots=True)
class Count:
    """One figure: what the law says, what the package's data hold, how many such organisations the
    books had (None: nothing is said of it there), and why they differ."""

    name: str | Promise
    law: int | None
    found: int
    books: int | None = None
    cause: str | Promise = ""

    @property
    def differs(self) -> bool:
        """Whether any two are not the same."""
        return len({self.law, self.found, self.books} - {None}) > 1


class Standing(NamedTuple):
    """How many organisations of the administrative levels the books had on a day."""

    provinces: int | None = None
    districts: int | None = None
    communes: int | None = None


_NONE = Standing()

_ROWS = _(
    "the package has a row for each of the five island districts that had no communes: Bạch Long "
    "Vĩ, Cồn Cỏ, Hoàng Sa, Lý Sơn, Côn Đảo"
)
_DIVIDED = _(
    "the law gives no total; the statistics office's table, in another package, has 441: the two "
    "do not agree on which small parts count"
)
_WHOLE = _("the five island districts, which went over whole, stand apart")
_PART = _("only some provinces were built")


def counts(found: Divisions, before: Standing | None = None, after: Standing | None = None, *,
           whole: bool = True) -> list[Count]:  # fmt: skip
    """The package's data, and the books on the day before the reform and on its day, against the
    law's figures; without these where only a part of the nation is built (not ``whole``)."""
    told = [*_before(found, before), *_after(found, after)]
    if whole:
        return told
    return [Count(one.name, None, one.found, one.books, _PART) for one in told if one.found]


def _before(found: Divisions, books: Standing | None) -> list[Count]:
    had = books or _NONE
    return [
        Count(_("provinces before"), 63, len(found.provinces), had.provinces),
        Count(_("districts before"), 696, len(found.districts), had.districts),
        Count(_("communes before"), 10_035, len(found.communes), had.communes),
        Count(_("rows of the package's table before"), 10_035, found.rows, None, _ROWS),
    ]


def _after(found: Divisions, books: Standing | None) -> list[Count]:
    had = books or _NONE
    kinds = Counter(commune.kind for commune in found.new_communes.values())
    hanoi = Counter(c.kind for c in found.new_communes.values() if c.province == HANOI)
    districts = {one.district for one in found.new_communes.values()} - {""}
    cities = sum(one.name.startswith("Thành phố") for one in found.new_provinces.values())
    communes = [passage for passage in found.passages if not passage.district]
    parts = sum(not passage.whole for passage in communes)
    return [
        Count(_("provinces after"), 34, len(found.new_provinces), had.provinces),
        Count(_("of these, cities"), 6, cities),
        Count(_("districts after"), 0, len(districts), had.districts),
        Count(_("communes after"), 3_321, len(found.new_communes), had.communes),
        Count(_("of these, xã"), 2_621, kinds["Xã"]),
        Count(_("of these, phường"), 687, kinds["Phường"]),
        Count(_("of these, đặc khu"), 13, kinds["Đặc khu"]),
        Count(_("communes of Hà Nội after"), 126, hanoi.total()),
        Count(_("of these, xã in Hà Nội"), 75, hanoi["Xã"]),
        Count(_("of these, phường in Hà Nội"), 51, hanoi["Phường"]),
        Count(_("communes that went over whole"), None, len(communes) - parts, None, _WHOLE),
        Count(_("communes that were divided"), None, parts, None, _DIVIDED),
    ]


def standing_on(day: date) -> Standing:
    """How many organisations of provinces, districts and communes the books had on a day."""
    tree = tree_on(AsOf(day, head().number))
    told = fetch(
        "SELECT kind_id, count(*) FROM units_unit WHERE id = ANY(%(units)s)"
        " AND (kind_id <> 'party-base' OR sector_id = 'commune') GROUP BY kind_id",
        units=tree.ids.tolist(),
    )
    had: Counter[str] = Counter(dict(told))
    return Standing(had["party-central"], had["party-district"],
                    had["party-base"] + had["party-superior"])  # fmt: skip
