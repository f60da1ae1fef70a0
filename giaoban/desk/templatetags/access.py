"""What the access log says of a member: the name, where it is in sight."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from giaoban.people.queries import Name
from giaoban.vietnamese import format_number

register = template.Library()


@register.simple_tag
def named(names: dict[int, Name], person: int) -> str:
    """A member's name out of those in sight, or the number."""
    known = names.get(person)
    return str(known) if known else _("member no. {n}").format(n=format_number(person))
