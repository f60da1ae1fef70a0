"""Settings that the doors to a browser share: keys, sessions, static files, what a page may do.

The office's commands do without (``giaoban/settings.py``); each door adds its own pages.
"""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF

from giaoban.browser.keys import secret_key
from giaoban.settings import *  # noqa: F403
from giaoban.settings import INSTALLED_APPS as OFFICE_APPS
from giaoban.settings import VAR

# What links and sessions are signed with: from the environment, or made once and kept in var/.
SECRET_KEY = secret_key(VAR)
ALLOWED_HOSTS = os.environ.get("GIAOBAN_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
# Behind a server that speaks TLS; without one, cookies would never come back.
SECURE = os.environ.get("GIAOBAN_TLS") == "1"
# For whoever works on the pages: errors in full, static files as they stand in the source.
DEBUG = os.environ.get("GIAOBAN_DEBUG") == "1"

INSTALLED_APPS = [
    *(app for app in OFFICE_APPS if app != "giaoban.cli"),
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "giaoban.browser",
    "csp",
    "procrastinate.contrib.django",
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# Static files: ours, and the fonts made from their package (``typeface.py``); no file of others is
# kept in the repository.
STATIC_URL = "/static/"
FONTS = VAR / "fonts-built"
STATICFILES_DIRS = [FONTS] if FONTS.exists() else []
WHITENOISE_MAX_AGE = 3600


def storages(gathered_in: Path) -> dict[str, dict[str, str]]:
    """Static files get names of their content, and are compressed, once ``prepare_static`` gathers
    or has gathered them."""
    gathered = (gathered_in / "staticfiles.json").exists() or "GIAOBAN_GATHERING" in os.environ
    return {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {
            "BACKEND": "giaoban.browser.storage.GatheredFiles"
            if gathered and not DEBUG
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    }


# Sessions end with the browser, an hour after the last page, and after a working day at the
# latest; an office's own rule may say otherwise.
SESSION_IDLE_SECONDS = int(os.environ.get("GIAOBAN_IDLE_SECONDS", "3600"))
SESSION_COOKIE_AGE = int(os.environ.get("GIAOBAN_SESSION_SECONDS", str(8 * 3600)))
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("GIAOBAN_ORIGINS", "").split(",") if o]
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        # Firefox counts a symbol of an svg file to these.
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
LANGUAGE_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
