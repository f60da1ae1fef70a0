"""Django settings: everything an office may change comes from the environment.

``DATABASE_URL`` replaces the embedded PostgreSQL; it names the application's role, which owns
nothing. ``DATABASE_OWNER_URL`` names the role that owns the tables and runs migrations,
``DATABASE_DESK_URL`` the role of the desk, which sees no person but those of a login's units,
``DATABASE_PORTAL_URL`` the role of the portal, which sees no person at all.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pgtrigger.core  # noqa: F401 - registers its model options before any model is read
import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

from giaoban import database
from giaoban.vietnamese import NameOrder

VAR = database.project_folder() / "var"
# Closed history as columns, a cache that figures are read from (docs/decisions/0015).
SEGMENTS = Path(os.environ.get("GIAOBAN_SEGMENTS") or VAR / "segments").absolute()
# What sums them: DuckDB in the process that asks, or spark://host:port.
FIGURES_ENGINE = os.environ.get("FIGURES_ENGINE", "")
if FIGURES_ENGINE and not FIGURES_ENGINE.startswith("spark://"):
    raise ImproperlyConfigured(
        database.said(
            "setting_unknown", name="FIGURES_ENGINE", value=FIGURES_ENGINE,
            choices="spark://host:port",
        )
    )  # fmt: skip
# Pictures and files that editors of the portal bring.
PORTAL_MEDIA = VAR / "portal-media"
BASE_DIR = Path(__file__).resolve().parent.parent
EMBEDDED = "DATABASE_URL" not in os.environ


def _alias(url: str) -> dict[str, Any]:
    try:
        told = conninfo_to_dict(url)
    except psycopg.ProgrammingError as unreadable:
        raise database.DatabaseUnavailable(
            database.said("address_unreadable", reason=str(unreadable).strip())
        ) from unreadable
    parts = {key: str(value) for key, value in told.items() if value is not None}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        # Not prepared on the server: plans made for any array halve the speed of bulk recording.
        # What ``journal.sql`` does let the server keep is planned once, since planning those
        # questions takes longer than answering them.
        "OPTIONS": {
            "server_side_binding": False,
            "prepare_threshold": 3,
            "options": "-c plan_cache_mode=force_generic_plan",
            **parts,
        },
        "TEST": {},
    }


def _addresses() -> dict[str, str]:
    """The database's address for each role."""
    if EMBEDDED:
        place = database.cluster()
        roles = {"app": database.APP_ROLE, "owner": database.OWNER_ROLE,
                 "desk": database.DESK_ROLE, "portal": database.PORTAL_ROLE}  # fmt: skip
        return {name: database.connection_url(place, role) for name, role in roles.items()}
    app = os.environ["DATABASE_URL"]
    return {
        "app": app,
        "owner": os.environ.get("DATABASE_OWNER_URL", app),
        "desk": os.environ.get("DATABASE_DESK_URL", ""),
        "portal": os.environ.get("DATABASE_PORTAL_URL", ""),
    }


_ADDRESSES = _addresses()
# The servers of the desk and the portal set this; commands and the queue's workers are the office
# itself.
DOOR = os.environ.get("GIAOBAN_DOOR", "")
AT_THE_DESK = DOOR == "desk"
DATABASES = {
    "default": _alias(_ADDRESSES[DOOR if DOOR in ("desk", "portal") else "app"]),
    "owner": _alias(_ADDRESSES["owner"]),
}
# Whose rights an act is recorded with, and who reads at the desk and at the portal ("" where nobody
# may).
WRITER_ROLE = str(_alias(_ADDRESSES["app"])["USER"])
DESK_ROLE = str(_alias(_ADDRESSES["desk"])["USER"])
PORTAL_ROLE = str(_alias(_ADDRESSES["portal"])["USER"])
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "pgtrigger",
    "giaoban.journal",
    "giaoban.units",
    "giaoban.people",
    "giaoban.ledger",
    "giaoban.plans",
    "giaoban.intake",
    "giaoban.figures",
    "giaoban.reports",
    "giaoban.cli",
]
AUTH_USER_MODEL = "people.Login"

# The office's mail server, as in smtp+starttls://user:password@host:587, and who its letters are
# from. Without it nothing is sent.
MAIL_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


def mail_server(url: str) -> dict[str, Any]:
    """Django's settings of mail for an address; what is wrong is said without its password."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if url and (parts.scheme not in MAIL_PORTS or not parts.hostname):
        raise ImproperlyConfigured(
            database.said("mail_server_unreadable", choices=", ".join(MAIL_PORTS))
        )
    return {
        "EMAIL_HOST": parts.hostname or "",
        "EMAIL_PORT": port or MAIL_PORTS.get(parts.scheme, 0),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+starttls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }


MAIL_SERVER = os.environ.get("GIAOBAN_SMTP_URL", "")
MAIL_FROM = DEFAULT_FROM_EMAIL = os.environ.get("GIAOBAN_MAIL_FROM", "")
globals().update(mail_server(MAIL_SERVER))
EMAIL_TIMEOUT = 20

# A folder of certificates of authorities whose signatures the office trusts; without one it is
# unknown whether a signature is to be trusted.
SIGNING_ROOTS = Path(folder) if (folder := os.environ.get("GIAOBAN_SIGNING_ROOTS")) else None

# No page is served yet and nothing is signed; the desk will demand a key of its own.
SECRET_KEY = os.environ.get("GIAOBAN_SECRET_KEY", "only-for-commands-nothing-is-signed-with-it")
DEBUG = False

LANGUAGE_CODE = os.environ.get("GIAOBAN_LANGUAGE", "vi")
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).resolve().parent / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

# Lists of people: given-middle-family, or given-family-middle. Keys are stored, so a change asks
# for the names' keys to be computed anew.
NAME_ORDER = os.environ.get("GIAOBAN_NAME_ORDER", "given-middle-family")
if NAME_ORDER not in (_orders := [order.value for order in NameOrder]):
    raise ImproperlyConfigured(
        database.said(
            "setting_unknown", name="GIAOBAN_NAME_ORDER", value=NAME_ORDER,
            choices=", ".join(_orders),
        )
    )  # fmt: skip
