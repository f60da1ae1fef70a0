"""The figures floor as a Django app."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "giaoban.figures"
    label = "figures"

    def ready(self) -> None:
        """Closed history holds the units' rows, too: a nation's tree is read from there."""
        from giaoban.figures.segments.units import copy_of
        from giaoban.units.columns import keep_copy

        keep_copy(copy_of)
