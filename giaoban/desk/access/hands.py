"""What is in the hands of a login here: the units whose appointments it sees and makes, and the
logins that go with them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404

from giaoban.desk.door import Sitting
from giaoban.people import scope
from giaoban.people.appointments import Charge, charges, logins_in_hand
from giaoban.people.models import Role
from giaoban.units.queries import UnitLife, lives, tree_on

SEES = (Role.CLERK, Role.LEADER, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Hands:
    """The hands of one sitting. They are those of today, whatever day is looked at."""

    sitting: Sitting

    def _units(self, *roles: Role) -> frozenset[int]:
        if not self.sitting.holds(*roles):
            return frozenset()
        newest = 2**62
        return scope.units_in_sight(
            self.sitting.login, on=self.sitting.today, known=newest, roles=roles
        )

    @cached_property
    def seen(self) -> frozenset[int]:
        """The units whose appointments this login sees."""
        return self._units(*SEES)

    @cached_property
    def appoints(self) -> frozenset[int]:
        """The units for which it says who is in charge."""
        return self._units(*scope.APPOINTS)

    @cached_property
    def administers(self) -> frozenset[int]:
        """The units whose logins it keeps."""
        return self._units(Role.ADMINISTRATOR)

    @cached_property
    def logins(self) -> list[str]:
        """The logins it sees: those ever appointed there; for who makes logins those that were
        never appointed, too."""
        return logins_in_hand(self.seen, 2**62, unplaced=bool(self.appoints))

    @cached_property
    def charges(self) -> list[Charge]:
        """All appointments to the units seen, past ones too."""
        return charges(self.sitting.as_of.known, units=self.seen)

    @cached_property
    def lives(self) -> dict[int, UnitLife]:
        """The units named by these appointments."""
        return lives({one.unit for one in self.charges}, self.sitting.as_of)

    def require_seen(self, login: str) -> str:
        """A login that is seen here; any other is not found, and it is not said which exist."""
        if login not in self.logins:
            raise Http404(login)
        return login

    def keeps(self, login: str) -> bool:
        """Whether this login gives ``login`` passwords, closes and opens it."""
        if login == self.sitting.login or not self.appoints:
            return False
        held = scope.roles_of(login, on=self.sitting.today, known=2**62)
        theirs = {unit for units in held.values() for unit in units}
        return theirs <= self.administers

    def choices(self) -> list[UnitLife]:
        """The open units to which somebody can be appointed, in the tree's order."""
        named = lives(self.appoints, self.sitting.as_of)
        order = {unit: at for at, unit in enumerate(tree_on(self.sitting.as_of).ids.tolist())}
        return sorted(
            (life for unit, life in named.items() if unit in order), key=lambda u: order[u.id]
        )
