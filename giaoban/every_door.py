"""Settings that know every door's tables: for what makes, upgrades, checks or restores them."""

from __future__ import annotations

from giaoban.desk.settings import *  # noqa: F403 - settings are names of a module
from giaoban.desk.settings import INSTALLED_APPS as DESK_APPS
from giaoban.portal.settings import (
    DESK_URL,  # noqa: F401 - told to whoever checks the portal's types
    MEDIA_ROOT,  # noqa: F401 - the demonstration's pictures go where the portal finds them
    MEDIA_URL,  # noqa: F401 - the same
    PORTAL_URL,  # noqa: F401 - the same
    WAGTAIL,
)
from giaoban.portal.settings import INSTALLED_APPS as PORTAL_APPS

INSTALLED_APPS = [
    *(app for app in DESK_APPS if app != "giaoban.cli"),
    *(app for app in PORTAL_APPS if app not in DESK_APPS),
    "giaoban.cli",
]
globals().update(WAGTAIL)
