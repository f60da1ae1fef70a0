"""Settings of the desk's server, of its queue, and of what makes or upgrades their tables.

The office's commands do without: they import neither pages nor sign-in (``giaoban/settings.py``).
"""

from __future__ import annotations

import os

from csp.constants import NONE, SELF

from giaoban.desk.keys import secret_key
from giaoban.settings import *  # noqa: F403
from giaoban.settings import INSTALLED_APPS as OFFICE_APPS
from giaoban.settings import VAR

# What links and sessions are signed with: from the environment, or made once and kept in var/.
SECRET_KEY = secret_key(VAR)
ALLOWED_HOSTS = os.environ.get("GIAOBAN_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
# Behind a server that speaks TLS; without one, cookies would never come back.
SECURE = os.environ.get("GIAOBAN_TLS") == "1"

# For whoever works on the desk: errors in full, static files as they stand in the source.
DEBUG = os.environ.get("GIAOBAN_DEBUG") == "1"

INSTALLED_APPS = [
    *(app for app in OFFICE_APPS if app != "giaoban.cli"),
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    # Before the sign-in library: its pages are ours.
    "giaoban.desk",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
    "giaoban.cli",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages go over a village's network at a tenth of their size. What a page holds in secret, its
    # CSRF token, is masked anew each time, and the middleware adds bytes at random (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "giaoban.desk.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "giaoban.desk.signing_in.watch.SessionWatch",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "giaoban.desk.urls"
WSGI_APPLICATION = "giaoban.desk.wsgi.application"
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
                "giaoban.desk.context.desk",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# Static files: ours, and the fonts made from their package (``typeface.py``); no file of others is
# kept in the repository.
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
FONTS = VAR / "fonts-built"
STATICFILES_DIRS = [FONTS] if FONTS.exists() else []
# Names of their content, and compressed, once ``prepare_static`` gathers or has gathered them.
_GATHERED = (STATIC_ROOT / "staticfiles.json").exists() or "GIAOBAN_GATHERING" in os.environ
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _GATHERED and not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_MAX_AGE = 3600

# Sign-in. Nobody signs up: logins are created by who may appoint them.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "giaoban.desk.signing_in.adapters.OfficeAccountAdapter"
ACCOUNT_FORMS = {
    "login": "giaoban.desk.signing_in.forms.LoginForm",
    "reauthenticate": "giaoban.desk.signing_in.forms.ReauthenticateForm",
    "change_password": "giaoban.desk.signing_in.forms.ChangePasswordForm",
    "set_password": "giaoban.desk.signing_in.forms.SetPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,30/10m/ip", "login": "30/m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ADAPTER = "giaoban.desk.signing_in.adapters.OfficeMfaAdapter"
MFA_FORMS = {
    "authenticate": "giaoban.desk.signing_in.forms.AuthenticateForm",
    "reauthenticate": "giaoban.desk.signing_in.forms.ReauthenticateCodeForm",
    "activate_totp": "giaoban.desk.signing_in.forms.ActivateTotpForm",
    "add_webauthn": "giaoban.desk.signing_in.forms.AddKeyForm",
    "edit_webauthn": "giaoban.desk.signing_in.forms.EditKeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Giao Ban"
# Browsers treat this machine as safe without TLS.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
USERSESSIONS_TRACK_ACTIVITY = True
PASSWORD_LEAST = 14
_PASSWORD = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": _PASSWORD + "UserAttributeSimilarityValidator"},
    {"NAME": _PASSWORD + "MinimumLengthValidator", "OPTIONS": {"min_length": PASSWORD_LEAST}},
    {"NAME": _PASSWORD + "CommonPasswordValidator"},
    {"NAME": _PASSWORD + "NumericPasswordValidator"},
]

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
CSRF_FAILURE_VIEW = "giaoban.desk.refusing.csrf_failed"
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
# Uploads: a spreadsheet of 100.000 members has some 20 MB.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
LARGEST_UPLOAD = 50 * 1024 * 1024
LANGUAGE_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
