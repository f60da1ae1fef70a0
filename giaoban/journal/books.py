"""Which books there are, in the order in which rows enter the digest and the database."""

from __future__ import annotations

from functools import cache

from django.apps import apps

from giaoban.journal.models import BookRow


@cache
def books() -> tuple[type[BookRow], ...]:
    """Every book: by floor, then as declared. Later floors lean on rows of earlier ones."""
    return tuple(model for model in apps.get_models() if issubclass(model, BookRow))
