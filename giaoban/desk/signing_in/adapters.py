"""What the office decides where the sign-in library asks."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class OfficeAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # untyped library
    """Nobody signs up: logins are created by whoever may appoint them."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the library's
        """Never."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: Any) -> None:
        """No mail is sent: an office's logins need have no address."""
