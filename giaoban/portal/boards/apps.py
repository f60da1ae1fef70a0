"""The slice as a Django app, and who may do what with it."""

from django.apps import AppConfig

_ENTER = ("portal_boards.add_pricequote", "portal_boards.add_weatherreading")


class BoardsConfig(AppConfig):
    name = "giaoban.portal.boards"
    label = "portal_boards"

    # See ``editing/arranging.py``.
    hands = {
        "EDITOR": _ENTER,
        "PUBLISHER": (*_ENTER, "portal_boards.change_boardsettings"),
        "ADMINISTRATOR": ("portal_boards.change_boardsettings",),
    }
