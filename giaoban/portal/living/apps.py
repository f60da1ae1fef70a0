"""The slice as a Django app."""

from django.apps import AppConfig


class LivingConfig(AppConfig):
    name = "giaoban.portal.living"
    label = "portal_living"

    # Whose hand may do what here, see ``editing/arranging.py``.
    hands = {
        "PUBLISHER": ("portal_living.publish_report", "portal_living.correct_article"),
    }
    # What stands in the map of the site, see ``pages/maps.py``.
    maps = {
        "reports": "giaoban.portal.living.maps.ReportsPart",
        "figures": "giaoban.portal.living.maps.FiguresPart",
        "corrections": "giaoban.portal.living.maps.CorrectionsPart",
    }
