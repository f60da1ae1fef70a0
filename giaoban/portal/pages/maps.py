"""The map of the site for machines that gather pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from wagtail.contrib.sitemaps import Sitemap as PagesSitemap
from wagtail.contrib.sitemaps.views import sitemap

from giaoban.portal.caching import depends
from giaoban.portal.pages.models import OfficialDocument

# Django's class has parameters for type checkers alone.
if TYPE_CHECKING:
    _Sitemap = Sitemap[OfficialDocument]
else:
    _Sitemap = Sitemap


class DocumentsSitemap(_Sitemap):
    """The official documents in the map of the site."""

    def items(self) -> QuerySet[OfficialDocument]:
        """Those that readers may see."""
        return OfficialDocument.objects.filter(shown=True)


def site_map(request: HttpRequest) -> HttpResponse:
    """The map of the site for machines."""
    depends(request, "site", "latest", "papers")
    maps = {"pages": PagesSitemap, "documents": DocumentsSitemap}
    answer: HttpResponse = sitemap(request, sitemaps=maps)
    return answer.render() if hasattr(answer, "render") else answer
