"""The sign-in library's forms in the office's words: labels, hints, and no text inside fields."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as code
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from giaoban.people.errors import FirstPasswordKept

_LEAST = _(
    "At least {n} characters, not digits alone. A sentence that nobody else would write is best."
)


class Plain(forms.Form):
    """A form with labels and hints of our own, and nothing written inside its fields."""

    labels: ClassVar[dict[str, Any]] = {}
    hints: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")


class LoginForm(Plain, account.LoginForm):  # type: ignore[misc]  # untyped library
    """Login and password."""

    labels = {"login": _("Login"), "password": _("Password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}


class ReauthenticateForm(Plain, account.ReauthenticateForm):  # type: ignore[misc]  # untyped library
    """The password once more."""

    labels = {"password": _("Password")}


class _NewPassword(Plain):
    user: Any
    labels = {
        "oldpassword": _("Password in use"),
        "password1": _("New password"),
        "password2": _("New password once more"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = str(_LEAST).format(n=settings.PASSWORD_LEAST)

    def clean(self) -> Any:
        """Another one than before."""
        cleaned = super().clean()
        new = self.cleaned_data.get("password1")
        if new and self.user.check_password(new):
            self.add_error("password1", str(FirstPasswordKept()))
        return cleaned


class ChangePasswordForm(_NewPassword, account.ChangePasswordForm):  # type: ignore[misc]  # untyped library
    """The password in use, and the new one twice."""


class SetPasswordForm(_NewPassword, account.SetPasswordForm):  # type: ignore[misc]  # untyped library
    """A password for a login that had none."""


_CODE = {"code": _("Code")}


class _Code(Plain):
    labels = _CODE
    hints = {"code": _("Six digits from the app, or one of the recovery codes.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"class": "short", "autofocus": True}


class AuthenticateForm(_Code, code.AuthenticateForm):  # type: ignore[misc]  # untyped library
    """The second step of signing in."""


class ReauthenticateCodeForm(_Code, code.ReauthenticateForm):  # type: ignore[misc]  # untyped library
    """A code once more."""


class ActivateTotpForm(Plain, totp.ActivateTOTPForm):  # type: ignore[misc]  # untyped library
    """The first code of a new app."""

    labels = _CODE
    hints = {"code": _("The six digits that the app shows now.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"class": "short", "inputmode": "numeric"}


_KEY_NAME = {"name": _("Name of the key")}


class AddKeyForm(Plain, webauthn.AddWebAuthnForm):  # type: ignore[misc]  # untyped library
    """A new passkey, and whether it signs in alone."""

    labels = {**_KEY_NAME, "passwordless": _("Sign in with this key alone, without a password")}
    hints = {
        "name": _("To tell it from others: which machine or phone it is on."),
        "passwordless": _("The machine then asks for a finger, a face or a PIN."),
    }


class EditKeyForm(Plain, webauthn.EditWebAuthnForm):  # type: ignore[misc]  # untyped library
    """Another name for a passkey."""

    labels = _KEY_NAME
