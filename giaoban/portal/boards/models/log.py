"""The log of the feeds: each time that one was asked, and what came of it."""

from __future__ import annotations

from datetime import timedelta

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from giaoban.journal import guards

from .choices import Feed

# Vietcombank asks for no more than one request in five minutes; the others get no more either.
LEAST_BETWEEN = timedelta(minutes=5)
# Whatever a feed says of when it wants to be asked again.
MOST_BETWEEN = timedelta(days=1)

_NOT_TOO_SOON = guards.Guard(
    name="not_too_soon",
    level=pgtrigger.Row,
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
        -- Of two who would ask at once the second waits here, and finds the first one's row.
        PERFORM pg_advisory_xact_lock(hashtext('portal_boards'), hashtext(NEW.feed));
        IF NEW.asked_at > clock_timestamp() + interval '1 minute' THEN
            RAISE EXCEPTION 'board_clock: a fetch is ahead of the clock';
        END IF;
        IF EXISTS (
            SELECT FROM portal_boards_fetch
            WHERE feed = NEW.feed AND place = NEW.place AND next_at > NEW.asked_at
        ) THEN
            RAISE EXCEPTION 'board_too_soon: % may not be asked yet', NEW.feed;
        END IF;
        RETURN NEW;
    """,
)


_DECIDED = ("next_at", "outcome", "status", "took_ms", "last_modified", "notes")


class Fetch(models.Model):
    """A line of the log: a feed was asked. Written down before it is asked, decided once after.

    ``next_at`` is when it may be asked again at the earliest; the database refuses a line before.
    ``notes`` are the refusals, as codes with their parameters: why nothing came, or what of it
    was kept out.
    """

    decided_columns = _DECIDED

    class Outcome(models.IntegerChoices):
        """What came of it."""

        ASKED = 0, _("asked; no answer is known")
        STORED = 1, _("fetched")
        UNCHANGED = 2, _("nothing new")
        KEPT_OUT = 3, _("fetched in part")
        FAILED = 4, _("not fetched")

    id = models.BigAutoField(primary_key=True)
    feed = models.CharField(_("feed"), max_length=20, choices=Feed)
    place = models.CharField(pgettext_lazy("weather", "place"), max_length=60, blank=True)
    address = models.CharField(max_length=2000)
    asked_at = models.DateTimeField(_("asked at"))
    next_at = models.DateTimeField(_("may be asked again at"))
    outcome = models.SmallIntegerField(_("outcome"), choices=Outcome, default=Outcome.ASKED)
    status = models.SmallIntegerField(null=True)
    took_ms = models.IntegerField(null=True)
    last_modified = models.CharField(max_length=100, blank=True)
    notes = models.JSONField(default=list)

    class Meta:
        verbose_name = _("fetch")
        indexes = [models.Index(fields=["feed", "place", "-asked_at"], name="fetch_latest")]
        constraints = [
            models.CheckConstraint(
                name="fetch_next_at",
                condition=Q(next_at__gte=F("asked_at") + LEAST_BETWEEN)
                & Q(next_at__lte=F("asked_at") + MOST_BETWEEN),
            )
        ]
        triggers = [
            *guards.decided_once(*_DECIDED, decided="OLD.outcome <> 0"), _NOT_TOO_SOON,
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.feed} {self.asked_at:%Y-%m-%d %H:%M}"
