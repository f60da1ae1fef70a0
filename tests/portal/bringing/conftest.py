"""A site with two sections, and a folder of saved pages with their pictures."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image
from wagtail.models import Page, Site

from giaoban.portal.pages.models import HomePage, SectionPage, SiteFacts
from tests.portal.bringing.old_pages import LAYOUTS, WRITTEN, saved
from tests.world import World


@pytest.fixture
def site(world: World, tmp_path: Path) -> list[SectionPage]:
    """The sections of a site whose pictures are kept in a folder of the test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    root = Page.get_first_root_node()
    Page.objects.child_of(root).delete()
    root.refresh_from_db()
    home = root.add_child(instance=HomePage(title="Thạch Thất", slug="thach-that"))
    made = [
        home.add_child(instance=SectionPage(title=title, slug=slug))
        for title, slug in (("Kinh tế", "kinh-te"), ("Chính trị", "chinh-tri"))
    ]
    site = Site.objects.first() or Site(hostname="localhost", port=80)
    site.root_page, site.is_default_site = home, True
    site.save()
    SiteFacts.objects.update_or_create(site=site, defaults={"unit_id": world.unit("HU")})
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Every layout in every encoding, beside one picture that all show."""
    place = tmp_path / "trang-cu"
    (place / "anh").mkdir(parents=True)
    Image.new("RGB", (640, 360), "#a3201c").save(place / "anh/hoi-nghi.jpg")
    for layout in LAYOUTS:
        for written in WRITTEN:
            (place / f"{layout}-{written}.html").write_bytes(saved(layout, written))
    return place
