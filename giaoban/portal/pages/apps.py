"""The slice as a Django app."""

from django.apps import AppConfig

_VERBS = ("add", "change", "delete")
_OF_PUBLISHERS = tuple(
    f"portal_pages.{verb}_{model}"
    for model in ("officialdocument", "unitcontact")
    for verb in _VERBS
)


class PagesConfig(AppConfig):
    name = "giaoban.portal.pages"
    label = "portal_pages"

    # Who may do what with what is no page (``editing/arranging.py``).
    hands = {"PUBLISHER": _OF_PUBLISHERS, "ADMINISTRATOR": _OF_PUBLISHERS}
    # What stands in the map of the site (``maps.py``).
    maps = {
        "pages": "giaoban.portal.pages.maps.PagesPart",
        "documents": "giaoban.portal.pages.maps.DocumentsPart",
        "organisation": "giaoban.portal.pages.maps.OrganisationPart",
    }

    def ready(self) -> None:
        from giaoban.portal.pages.announcing import announce

        announce()
