"""A small newspaper to test on: a home, two sections, articles of several days, documents."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image
from wagtail.documents.models import Document
from wagtail.models import Page, Site

from giaoban.portal.pages.models import (
    ArticlePage,
    DocumentKind,
    HomePage,
    OfficialDocument,
    Picture,
    SectionPage,
    SiteFacts,
)
from giaoban.vietnamese import VIETNAM_TIME

NAME, SUBTITLE = "Thạch Thất", "Cổng thông tin Đảng bộ huyện"
HEADLINE = "Chín tháng, toàn huyện kết nạp 134 đảng viên, đạt 53,6% chỉ tiêu năm"
LEAD = "<p>Tám tổ chức cơ sở đảng đã đạt hoặc vượt chỉ tiêu cả năm.</p>"


def at(day: int, hour: int = 8, minute: int = 11) -> datetime:
    """A moment of October 2018, by Vietnam's clock."""
    return datetime(2018, 10, day, hour, minute, tzinfo=VIETNAM_TIME)


PUBLISHED_AT = at(29)


@dataclass(frozen=True)
class Newspaper:
    """The site and its sections; ``publish`` adds an article to one."""

    site: Site
    home: HomePage
    politics: SectionPage
    economy: SectionPage

    def publish(
        self, title: str, *, section: SectionPage | None = None,
        published_at: datetime = PUBLISHED_AT,
        lead: str = LEAD, body: Sequence[tuple[str, Any]] = (("text", "<p>Nội dung.</p>"),),
        tags: Sequence[str] = (), **fields: Any,
    ) -> ArticlePage:  # fmt: skip
        """An article, published the way editors publish one."""
        article = ArticlePage(
            title=title, lead=lead, body=list(body), published_at=published_at, live=False, **fields
        )
        (section or self.politics).add_child(instance=article)
        article.tags.add(*tags)
        article.save_revision().publish()
        found: ArticlePage = ArticlePage.objects.get(pk=article.pk)
        return found


def lay_out() -> Newspaper:
    """The site with its home and two sections, empty."""
    root = Page.get_first_root_node()
    Page.objects.child_of(root).delete()
    root.refresh_from_db()
    home = root.add_child(instance=HomePage(title=NAME, slug="thach-that"))
    Site.objects.all().delete()
    site = Site.objects.create(hostname="testserver", port=80, site_name=NAME, root_page=home,
                               is_default_site=True)  # fmt: skip
    SiteFacts.objects.create(site=site, name=NAME, subtitle=SUBTITLE, address="Thị trấn Liên Quan")
    politics = home.add_child(instance=SectionPage(title="Chính trị", slug="chinh-tri"))
    economy = home.add_child(instance=SectionPage(title="Kinh tế", slug="kinh-te"))
    return Newspaper(site, home, politics, economy)


def picture(
    *, size: tuple[int, int] = (1600, 900), alt: str = "Hội trường nhìn từ cuối phòng",
    caption: str = "Hội nghị giao ban.", **fields: Any,
) -> Picture:  # fmt: skip
    """A picture in one colour."""
    written = io.BytesIO()
    Image.new("RGB", size, "#a3201c").save(written, "PNG")
    written.seek(0)
    file = ImageFile(written, name="hoi-nghi.png")
    made: Picture = Picture.objects.create(
        title="Hội nghị", file=file, width=size[0], height=size[1], alt=alt, caption=caption,
        **fields,
    )  # fmt: skip
    return made


def file(name: str = "64-kh-hu.pdf", size: int = 212_000) -> Document:
    """A file of so many bytes."""
    made: Document = Document.objects.create(
        title=name, file=ContentFile(b"%PDF-1.7" + b" " * (size - 8), name=name), file_size=size
    )
    return made


def document(
    number: str, abstract: str, *, issued_on: date = date(2018, 10, 22), issuer: str = "Huyện ủy",
    kind: DocumentKind = DocumentKind.PLAN, **fields: Any,
) -> OfficialDocument:  # fmt: skip
    """An official document that readers may see."""
    made: OfficialDocument = OfficialDocument.objects.create(
        kind=kind, number=number, issued_on=issued_on, issuer=issuer, abstract=abstract,
        **({"file": file()} | fields),
    )  # fmt: skip
    return made
