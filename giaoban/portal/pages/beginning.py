"""A site begins: whose it is, what it is called, its first sections.

Everything else is done at the editors' screens, which open themselves to whoever is appointed to
the organisation of the site; so that organisation has to be told before anybody can come in.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from giaoban.journal.queries import AsOf, head
from giaoban.journal.text import check_text
from giaoban.journal.writing import Recorder
from giaoban.people import scope
from giaoban.portal.pages.addresses import slug_of
from giaoban.portal.pages.errors import SiteBegun
from giaoban.portal.pages.models import HomePage, SectionPage, SiteFacts
from giaoban.units.queries import lives
from giaoban.vietnamese import MISSING

LONGEST_NAME, LONGEST_SUBTITLE, LONGEST_SECTION = 100, 200, 255
PORTS = {"http": 80, "https": 443}


@transaction.atomic
def begin_site(
    *, unit: int, name: str, subtitle: str = "", sections: Sequence[str] = (), by: Recorder
) -> Site:
    """Lập cổng thông tin: the site of an organisation, with a front page and empty sections.

    Whoever says who is in charge of the organisation may begin its site. It is reached where
    ``PORTAL_URL`` says. Raises ``SiteBegun`` where there is one already, ``LoginUnknown``,
    ``OutOfScope``, ``TextTooLong``, ``TextRefused``.
    """
    known = head().number
    scope.require(by.name, [unit], on=by.today, known=known, roles=scope.APPOINTS)
    site = Site.objects.select_for_update().filter(is_default_site=True).first()
    if site is not None and isinstance(site.root_page.specific, HomePage):
        raise SiteBegun(name=site.site_name, unit=_whose(site, AsOf(by.today, known)))
    check_text(_("name"), name, LONGEST_NAME)
    check_text(_("line below the name"), subtitle, LONGEST_SUBTITLE)
    for title in sections:
        check_text(_("section"), title, LONGEST_SECTION)
    address = urlsplit(settings.PORTAL_URL)
    site = site or Site(is_default_site=True)
    site.hostname = address.hostname or "localhost"
    site.port = address.port or PORTS.get(address.scheme, PORTS["http"])
    site.site_name, site.root_page = name, _front_page(name, sections)
    site.save()
    facts = {"unit_id": unit, "name": name, "subtitle": subtitle}
    SiteFacts.objects.update_or_create(site=site, defaults=facts)
    return site


def _whose(site: Site, as_of: AsOf) -> str:
    unit = SiteFacts.for_site(site).unit_id
    return MISSING if unit is None else lives([unit], as_of)[unit].name


def _front_page(name: str, sections: Sequence[str]) -> HomePage:
    root = Page.get_first_root_node()
    # The page that Wagtail makes on its first day, to say that there is none yet.
    Page.objects.child_of(root).filter(slug="home").delete()
    root.refresh_from_db()
    home: HomePage = root.add_child(
        instance=HomePage(title=name, slug=slug_of(name) or "trang-chu")
    )
    for title in sections:
        home.add_child(instance=SectionPage(title=title))
    return home
