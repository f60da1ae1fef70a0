"""``giaoban portal begin``: an office has a site, and whoever is appointed to it comes in."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from wagtail.models import Site

from giaoban.people.actions import appoint_login
from giaoban.people.errors import OutOfScope
from giaoban.people.models import Login, Role
from giaoban.portal.pages.beginning import begin_site
from giaoban.portal.pages.errors import SiteBegun
from giaoban.portal.pages.models import SectionPage, SiteFacts
from tests.world import FOUNDED, World

SECTIONS = ("Chính trị", "Văn hóa - Xã hội")


def begin(world: World, **more: object) -> Site:
    """The site of the district."""
    told = {"unit": world.unit("HU"), "name": "Đại Đồng", "by": world.by(), "sections": SECTIONS}
    return begin_site(**told | more)  # type: ignore[arg-type]  # told loosely, for a test


def test_readers_see_it_and_its_sections(world: World) -> None:
    site = begin(world, subtitle="Cổng thông tin Đảng bộ huyện")
    assert Site.objects.get(is_default_site=True) == site
    shown = Client().get("/")
    assert shown.status_code == 200
    assert "Cổng thông tin Đảng bộ huyện" in shown.content.decode()
    slugs = SectionPage.objects.child_of(site.root_page).values_list("slug", flat=True)
    assert list(slugs) == ["chinh-tri", "van-hoa-xa-hoi"]
    for slug in slugs:
        assert Client().get(f"/{slug}/").status_code == 200
    assert Client().get("/to-chuc/").status_code == 200


def test_whoever_is_appointed_comes_in_and_nobody_else(world: World) -> None:
    begin(world)
    appoint_login(world.colleague, world.unit("HU"), Role.WRITER, on=FOUNDED, by=world.by())
    for login, status in ((world.colleague, 200), (world.stranger, 403)):
        client = Client()
        client.force_login(Login.objects.get(username=login))
        assert client.get("/bien-tap/").status_code == status, login


def test_there_is_one(world: World) -> None:
    begin(world)
    with pytest.raises(SiteBegun) as refused:
        begin(world, unit=world.unit("CY"))
    assert refused.value.params == {"name": "Đại Đồng", "unit": "Đảng bộ huyện"}
    assert SiteFacts.objects.get().unit_id == world.unit("HU")


def test_it_is_for_who_says_who_is_in_charge(world: World) -> None:
    with pytest.raises(OutOfScope):
        begin(world, by=world.by(login=world.colleague))
    appoint_login(world.colleague, world.unit("HU"), Role.PUBLISHER, on=FOUNDED, by=world.by())
    with pytest.raises(OutOfScope):
        begin(world, by=world.by(login=world.colleague))
    assert not SiteFacts.objects.exists()


def test_the_command(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--unit", "HU", "--name", "Đại Đồng", "--section", "Chính trị")
    call_command("portal", "begin", *words, "--as", world.clerk)
    assert "http" in capsys.readouterr().out
    assert SectionPage.objects.get().title == "Chính trị"
    with pytest.raises(CommandError, match="site_begun"):
        call_command("portal", "begin", *words, "--as", world.clerk)
    with pytest.raises(CommandError, match="unit_unknown"):
        call_command("portal", "begin", *words, "--unit", "KHONG-CO", "--as", world.clerk)
