"""Who asks: the words by which feeds know this site, and whom they may write to."""

from __future__ import annotations

from importlib.metadata import version

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext_lazy as _


def check_contact(contact: str) -> None:
    """Refuse (``ValidationError``) what is neither an e-mail address nor a web address."""
    told = contact.strip()
    try:
        (validate_email if "@" in told else URLValidator(schemes=["http", "https"]))(told)
        told.encode("ascii")  # it goes into the head of a request
    except (ValidationError, UnicodeEncodeError):
        raise ValidationError(
            _("Neither an e-mail address nor a web address in plain letters."), code="contact"
        ) from None


def agent(contact: str) -> str:
    """The User-Agent: product, version, the site's address and the contact."""
    return f"GiaoBan/{version('giaoban')} ({settings.PORTAL_URL}; {contact.strip()})"
