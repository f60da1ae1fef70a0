"""What the office decides where the sign-in library asks."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from giaoban.desk.signing_in.landing import landing
from giaoban.journal.writing import Recorder
from giaoban.people.logins import choose_password
from giaoban.people.models import Login

TOO_MANY = _("Too many tries. Wait five minutes, then try again.")
WRONG_CODE = _("The code is not right, or no longer. Enter the one that is shown now.")


class OfficeAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # untyped library
    """Nobody signs up: logins are created by whoever may appoint them."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "enter_current_password": _("This is not the password in use."),
        "incorrect_password": _("This is not the password in use."),
        "incorrect_code": WRONG_CODE,
        "username_password_mismatch": _("Login or password is not right. Enter both again."),
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the library's
        """Never."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: Any) -> None:
        """No mail is sent: an office's logins need have no address."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No mail is sent."""

    def set_password(self, user: Login, password: str) -> None:
        """The login's own choice."""
        choose_password(password, by=Recorder(user.username, timezone.now()))
        user.refresh_from_db()

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The first page that the login may see."""
        return landing(request)

    def get_password_change_redirect_url(
        self,
        request: HttpRequest,  # noqa: ARG002 - the library's
    ) -> str:
        """The login's own page."""
        return reverse("desk:account")

    def is_safe_url(self, url: str | None) -> bool:
        """This very host and the portal: whoever signs in is led nowhere else."""
        if url and url.startswith(f"{settings.PORTAL_URL}/"):
            return True
        host = {self.request.get_host()} if self.request else None
        return url_has_allowed_host_and_scheme(url, allowed_hosts=host)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The library's ways to confirm who one is, in our words."""
        found: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [{**way, "description": _WAYS[way["id"]]} for way in found]


_WAYS = {
    "reauthenticate": _("By password"),
    "mfa_reauthenticate": _("By a code of the app, or a recovery code"),
    "mfa_reauthenticate:webauthn": _("By a passkey"),
}


class OfficeMfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # untyped library
    """Two-step sign-in in the office's words."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "cannot_generate_recovery_codes": _(
            "Recovery codes go with two-step sign-in. Turn it on first."
        ),
    }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """What a browser shows as the place that asks for a passkey."""
        told: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**told, "name": "Giao Ban"}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """A name to begin with: Khóa 1, Khóa 2."""
        from allauth.mfa.models import Authenticator

        n = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return str(_("Key {n}")).format(n=n)
