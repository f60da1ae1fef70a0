"""The district's site of 2018: the article says the published facts, and loading it is safe."""

from __future__ import annotations

import re
from fractions import Fraction
from html import unescape
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client

from giaoban.people.models import Login
from giaoban.portal.comments.models import Comment, State
from giaoban.portal.demonstration.command import demonstrate
from giaoban.portal.demonstration.hands import EDITOR, PUBLISHER, WRITER
from giaoban.portal.demonstration.reading import data
from giaoban.portal.living.citing import keys_cited
from giaoban.portal.living.models import PublicFigure
from giaoban.portal.pages.models import (
    ArticlePage,
    OfficialDocument,
    Picture,
    PictureRendition,
)

ARTICLE = "/chinh-tri/ket-nap-dang-vien-chin-thang-2018/"
# What was published on 29/10/2018; the three units told in words have fewer than five persons.
FACTS = {
    "admitted": Fraction(134),
    "achievement": Fraction(134, 250),
    "plan": Fraction(250),
    "achievement/THPT-PHUNG-KHAC-KHOAN": Fraction(3, 2),
    "achievement/BV-DA-KHOA": Fraction(3, 2),
    "achievement/XA-TIEN-XUAN": Fraction(13, 10),
    "achievement/XA-CAM-YEN": Fraction(1),
    "achievement/DB-QUAN-SU": Fraction(1),
    "party-founded-private": Fraction(3),
    "unions-founded-private": Fraction(13),
}
IN_WORDS = (
    "Trường THPT Thạch Thất, Chi cục Thi hành án Dân sự và Trung tâm Y\u00a0tế huyện cũng đạt 100%."
)

pytestmark = pytest.mark.usefixtures("shown")


def read(address: str) -> str:
    """A page as words: no markup, single spaces."""
    answer = Client().get(address)
    assert answer.status_code == 200, address
    html = re.sub(r"<(script|style)\b.*?</\1>", "", answer.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split(" "))


def test_the_article_says_the_published_facts() -> None:
    page = " ".join(read(ARTICLE).split())
    for said in ("Chính trị", "08:11 29/10/2018", "DTT", "Nghị quyết số 09 của Thành ủy"):
        assert said in page
    assert " ".join(IN_WORDS.split()) in page
    for number in ("134", "53,6%", "250", "150%", "130%", "100%", "3", "13"):
        assert re.search(rf"(?<![\d,.]){re.escape(number)}(?![\d])", page), number


def test_its_numbers_are_those_of_the_report() -> None:
    """Not typed: each is cited, with the value that the books gave when it was issued."""
    article = ArticlePage.objects.get(slug=ARTICLE.split("/")[2])
    cited = {address for _issue, address in keys_cited(article)}
    assert set(FACTS) <= cited
    for address, value in FACTS.items():
        figure = PublicFigure.objects.get(address=address, edition__symbol="46-BC/BTCHU")
        assert Fraction(figure.numerator, figure.denominator) == value, address


def test_the_units_that_reached_their_target_are_drawn() -> None:
    html = Client().get(ARTICLE).content.decode()
    chart = html[html.index('<figure class="graph">') :]
    chart = chart[: chart.index("</figure>")]
    for name in ("Bệnh viện Đa khoa huyện", "Tiến Xuân", "Cẩm Yên", "Đảng bộ Quân sự huyện"):
        assert name in chart
    # Three of two: a chart by unit draws nobody with fewer than five persons, and says so.
    assert "Phùng Khắc Khoan" not in chart
    assert re.search(r"Không vẽ\s+\d+\s+tổ chức có số không nêu", chart), chart


def test_every_page_of_the_site_can_be_read() -> None:
    for article in ArticlePage.objects.live():
        page = read(article.url)
        assert article.title in page
        assert "{" not in article.lead
        assert not {"~", "\ufffc"} & set(page)
    home = read("/")
    for said in ("Thạch Thất", "134", "53,6%", "46-BC/BTCHU", "Giá vàng, ngoại tệ", "Thời tiết"):
        assert said in home


def test_all_but_the_published_facts_says_that_it_is_invented() -> None:
    for address in ("/", ARTICLE):
        assert "đều là giả định" in read(address)


def test_its_dates_are_those_of_2018() -> None:
    articles = ArticlePage.objects.live()
    assert len(articles) == len(data("articles")["article"]) >= 13
    assert {article.published_at.year for article in articles} == {2018}
    assert {section.slug for article in articles for section in [article.get_parent()]} == {
        "chinh-tri", "kinh-te", "van-hoa-xa-hoi", "co-so",
    }  # fmt: skip


def test_pictures_say_what_they_show_and_that_they_are_drawn() -> None:
    pictures = Picture.objects.all()
    assert len(pictures) == 4
    for picture in pictures:
        assert len(picture.alt) > 40
        assert picture.credit == "Tranh minh họa."
        assert (picture.width, picture.height) == (1600, 900)
    assert "Tranh minh họa." in read(ARTICLE)


def test_three_comments_are_shown_and_one_waits() -> None:
    states = sorted(Comment.objects.values_list("state", flat=True))
    assert states == [State.WAITING, State.SHOWN, State.SHOWN, State.SHOWN]
    page = read(ARTICLE)
    for comment in Comment.objects.all():
        assert (comment.text in page) == (comment.state == State.SHOWN)


def test_one_price_is_not_known() -> None:
    html = Client().get("/").content.decode()
    board = html[html.index("bang-gia") : html.index("bang-thoi-tiet")]
    assert board.count('<span class="vh">chưa có số</span>') == 1


def test_documents_can_be_opened() -> None:
    papers = OfficialDocument.objects.select_related("file")
    assert {"45-BC/BTCHU", "46-BC/BTCHU"} < {paper.number for paper in papers}
    for paper in papers:
        assert paper.number in read(paper.get_absolute_url())
        assert (Path(settings.MEDIA_ROOT) / paper.file.file.name).stat().st_size > 1000


def test_there_is_somebody_for_each_hand() -> None:
    hands = {
        login: set(Login.objects.get(username=login).groups.values_list("name", flat=True))
        for login in (WRITER, EDITOR, PUBLISHER)
    }
    assert hands == {WRITER: {"Người viết"}, EDITOR: {"Biên tập viên"},
                     PUBLISHER: {"Người duyệt đăng"}}  # fmt: skip


def test_twice_is_once() -> None:
    def rows() -> dict[str, int]:
        """But sizes of pictures, which are made when somebody looks at them."""
        portal = [
            model for model in apps.get_models()
            if model._meta.app_label.startswith(("portal", "wagtail"))
            and model is not PictureRendition
        ]  # fmt: skip
        return {model._meta.label: model._default_manager.count() for model in portal}

    before = rows()
    demonstrate()
    assert rows() == before
    assert before["portal_pages.ArticlePage"] > 10
