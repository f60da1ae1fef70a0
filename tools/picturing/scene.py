"""A picture of the manual: which page, brought into which state, in which sizes and shades."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product

from playwright.sync_api import Browser, Page

from giaoban.cli.demonstration.diary import CLERK
from giaoban.vietnamese import VIETNAM_TIME, format_date

DESK, PHONE = (1280, 860), (390, 844)
YESTERDAY = format_date(datetime.now(VIETNAM_TIME).date() - timedelta(days=1))


@dataclass(frozen=True)
class Variant:
    """The size of the window and the shade of the page."""

    phone: bool = False
    dark: bool = False

    @property
    def ending(self) -> str:
        """The end of the file's name: -ban, -dien-thoai, -toi-ban …"""
        return f"{'-toi' if self.dark else ''}-{'dien-thoai' if self.phone else 'ban'}"


AT_A_DESK = (Variant(),)
AND_A_PHONE = (Variant(), Variant(phone=True))
ALL = tuple(Variant(phone=phone, dark=dark) for dark, phone in product((False, True), repeat=2))


@dataclass(frozen=True)
class Places:
    """Where the demonstration is served."""

    desk: str
    portal: str


@dataclass(frozen=True)
class Picture:
    """A page as it is shown: ``ready`` brings it into the state that is told about.

    ``before`` makes, in a window of its own, what the page is to show; it is called before every
    variant and has to see to it that it is there once. Without a ``login`` a reader looks at it.
    """

    name: str
    path: str
    ready: Callable[[Page], None] | None = None
    login: str | None = CLERK
    height: int = DESK[1]
    top: str = "body"
    portal: bool = False
    variants: tuple[Variant, ...] = ALL
    before: Callable[[Browser, Places], None] | None = None
