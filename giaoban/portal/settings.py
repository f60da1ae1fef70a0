"""Settings of the portal's server, of its queue, and of its tests.

The portal's weight is the portal's: neither the office's commands nor the desk load Wagtail.
"""

from __future__ import annotations

import os
from pathlib import Path

from giaoban.browser.settings import *  # noqa: F403
from giaoban.browser.settings import INSTALLED_APPS as BROWSER_APPS
from giaoban.browser.settings import VAR, storages
from giaoban.settings import DATABASES, DOOR, MAIL_SERVER, PORTAL_MEDIA
from giaoban.settings import LOCALE_PATHS as OFFICE_LOCALES

INSTALLED_APPS = [
    *BROWSER_APPS,
    # Before Wagtail: what stands in our templates is ours.
    "giaoban.portal.editing",
    "giaoban.portal.pages",
    "giaoban.portal.living",
    "giaoban.portal.comments",
    "giaoban.portal.boards",
    "giaoban.portal.bringing",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "django.contrib.sitemaps",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "giaoban.cli",
]
MIDDLEWARE = [
    "giaoban.portal.caching.TellFront",
    "giaoban.portal.asking.AskOnce",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "giaoban.browser.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "giaoban.portal.editing.signed_in.DeskSessions",
    "django.contrib.messages.middleware.MessageMiddleware",
    "giaoban.portal.editing.watch.EditorsWatch",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
ROOT_URLCONF = "giaoban.portal.urls"
WSGI_APPLICATION = "giaoban.portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "giaoban.portal.pages.context.site",
            ],
        },
    }
]
AUTHENTICATION_BACKENDS = ["giaoban.portal.editing.signed_in.PermissionsOnly"]
STATIC_ROOT = VAR / "static-portal"
STORAGES = storages(STATIC_ROOT)
# Wagtail's own words in Vietnamese come from our catalogue of them, see ``editing``. It stands
# first: "Close" is a button here, and in the office what happens to a unit.
WAGTAIL_WORDS = Path(__file__).resolve().parent / "editing" / "locale"
LOCALE_PATHS = [WAGTAIL_WORDS, *OFFICE_LOCALES]

# Where the portal and the desk are reached. The two share one host, for a login has one session
# for both; whoever is to edit signs in at the desk.
PORTAL_URL = os.environ.get("GIAOBAN_PORTAL_URL", "http://127.0.0.1:8001").rstrip("/")
DESK_URL = os.environ.get("GIAOBAN_DESK_URL", "http://127.0.0.1:8000").rstrip("/")
LOGIN_URL = f"{DESK_URL}/tai-khoan/dang-nhap/"

# Editors are told by mail what waits for them, where the office has a mail server.
if not MAIL_SERVER:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

# Wagtail remembers where sites begin in the memory of each process, and forgets it only in the one
# that changed it. Asking costs one query, and the front keeps whole pages.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

# Each of the server's few threads keeps its connection: a new one for each page would cost
# PostgreSQL more than the page itself.
if DOOR == "portal":
    DATABASES["default"] |= {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}

# Pictures and files that editors bring.
MEDIA_ROOT = PORTAL_MEDIA
MEDIA_URL = "/tep/"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Dates are typed as 29/10/2018.
FORMAT_MODULE_PATH = ["giaoban.portal.editing.formats"]

# Wagtail's settings, which whatever knows its tables needs, too.
WAGTAIL = {
    "WAGTAIL_SITE_NAME": "Giao Ban",
    "WAGTAILIMAGES_IMAGE_MODEL": "portal_pages.Picture",
    "WAGTAILADMIN_BASE_URL": PORTAL_URL,
    "WAGTAILADMIN_LOGIN_URL": LOGIN_URL,
    # Pages that are not for everybody.
    "WAGTAIL_FRONTEND_LOGIN_URL": "/vao/",
    "WAGTAIL_PASSWORD_REQUIRED_TEMPLATE": "portal/pages/closed.html",
    "WAGTAILADMIN_PERMITTED_LANGUAGES": [("vi", "Tiếng Việt"), ("en", "English")],
    "WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT": 5,
    "WAGTAIL_I18N_ENABLED": False,
    "WAGTAIL_DATE_FORMAT": "%d/%m/%Y",
    "WAGTAIL_DATETIME_FORMAT": "%d/%m/%Y %H:%M",
    "WAGTAIL_USER_TIME_ZONES": ["Asia/Ho_Chi_Minh"],
    # What is typed is saved half a second later, as one version for each editor at work.
    "WAGTAIL_AUTOSAVE_INTERVAL": 500,
    "WAGTAIL_EDITING_SESSION_PING_INTERVAL": 10_000,
    # No third party is asked for anything.
    "WAGTAIL_GRAVATAR_PROVIDER_URL": None,
    "WAGTAIL_ENABLE_UPDATE_CHECK": False,
    "WAGTAIL_ENABLE_WHATS_NEW_BANNER": False,
    "WAGTAILEMBEDS_FINDERS": [],
    "WAGTAILADMIN_RICH_TEXT_EDITORS": {
        "default": {"WIDGET": "giaoban.portal.editing.texts.TextArea"}
    },
    "WAGTAIL_ALLOW_UNICODE_SLUGS": False,
    "WAGTAIL_USAGE_COUNT_ENABLED": True,
    "WAGTAIL_PASSWORD_MANAGEMENT_ENABLED": False,
    "WAGTAIL_PASSWORD_RESET_ENABLED": False,
    "WAGTAIL_EMAIL_MANAGEMENT_ENABLED": False,
    "WAGTAILIMAGES_IMAGE_FORM_BASE": "giaoban.portal.pages.picture_files.PictureForm",
    "WAGTAILIMAGES_MAX_UPLOAD_SIZE": 10 * 1024 * 1024,
    "WAGTAILIMAGES_MAX_IMAGE_PIXELS": 40_000_000,
    "WAGTAILIMAGES_EXTENSIONS": ["jpg", "jpeg", "png", "webp", "avif"],
    "WAGTAILIMAGES_INDEX_PAGE_SIZE": 30,
    "WAGTAILDOCS_EXTENSIONS": ["pdf", "docx", "xlsx", "odt", "ods", "csv"],
    "WAGTAILDOCS_MAX_UPLOAD_SIZE": 50 * 1024 * 1024,
    "WAGTAILSEARCH_BACKENDS": {"default": {"BACKEND": "wagtail.search.backends.database"}},
    "TAGGIT_CASE_INSENSITIVE": True,
}
globals().update(WAGTAIL)
