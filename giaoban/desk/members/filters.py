"""What is asked of the register, as it lives in the address of the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from giaoban.ledger.accounts import STANDINGS, Account
from giaoban.ledger.register import Asked
from giaoban.people.codes import CODED_FIELDS, code_lists
from giaoban.people.finding import Mark

TEXT, UNIT, STANDING, ORDER, PAGE, COLUMNS = "q", "unit", "standing", "order", "page", "col"
AFTER = "after"
BY_UNIT = "unit"
_AFTER = re.compile(r"([0-9]{1,9})\.([0-9]{1,9})\.([0-9]{1,18})\.((?:[0-9a-f]{2}){0,2000})")
# What the law calls sensitive is shown only to who asks for it, and that is written down.
SENSITIVE = ("ethnicity", "religion")
STANDING_GROUPS: dict[str, tuple[Account, ...]] = {
    "full": (Account.FULL,),
    "probationary": (Account.PROBATIONARY,),
    "transit": (Account.PROBATIONARY_IN_TRANSIT, Account.FULL_IN_TRANSIT),
}
# field of the address → (label, on unless chosen otherwise)
COLUMN_LABELS: dict[str, tuple[Any, bool]] = {
    "born_on": (_("Date of birth"), True),
    "unit": (_("Unit"), True),
    "standing": (_("Standing"), True),
    "ceremony_on": (_("Admitted on"), True),
    "full_on": (_("Full member from"), True),
    "due": (_("Falling due"), True),
    "sex": (_("Sex"), False),
    "schooling": (_("General education"), False),
    "profession": (_("Professional education"), False),
    "theory": (_("Political theory"), False),
    "occupation": (_("Occupation"), False),
    "ethnicity": (_("Ethnicity"), False),
    "religion": (_("Religion"), False),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The filters, the columns and the place in the list that an address asks for: a page, or of
    a list too long for pages ``after`` whom it goes on, and how many were ``told`` before."""

    asked: Asked
    unit: str
    standing: str
    columns: tuple[str, ...]
    page: int
    after: Mark | None = None
    told: int = 0

    @property
    def filtered(self) -> bool:
        """Whether not everybody is asked for who stands in the units."""
        return bool(self.asked.text or self.standing or self.asked.particulars)

    @property
    def sensitive(self) -> tuple[str, ...]:
        """Which sensitive fields the address asks for, as columns or filters."""
        used = {*self.columns, *self.asked.particulars}
        return tuple(name for name in SENSITIVE if name in used)


def chosen(query: QueryDict) -> Chosen:
    """Read an address. What it says wrongly is passed over: it can be typed by hand."""
    standing = query.get(STANDING, "")
    lists = code_lists()
    particulars = {
        name: code for name in CODED_FIELDS if (code := query.get(name, "")) in lists[name]
    }
    columns = tuple(name for name in COLUMN_LABELS if name in query.getlist(COLUMNS))
    asked = Asked(
        text=query.get(TEXT, "")[:100],
        standings=STANDING_GROUPS.get(standing, STANDINGS),
        particulars=particulars,
        by_unit=query.get(ORDER) == BY_UNIT,
    )
    page = query.get(PAGE, "")
    after, told = _after(query.get(AFTER, ""))
    return Chosen(
        asked=asked,
        unit=query.get(UNIT, ""),
        standing=standing if standing in STANDING_GROUPS else "",
        columns=columns or tuple(name for name, (_label, on) in COLUMN_LABELS.items() if on),
        page=max(int(page), 1) if page.isdecimal() and len(page) < 7 else 1,
        after=after,
        told=told,
    )


def after_in_address(mark: Mark, told: int) -> str:
    """Where a long list goes on, as an address says it."""
    return f"{told}.{mark.walk}.{mark.person}.{mark.key.hex()}"


def _after(text: str) -> tuple[Mark | None, int]:
    found = _AFTER.fullmatch(text)
    if found is None:
        return None, 0
    told, walk, person, key = found.groups()
    return Mark(int(walk), bytes.fromhex(key), int(person)), int(told)
