"""How much is taken from readers in how short a time: comments, tries of a password.

Counted in the database, so that it holds for every process that serves pages. What is over a limit
is told by one read and written nowhere. Addresses are counted by a hash with the day's salt.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from math import ceil

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.http import HttpRequest

from giaoban.journal.errors import RuleBroken
from giaoban.portal.pages.models import DaySalt, Tally
from giaoban.vietnamese import VIETNAM_TIME


@dataclass(frozen=True, slots=True)
class Limit:
    """No more than ``most`` in each stretch of ``minutes``; the refusal says until which time."""

    name: str
    most: int
    minutes: int
    refusal: type[RuleBroken]

    def begun_at(self, at: datetime) -> datetime:
        """When the stretch that an instant lies in began."""
        seconds = self.minutes * 60
        return datetime.fromtimestamp(int(at.timestamp()) // seconds * seconds, UTC)

    def refused(self, at: datetime) -> RuleBroken:
        """What is said until the stretch is over."""
        return self.refusal(time=self.begun_at(at) + timedelta(minutes=self.minutes))


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted for one thing that is sent: each limit with whom it is about."""

    about: tuple[tuple[Limit, str], ...]

    def check(self, at: datetime) -> None:
        """Refuse if any limit is reached already; nothing is written. Raises its refusal."""
        wanted = {(of, limit.begun_at(at)): limit for limit, of in self.about}
        begun = {when for _of, when in wanted}
        found = Tally.objects.filter(of__in=[of for _limit, of in self.about], begun_at__in=begun)
        for tally in found:
            limit = wanted.get((tally.of, tally.begun_at))
            if limit is not None and tally.times >= limit.most:
                raise limit.refused(at)

    def count(self, at: datetime) -> None:
        """Count one more of each. Raises the refusal of a limit that was reached meanwhile."""
        for limit, of in self.about:
            if _one_more(of, limit.begun_at(at)) > limit.most:
                raise limit.refused(at)

    def take_back(self, at: datetime) -> None:
        """Count one less of each: what was counted at ``at`` was none of what is limited."""
        for limit, of in self.about:
            same = Tally.objects.filter(of=of, begun_at=limit.begun_at(at), times__gt=0)
            same.update(times=F("times") - 1)


def _one_more(of: str, begun_at: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Tally._meta.db_table} AS t (of, begun_at, times) VALUES (%s, %s, 1)"
            " ON CONFLICT (of, begun_at) DO UPDATE SET times = t.times + 1 RETURNING t.times",
            [of, begun_at],
        )
        return int(cursor.fetchone()[0])


def seconds_left(refused: RuleBroken, at: datetime) -> str:
    """For ``Retry-After``: how long what a limit refused is to wait."""
    return str(ceil((refused.params["time"] - at).total_seconds()))


def client(request: HttpRequest) -> str:
    """The address that a request comes from; behind a server that speaks TLS, as that one says,
    for what stands before is whatever the sender wrote."""
    if settings.SECURE and (told := request.META.get("HTTP_X_FORWARDED_FOR", "")):
        return str(told).rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def hashed(address: str, at: datetime) -> str:
    """An address as it is counted: keyed with the day's salt, so that nobody can look it up.

    Of an IPv6 address only the network counts, which one household has as a whole.
    """
    salt = _salt(at.astimezone(VIETNAM_TIME).date())
    return hmac.new(salt, _network(address).encode(), sha256).hexdigest()[:32]


def _network(address: str) -> str:
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(known, ipaddress.IPv6Address):
        return str(known.ipv4_mapped or ipaddress.ip_network((known, 64), strict=False))
    return str(known)


@lru_cache(maxsize=2)
def _salt(day: date) -> bytes:
    """The salt of a day, made by whoever asks first, and then the same for every process."""
    made = [DaySalt(day=day, salt=secrets.token_bytes(32))]
    DaySalt.objects.bulk_create(made, ignore_conflicts=True)
    return bytes(DaySalt.objects.get(day=day).salt)


def forget_counts(at: datetime) -> int:
    """Remove the counts of what is over for a day, and the salts of the days before. How many."""
    DaySalt.objects.filter(day__lt=at.astimezone(VIETNAM_TIME).date()).delete()
    return Tally.objects.filter(begun_at__lt=at - timedelta(days=1)).delete()[0]
