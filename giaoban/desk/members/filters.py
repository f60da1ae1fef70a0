"""What is asked of the register, as it lives in the address of the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from giaoban.ledger.accounts import STANDINGS, Account
from giaoban.ledger.register import Asked
from giaoban.people.codes import CODED_FIELDS, code_lists

TEXT, UNIT, STANDING, ORDER, PAGE, COLUMNS = "q", "unit", "standing", "order", "page", "col"
BY_UNIT = "unit"
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
    """The filters, the columns and the place in the list that an address asks for."""

    asked: Asked
    unit: str
    standing: str
    columns: tuple[str, ...]
    page: int

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
    return Chosen(
        asked=asked,
        unit=query.get(UNIT, ""),
        standing=standing if standing in STANDING_GROUPS else "",
        columns=columns or tuple(name for name, (_label, on) in COLUMN_LABELS.items() if on),
        page=max(int(page), 1) if page.isdecimal() and len(page) < 7 else 1,
    )
