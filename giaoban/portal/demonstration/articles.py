"""The articles: written, handed in and published, by the pages' own models."""

from __future__ import annotations

from typing import Any

from wagtail.models import Site

from giaoban.portal.demonstration.hands import PUBLISHER, WRITER, who
from giaoban.portal.demonstration.reading import data, paragraph, plain
from giaoban.portal.demonstration.reports import figure
from giaoban.portal.pages.models import ArticlePage, FrontFigure, HomePage, Picture, SectionPage
from giaoban.reports.issues import Issued

CHART_TITLE = "Các đơn vị hoàn thành kế hoạch, có từ 5 đảng viên mới"
CHART_BELOW = "Kết nạp so với kế hoạch năm, %. Nền là kế hoạch, vạch đứng là tiến độ hết tháng 9"


def publish_articles(site: Site, pictures: dict[str, Picture], report: Issued) -> None:
    """Publish the articles that are not there yet, the oldest first."""
    home = site.root_page
    sections = {page.slug: page for page in SectionPage.objects.child_of(home)}
    for told in sorted(data("articles")["article"], key=lambda one: str(one["at"])):
        if not ArticlePage.objects.child_of(sections[told["section"]]).filter(
            slug=told["slug"]
        ).exists():  # fmt: skip
            _publish(sections[told["section"]], told, pictures, report)


def _publish(
    section: SectionPage, told: dict[str, Any], pictures: dict[str, Picture], report: Issued
) -> None:
    article = ArticlePage(
        title=plain(told["title"]), slug=told["slug"], published_at=told["at"],
        first_published_at=told["at"], byline=told["byline"], owner=who(WRITER), live=False,
        lead=paragraph(told["lead"], figure), picture=pictures.get(told.get("picture", "")),
        body=[_block(piece, pictures, report) for piece in told["body"]],
    )  # fmt: skip
    section.add_child(instance=article)
    article.tags.add(*told.get("tags", ()))
    revision = article.save_revision(user=who(WRITER), log_action=True)
    revision.publish(user=who(PUBLISHER))


def _block(piece: str, pictures: dict[str, Picture], report: Issued) -> tuple[str, Any]:
    """A piece of an article's body, by the sign that begins it."""
    if piece.startswith("## "):
        return "heading", plain(piece.removeprefix("## "))
    if piece.startswith("@picture "):
        shown = pictures[piece.removeprefix("@picture ")]
        return "picture", {"picture": _described(shown), "caption": f"{shown.caption}"}
    if piece == "@chart":
        return "figure_chart", {
            "figure": f"{report.entry}:achievement", "title": CHART_TITLE,
            "explanation": CHART_BELOW, "most": 10, "reached": True,
        }  # fmt: skip
    return "text", paragraph(piece, figure)


def _described(picture: Picture) -> Picture:
    """The picture as a block holds it: with what it shows."""
    picture.contextual_alt_text, picture.decorative = picture.alt, False
    return picture


def lay_front(site: Site, report_address: str, number: str) -> None:
    """The figures of the period on the front page."""
    home: HomePage = site.root_page.specific
    if home.figures.exists():
        return
    for place, told in enumerate(data("site")["figure"]):
        home.figures.add(
            FrontFigure(sort_order=place, figure=paragraph(f"{{{told['address']}}}", figure),
                        words=told["words"])
        )  # fmt: skip
    link = f'<a href="{report_address}">{number}</a>'
    home.figures_note = f"<p>9\u00a0tháng đầu năm\u00a02018, theo Báo cáo số\u00a0{link}.</p>"
    home.leading = ArticlePage.objects.get(slug=data("articles")["article"][0]["slug"])
    home.save_revision(user=who(PUBLISHER)).publish(user=who(PUBLISHER))
