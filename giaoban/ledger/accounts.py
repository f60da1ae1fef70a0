"""The accounts of the ledger: where a person, or a unit itself, stands."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Account(models.IntegerChoices):
    """What a leg counts. The numbers are written into digests and never change their meaning.

    A person whose transfer paper is out keeps being probationary or full, so each standing has an
    account of its own for the time in transit (docs/decisions/0004).
    """

    OUTSIDE = 0, _("outside the rolls")
    PROBATIONARY = 1, _("probationary")
    FULL = 2, _("full")
    PROBATIONARY_IN_TRANSIT = 3, _("probationary, in transit")
    FULL_IN_TRANSIT = 4, _("full, in transit")
    EXISTS = 9, _("unit exists")

    @property
    def is_standing(self) -> bool:
        """Whether a person with +1 here belongs to the unit."""
        return Account.PROBATIONARY <= self <= Account.FULL_IN_TRANSIT

    @property
    def is_probationary(self) -> bool:
        return self in (Account.PROBATIONARY, Account.PROBATIONARY_IN_TRANSIT)

    @property
    def is_in_transit(self) -> bool:
        return self in (Account.PROBATIONARY_IN_TRANSIT, Account.FULL_IN_TRANSIT)

    @property
    def in_transit(self) -> Account:
        """The same standing while the transfer paper is out."""
        return _IN_TRANSIT[self]

    @property
    def settled(self) -> Account:
        """The same standing once the transfer paper is received."""
        return _SETTLED.get(self, self)


_IN_TRANSIT = {
    Account.PROBATIONARY: Account.PROBATIONARY_IN_TRANSIT,
    Account.FULL: Account.FULL_IN_TRANSIT,
}
_SETTLED = {transit: settled for settled, transit in _IN_TRANSIT.items()}

STANDINGS = tuple(account for account in Account if account.is_standing)
