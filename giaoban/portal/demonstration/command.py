"""``giaoban portal demonstrate``: load the district's site, or leave what is there as it is."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.db import transaction
from django.urls import get_urlconf, set_urlconf
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.portal.demonstration.articles import lay_front, publish_articles
from giaoban.portal.demonstration.boards import fill_boards
from giaoban.portal.demonstration.hands import take_hands
from giaoban.portal.demonstration.papers import load_contacts, load_papers
from giaoban.portal.demonstration.pictures import load_pictures
from giaoban.portal.demonstration.reading import data
from giaoban.portal.demonstration.reports import CITED, publish_reports
from giaoban.portal.demonstration.site import lay_out
from giaoban.portal.demonstration.voices import hear_readers
from giaoban.portal.living.models import PublicEdition
from giaoban.portal.pages.models import ArticlePage
from giaoban.terminal.office import while_working

HELP = gettext_lazy("Load the demonstration's site.")


def add_arguments(parser: ArgumentParser) -> None:
    """It takes none."""


def handle(**_options: Any) -> None:
    """Load what is not there yet."""
    # ``giaoban demo`` knows every door's tables, but has the desk's addresses.
    before = get_urlconf()
    set_urlconf("giaoban.portal.urls")
    try:
        with while_working(_("Loading the demonstration's site")):
            demonstrate()
    finally:
        set_urlconf(before)


@transaction.atomic
def demonstrate() -> None:
    """The site with everything on it; done twice, it is there once. Raises ``BooksMissing``."""
    site = lay_out()
    take_hands()
    reports = publish_reports()
    publish_articles(site, load_pictures(), reports[CITED])
    edition = PublicEdition.objects.get(issue=reports[CITED].entry)
    lay_front(site, edition.get_absolute_url(), CITED)
    load_papers(reports)
    load_contacts()
    hear_readers(ArticlePage.objects.get(slug=data("articles")["article"][0]["slug"]))
    fill_boards(site)
