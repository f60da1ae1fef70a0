"""The site itself: its head, its sections, in the order of the newspaper."""

from __future__ import annotations

from django.utils import timezone
from wagtail.models import Site

from giaoban.portal.demonstration.hands import CLERK, by
from giaoban.portal.pages.beginning import begin_site
from giaoban.portal.pages.models import HomePage, SiteFacts
from giaoban.units.queries import unit_by_code

ROOT = "HU-THACH-THAT"
NAME, SUBTITLE = "Thạch Thất", "Cổng thông tin Đảng bộ huyện"
ADDRESS = "Ban biên tập, Huyện ủy Thạch Thất\nThị trấn Liên Quan, huyện Thạch Thất, Hà Nội"
REMARK = (
    "Trang minh họa. Ngoài các số liệu đã công bố ngày 29/10/2018, tin, tên người, đơn vị và con số"
    " đều là giả định."
)
SECTIONS = ("Chính trị", "Kinh tế", "Văn hóa - Xã hội", "Cơ sở")


def lay_out() -> Site:
    """The site with its home and sections; what is there already stays."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is not None and isinstance(site.root_page.specific, HomePage):
        return site
    site = begin_site(
        unit=unit_by_code(ROOT), name=NAME, subtitle=SUBTITLE, sections=SECTIONS,
        by=by(CLERK, timezone.now()),
    )  # fmt: skip
    facts = SiteFacts.for_site(site)
    facts.address, facts.remark = ADDRESS, REMARK
    facts.save()
    return site
