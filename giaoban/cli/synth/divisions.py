"""The administrative units before and after 1 July 2025, and which became which.

Read from the data files of the MIT package ``vietnamadminunits``: a table of either state and the
links between them. The package itself is not imported, so that what it needs for addresses and
maps need not be installed. Codes are those of the statistics office, as text: zeros lead.
"""

from __future__ import annotations

import importlib.util
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from giaoban.cli.synth.errors import UnitsMissing
from giaoban.vietnamese import nfc

PACKAGE = "vietnamadminunits"


@dataclass(frozen=True, slots=True)
class Province:
    """A province or city under the central government."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class District:
    """A district as it stood before the reform; an ``island`` had no communes."""

    code: str
    name: str
    province: str
    island: bool


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune, ward, township or special zone; ``district`` is empty after the reform."""

    code: str
    name: str
    kind: str
    province: str
    district: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """What became of a commune, or of an island district without communes: its successors by
    code, the one that most of it went to first. One successor: the whole of it went there."""

    code: str
    district: bool
    successors: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether it went into one successor as a whole."""
        return len(self.successors) == 1


@dataclass(frozen=True, slots=True)
class Divisions:
    """Both states, by code in the statistics office's order, and the way from one to the other.

    ``provinces_into`` maps each province before to the one after; ``rows`` is how many lines the
    package's table of the state before has.
    """

    rows: int
    provinces: dict[str, Province]
    districts: dict[str, District]
    communes: dict[str, Commune]
    new_provinces: dict[str, Province]
    new_communes: dict[str, Commune]
    provinces_into: dict[str, str]
    passages: tuple[Passage, ...]

    def of_provinces(self, chosen: Iterable[str]) -> Divisions:
        """The same of some provinces after the reform, with all that became part of them."""
        after = set(chosen)
        before = {old for old, new in self.provinces_into.items() if new in after}
        districts = {c: one for c, one in self.districts.items() if one.province in before}
        communes = {c: one for c, one in self.communes.items() if one.province in before}
        inside = {(False, code) for code in communes} | {
            (True, code) for code, one in districts.items() if one.island
        }
        return Divisions(
            rows=len(inside),
            provinces={c: one for c, one in self.provinces.items() if c in before},
            districts=districts,
            communes=communes,
            new_provinces={c: one for c, one in self.new_provinces.items() if c in after},
            new_communes={c: one for c, one in self.new_communes.items() if one.province in after},
            provinces_into={old: new for old, new in self.provinces_into.items() if new in after},
            passages=tuple(p for p in self.passages if (p.district, p.code) in inside),
        )

    def share(self, of: float) -> Divisions:
        """About a share of the communes, by whole provinces, those that merged first."""
        if of >= 1:
            return self
        merged: dict[str, int] = defaultdict(int)
        for new in self.provinces_into.values():
            merged[new] += 1
        size: dict[str, int] = defaultdict(int)
        for commune in self.communes.values():
            size[self.provinces_into[commune.province]] += 1
        chosen, taken = [], 0
        for code in sorted(size, key=lambda code: (merged[code] == 1, size[code], code)):
            chosen.append(code)
            taken += size[code]
            if taken >= of * len(self.communes):
                break
        return self.of_provinces(chosen)


def read_divisions() -> Divisions:
    """Both states and the links between them. Raises ``UnitsMissing``."""
    folder = data_folder()
    links = json.loads((folder / "converter_2025.json").read_text(encoding="utf-8"))
    address = f"file:{folder / 'dataset.db'}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as tables:
        tables.row_factory = sqlite3.Row
        before = tables.execute("SELECT * FROM admin_units_legacy ORDER BY rowid").fetchall()
        after = tables.execute("SELECT * FROM admin_units ORDER BY rowid").fetchall()
    islands = {row["districtCode"] for row in before if row["wardCode"] is None}
    old_of = {row["provinceKey"]: row["provinceCode"] for row in before}
    new_of = {row["provinceKey"]: row["provinceCode"] for row in after}
    return Divisions(
        rows=len(before),
        provinces=_provinces(before),
        districts=_sorted(
            District(row["districtCode"], nfc(row["district"]), row["provinceCode"],
                     row["districtCode"] in islands)
            for row in before
        ),
        communes=_sorted(
            _commune(row, row["districtCode"]) for row in before if row["wardCode"] is not None
        ),
        new_provinces=_provinces(after),
        new_communes=_sorted(_commune(row, "") for row in after),
        provinces_into={
            old_of[key]: new_of[new]
            for new, keys in links["DICT_PROVINCE"].items()
            for key in keys
        },
        passages=tuple(sorted(_passages(links, before, after), key=lambda p: (p.district, p.code))),
    )  # fmt: skip


def data_folder() -> Path:
    """Where the package keeps its data. Raises ``UnitsMissing``."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise UnitsMissing
    return Path(next(iter(found.submodule_search_locations))) / "data"


def _provinces(rows: list[sqlite3.Row]) -> dict[str, Province]:
    return _sorted(Province(row["provinceCode"], nfc(row["province"])) for row in rows)


def _commune(row: sqlite3.Row, district: str) -> Commune:
    return Commune(
        row["wardCode"], nfc(row["ward"]), row["wardType"], row["provinceCode"], district
    )


def _sorted(found: Iterable[Any]) -> dict[str, Any]:
    return {one.code: one for one in sorted(found, key=lambda one: str(one.code))}


def _passages(
    links: dict[str, Any], before: list[sqlite3.Row], after: list[sqlite3.Row]
) -> Iterator[Passage]:
    """The links: names without marks as keys, turned into codes."""
    new = {(row["provinceKey"], row["wardKey"]): row["wardCode"] for row in after}
    old = {
        f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}": (
            row["wardCode"] is None, row["wardCode"] or row["districtCode"],
        )
        for row in before
    }  # fmt: skip
    for province, communes in links["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for key, sources in communes.items():
            for source in sources:
                district, code = old[source]
                yield Passage(code, district, (new[province, key],))
    for province, divided in links["DICT_PROVINCE_WARD_DIVIDED"].items():
        for source, parts in divided.items():
            district, code = old[source]
            first = sorted(parts, key=lambda part: not part["isDefaultNewWard"])
            yield Passage(code, district, tuple(new[province, p["newWardKey"]] for p in first))
