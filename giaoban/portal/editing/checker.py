"""What the editor's checker looks for in the preview of a page: what an editor can mend.

Wagtail runs axe in the preview, with a few of its rules. What is the template's is tested by the
house itself (``tests/portal``), so only rules on what editors write are added here.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem

# A rule of axe → what is wrong, and what to do.
MORE = {
    "image-alt": {
        "error_name": _("A picture without a description"),
        "help_text": _("Say what the picture shows, or mark it as decorative"),
    },
    "image-redundant-alt": {
        "error_name": _("A description that repeats the words beside it"),
        "help_text": _("Say what the picture shows beyond these words"),
    },
    "list": {
        "error_name": _("A list that is none"),
        "help_text": _("Make the list anew with the list button"),
    },
    "link-in-text-block": {
        "error_name": _("A link that looks like the text around it"),
        "help_text": _("Make the link anew with the link button"),
    },
    "identical-links-same-purpose": {
        "error_name": _("Links with the same words to different pages"),
        "help_text": _("Give each link words of its own"),
    },
}


class HouseChecker(ContentCheckerItem):
    """Wagtail's checker with more rules and words for them."""

    # Head and foot are the template's.
    axe_include = ["#noi-dung"]
    axe_run_only = [*ContentCheckerItem.axe_run_only, *MORE]
    axe_messages = ContentCheckerItem.axe_messages | MORE


def check_as_the_house_does(_request: Any, items: list[Any], _page: Any) -> None:
    """Put the house's checker in the place of Wagtail's."""
    items[:] = [
        HouseChecker(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]
