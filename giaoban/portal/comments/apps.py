"""The slice as a Django app, and who may do what with it."""

from django.apps import AppConfig

_MODERATE = ("portal_comments.view_comment", "portal_comments.change_comment")
_REASONS = ("portal_comments.add_declinereason", "portal_comments.change_declinereason",
            "portal_comments.view_declinereason")  # fmt: skip


class CommentsConfig(AppConfig):
    name = "giaoban.portal.comments"
    label = "portal_comments"

    # See ``editing/arranging.py``.
    hands = {
        "EDITOR": _MODERATE,
        "PUBLISHER": (*_MODERATE, *_REASONS),
        "ADMINISTRATOR": _REASONS,
    }
