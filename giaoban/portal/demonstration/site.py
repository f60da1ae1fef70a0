"""The site itself: its head, its sections, in the order of the newspaper."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Page, Site

from giaoban.portal.pages.models import HomePage, SectionPage, SiteFacts
from giaoban.units.queries import unit_by_code

ROOT = "HU-THACH-THAT"
NAME, SUBTITLE = "Thạch Thất", "Cổng thông tin Đảng bộ huyện"
ADDRESS = "Ban biên tập, Huyện ủy Thạch Thất\nThị trấn Liên Quan, huyện Thạch Thất, Hà Nội"
REMARK = (
    "Trang minh họa. Ngoài các số liệu đã công bố ngày 29/10/2018, tin, tên người, đơn vị và con số"
    " đều là giả định."
)
SECTIONS = (
    ("chinh-tri", "Chính trị"),
    ("kinh-te", "Kinh tế"),
    ("van-hoa-xa-hoi", "Văn hóa - Xã hội"),
    ("co-so", "Cơ sở"),
)


def lay_out() -> Site:
    """The site with its home and sections; what is there already stays."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is not None and isinstance(site.root_page.specific, HomePage):
        return site
    home = _home()
    address = urlsplit(settings.PORTAL_URL)
    site = site or Site(is_default_site=True)
    site.hostname, site.port = address.hostname or "localhost", address.port or 80
    site.site_name, site.root_page = NAME, home
    site.save()
    SiteFacts.objects.update_or_create(
        site=site,
        defaults={
            "unit_id": unit_by_code(ROOT), "name": NAME, "subtitle": SUBTITLE,
            "address": ADDRESS, "remark": REMARK,
        },
    )  # fmt: skip
    return site


def _home() -> HomePage:
    root = Page.get_first_root_node()
    # The page that Wagtail makes on its first day, to say that there is none yet.
    Page.objects.child_of(root).filter(slug="home").delete()
    root.refresh_from_db()
    home = HomePage(title=NAME, slug="thach-that")
    root.add_child(instance=home)
    for slug, title in SECTIONS:
        home.add_child(instance=SectionPage(title=title, slug=slug))
    return home
