"""Settings of the desk's server, of its queue, and of its tests.

The office's commands do without: they import neither pages nor sign-in (``giaoban/settings.py``).
"""

from __future__ import annotations

import os

from giaoban.browser.settings import *  # noqa: F403
from giaoban.browser.settings import CONTENT_SECURITY_POLICY as POLICY
from giaoban.browser.settings import INSTALLED_APPS as BROWSER_APPS
from giaoban.browser.settings import SECURE, VAR, storages

INSTALLED_APPS = [
    *BROWSER_APPS,
    # Before the sign-in library: its pages are ours.
    "giaoban.desk",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
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
    "giaoban.browser.language.LanguageMiddleware",
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
STATIC_ROOT = VAR / "static"
STORAGES = storages(STATIC_ROOT)

# Where the portal is reached: who signs in here to edit it is sent back there, and browsers count
# where a form leads to as a part of sending it.
PORTAL_URL = os.environ.get("GIAOBAN_PORTAL_URL", "http://127.0.0.1:8001").rstrip("/")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": POLICY["DIRECTIVES"]
    | {"form-action": [*POLICY["DIRECTIVES"]["form-action"], PORTAL_URL]}
}

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

CSRF_FAILURE_VIEW = "giaoban.desk.refusing.csrf_failed"
# Uploads: a spreadsheet of 100.000 members has some 20 MB.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
LARGEST_UPLOAD = 50 * 1024 * 1024
