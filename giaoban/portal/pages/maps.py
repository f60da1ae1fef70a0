"""The map of the site for machines that gather pages: one part for each kind of page.

A slice that has pages of its own names its parts in its app (``maps``). Only what everybody may
read stands in a part, each with the moment at which it last changed, as far as that is recorded.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, ClassVar

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.contrib.sitemaps import Sitemap
from django.db.models import Max, Model
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.module_loading import import_string
from wagtail.contrib.sitemaps import Sitemap as PagesSitemap
from wagtail.contrib.sitemaps import views
from wagtail.models import ModelLogEntry

from giaoban.portal.caching import depends
from giaoban.portal.pages.models import OfficialDocument, SiteFacts, UnitContact
from giaoban.portal.pages.organisation import chart_changed_at
from giaoban.vietnamese import VIETNAM_TIME


@dataclass(frozen=True, slots=True)
class Mapped:
    """A page in the map: its address on the site, and when it last changed, where that is known."""

    address: str
    changed_at: datetime | None


# Django's class has parameters for type checkers alone.
if TYPE_CHECKING:
    _Part = Sitemap[Mapped]
else:
    _Part = Sitemap


class Part(_Part, ABC):
    """A part of the map. ``made_of``: what it depends on, as the front keeps it; of nothing that
    is told of changes, it is not kept."""

    made_of: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def items(self) -> Sequence[Mapped]:
        """The pages, in an order that stays."""

    def location(self, item: Mapped) -> str:
        """Its address."""
        return item.address

    def lastmod(self, item: Mapped) -> datetime | None:
        """When it last changed."""
        return item.changed_at


class PagesPart(PagesSitemap):
    """Home, sections and articles."""

    made_of: ClassVar[tuple[str, ...]] = ("latest",)


class DocumentsPart(Part):
    """Official documents, and their list."""

    made_of = ("papers",)

    def items(self) -> Sequence[Mapped]:
        """Those that readers may see, the latest first."""
        found = OfficialDocument.objects.filter(shown=True)
        edited = _edited(OfficialDocument)
        shown = [
            Mapped(one.get_absolute_url(),
                   edited.get(str(one.pk)) or datetime.combine(one.issued_on, time(), VIETNAM_TIME))
            for one in found
        ]  # fmt: skip
        return with_list(reverse("portal_pages:papers"), shown)


class OrganisationPart(Part):
    """The chart with its contacts, where the site says whose it is."""

    def items(self) -> Sequence[Mapped]:
        """The one page."""
        if not SiteFacts.objects.exclude(unit_id=None).exists():
            return []
        moments = [chart_changed_at(), *_edited(UnitContact).values()]
        return [Mapped(reverse("portal_pages:organisation"), _latest(moments))]


def with_list(address: str, pages: Sequence[Mapped]) -> Sequence[Mapped]:
    """The page that lists some pages, which changed with the last of them, and these."""
    if not pages:
        return []
    return [Mapped(address, _latest([page.changed_at for page in pages])), *pages]


def _latest(moments: Sequence[datetime | None]) -> datetime | None:
    return max((one for one in moments if one is not None), default=None)


def _edited(model: type[Model]) -> dict[str, datetime]:
    """When each thing of a kind was last edited, by its key, where an editor did."""
    kind = ContentType.objects.get_for_model(model)
    found = ModelLogEntry.objects.filter(content_type=kind).values("object_id")
    return dict(found.annotate(last=Max("timestamp")).values_list("object_id", "last"))


def parts() -> dict[str, type[Part] | type[PagesPart]]:
    """Every part of the map, by its name in the address."""
    told: dict[str, str] = {}
    for app in apps.get_app_configs():
        told |= getattr(app, "maps", {})
    return {name: import_string(path) for name, path in told.items()}


def site_map(request: HttpRequest) -> HttpResponse:
    """The list of the parts."""
    depends(request, "site", *(key for part in parts().values() for key in part.made_of))
    answer: HttpResponse = views.index(
        request, parts(), sitemap_url_name="portal_pages:map_part"
    ).render()
    return answer


def map_part(request: HttpRequest, section: str) -> HttpResponse:
    """The pages of one part; ``?p=`` is the next fifty thousand."""
    part = parts().get(section)
    if part is None:
        raise Http404
    if part.made_of:
        depends(request, "site", *part.made_of)
    answer: HttpResponse = views.sitemap(request, {section: part}, section=section).render()
    return answer
