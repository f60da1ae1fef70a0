"""What the log of fetches says, in words, for editors and for the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from giaoban.portal.boards.errors import NOTES
from giaoban.portal.boards.models import BoardSettings, Feed, Fetch

GOOD = (Fetch.Outcome.STORED, Fetch.Outcome.UNCHANGED, Fetch.Outcome.KEPT_OUT)


@dataclass(frozen=True, slots=True)
class FeedState:
    """How it stands with a feed that is on: its last fetch, and since when it gives nothing."""

    feed: Feed
    last: Fetch | None
    last_good_at: datetime | None

    @property
    def ails(self) -> bool:
        """Whether editors have to look at it."""
        return self.last is not None and self.last.outcome not in (
            Fetch.Outcome.STORED, Fetch.Outcome.UNCHANGED,
        )  # fmt: skip


def notes(fetch: Fetch) -> list[str]:
    """Why nothing came, or what was kept out, in the active language."""
    return [str(NOTES[note["code"]](**note["params"])) for note in fetch.notes]


def states() -> list[FeedState]:
    """The feeds that any site has on."""
    on = {board.weather_feed for board in BoardSettings.objects.all()} - {""}
    if BoardSettings.objects.filter(rates_feed=True).exists():
        on.add(Feed.VIETCOMBANK.value)
    return [_state(feed) for feed in Feed if feed.value in on]


def _state(feed: Feed) -> FeedState:
    asked = Fetch.objects.filter(feed=feed).order_by("-asked_at", "-id")
    good = asked.filter(outcome__in=GOOD).first()
    return FeedState(feed, asked.first(), good.asked_at if good else None)


def last_fetches(most: int) -> list[Fetch]:
    """The newest lines of the log."""
    return list(Fetch.objects.order_by("-asked_at", "-id")[:most])
