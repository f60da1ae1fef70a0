"""The hands that work on the site, and who has them: read from appointments, never given here.

Wagtail asks its groups what somebody may do. A login is in the group of a hand exactly while an
appointment of the desk says so, to the organisation whose site it is, to one above it or below.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Site

from giaoban.journal.queries import AsOf
from giaoban.people.models import Login, Role
from giaoban.people.scope import roles_of, units_in_charge
from giaoban.portal.pages.models import SiteFacts
from giaoban.units.queries import tree_on


class Hand(Enum):
    """What a login does on the site: the role that gives it, and the name of its group.

    The names are data of the office's own, shown in lists of Wagtail.
    """

    WRITER = (Role.WRITER, "Người viết")
    EDITOR = (Role.EDITOR, "Biên tập viên")
    PUBLISHER = (Role.PUBLISHER, "Người duyệt đăng")
    ADMINISTRATOR = (Role.ADMINISTRATOR, "Quản trị cổng thông tin")

    @property
    def role(self) -> Role:
        """The role of the appointment."""
        return self.value[0]

    @property
    def group_name(self) -> str:
        """The name of the group, by which it is found."""
        return self.value[1]


def site_unit() -> int | None:
    """The organisation whose site this is, where it has been said."""
    site = Site.objects.filter(is_default_site=True).first()
    return None if site is None else SiteFacts.for_site(site).unit_id


def hands_of(login: str, unit: int, *, on: date, known: int) -> frozenset[Hand]:
    """The hands that a login has on the site of ``unit`` on a day.

    An appointment counts to the unit itself, to one above it, whose scope holds for all below, and
    to one below it, for units write on the site of the organisation they belong to.
    """
    appointed = roles_of(login, on=on, known=known)
    return frozenset(
        hand
        for hand in Hand
        if (units := appointed.get(hand.role))
        and (
            units_in_charge(login, [unit], on=on, known=known, roles=[hand.role])
            or _any_below(units, unit, on=on, known=known)
        )
    )


def _any_below(units: Iterable[int], unit: int, *, on: date, known: int) -> bool:
    below = tree_on(AsOf(on, known)).below(unit)
    return not set(units).isdisjoint(int(one) for one in below)


@transaction.atomic
def settle_hands(login: str, *, on: date, known: int) -> frozenset[Hand]:
    """Put a login into the groups of the hands that it has, and out of those it has no more.

    No act of anybody: the appointments were recorded at the desk, this draws the conclusion.
    Groups that are no hand's are left alone. Returns the hands.
    """
    unit = site_unit()
    found = frozenset[Hand]() if unit is None else hands_of(login, unit, on=on, known=known)
    who = Login.objects.get(username=login)
    wanted = {hand.group_name for hand in found}
    names = [hand.group_name for hand in Hand]
    held = set(who.groups.filter(name__in=names).values_list("name", flat=True))
    if held - wanted:
        who.groups.remove(*Group.objects.filter(name__in=held - wanted))
    if wanted - held:
        who.groups.add(*Group.objects.filter(name__in=wanted - held))
    return found
