"""What the editors' templates ask of the house."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings

from giaoban.portal.editing.hands import Hand

register = template.Library()


@register.simple_tag(takes_context=True)
def hands_in_words(context: dict[str, Any]) -> str:
    """The hands of who is signed in, as the roles of the desk are called."""
    held = set(context["request"].user.groups.values_list("name", flat=True))
    return ", ".join(str(hand.role.label) for hand in Hand if hand.group_name in held)


@register.simple_tag
def desk_url() -> str:
    """Where the desk is reached."""
    return f"{settings.DESK_URL}/"
