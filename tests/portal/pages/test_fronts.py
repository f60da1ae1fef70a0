"""The front page, sections, tags, and the ways on from where nothing is."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from giaoban.portal.pages.models import FrontFigure
from tests.portal.pages.newspaper import Newspaper, at, document, picture


def page_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def headlines(page: str) -> list[str]:
    return re.findall(r'<h2 class="main-head"><a[^>]*>([^<]+)', page)


def test_the_newest_leads_unless_the_editors_choose(paper: Newspaper, client: Client) -> None:
    chosen = paper.publish("Bài chọn", published_at=at(1))
    paper.publish("Bài mới", published_at=at(29, hour=10, minute=20))
    page = page_of(client, "/")
    assert headlines(page) == ["Bài mới"]
    assert "29/10/2018" in page
    assert "10:20" in page
    paper.home.leading = chosen
    paper.home.save_revision().publish()
    assert headlines(page_of(client, "/")) == ["Bài chọn"]
    chosen.unpublish()
    assert headlines(page_of(client, "/")) == ["Bài mới"]


def test_sections_stand_in_the_order_of_the_menu_without_the_leading_article(
    paper: Newspaper, client: Client
) -> None:
    paper.publish("Bài chính", published_at=at(29))
    paper.publish("Họp", published_at=at(28))
    paper.publish("Giá lúa", published_at=at(27), section=paper.economy)
    paper.publish("Có ảnh", published_at=at(26), section=paper.economy, picture=picture())
    page = page_of(client, "/")
    desks = page[page.index('<div class="desks') :]
    assert re.findall(r"<h2[^>]*><a[^>]*>([^<]+)", desks) == ["Chính trị", "Kinh tế"]
    assert re.findall(r"<h3><a[^>]*>([^<]+)", desks) == ["Họp", "Có ảnh"]


def test_the_figures_of_the_period_and_the_new_documents_stand_there(
    paper: Newspaper, client: Client
) -> None:
    paper.publish("Bài")
    paper.home.figures.add(FrontFigure(figure="<p>134</p>", words="đảng viên mới kết nạp"))
    paper.home.save_revision().publish()
    document("64-KH/HU", "Kế hoạch kiểm điểm")
    page = page_of(client, "/")
    assert "đảng viên mới kết nạp" in page
    assert "Kế hoạch kiểm điểm" in page


def test_an_empty_site_says_that_it_is_empty(paper: Newspaper, client: Client) -> None:
    assert 'class="nothing"' in page_of(client, "/")
    assert 'class="nothing"' in page_of(client, "/kinh-te/")
    assert 'class="nothing"' in page_of(client, "/van-ban/")
    assert 'class="nothing"' in page_of(client, "/to-chuc/")


def test_a_section_is_read_page_by_page(paper: Newspaper, client: Client) -> None:
    for number in range(1, 24):
        paper.publish(f"Bài {number:02}", published_at=at(number))
    first, second = page_of(client, "/chinh-tri/"), page_of(client, "/chinh-tri/?trang=2")
    assert re.findall(r"<h2><a[^>]*>([^<]+)", first)[:2] == ["Bài 23", "Bài 22"]
    assert re.findall(r"<h2><a[^>]*>([^<]+)", second) == ["Bài 03", "Bài 02", "Bài 01"]
    assert 'rel="next" href="?trang=2"' in first
    assert '<link rel="canonical" href="http://testserver/chinh-tri/?trang=2">' in second
    for asked in ("3", "0", "x"):
        assert client.get(f"/chinh-tri/?trang={asked}").status_code == 404


@pytest.mark.parametrize("path", ["/", "/chinh-tri/", "/the/giao-ban/", "/tim-kiem/?q=bai"])
def test_a_list_of_many_asks_no_more_than_one_of_few(
    paper: Newspaper, client: Client, path: str
) -> None:
    def asked() -> int:
        page_of(client, path)
        with CaptureQueriesContext(
            connection,
        ) as asks:
            page_of(client, path)
        return len(asks)

    for number in range(9):
        paper.publish(f"Bài {number}", published_at=at(number + 1), tags=["Giao ban"])
    few = asked()
    for number in range(9, 18):
        paper.publish(f"Bài {number}", published_at=at(number + 1), tags=["Giao ban"])
    assert asked() == few


def test_a_tag_gathers_articles_of_every_section(paper: Newspaper, client: Client) -> None:
    paper.publish("Một", tags=["Kết nạp đảng viên"])
    paper.publish("Hai", section=paper.economy, tags=["kết nạp đảng viên"])
    page = page_of(client, "/the/ket-nap-dang-vien/")
    assert set(re.findall(r"<h2><a[^>]*>([^<]+)", page)) == {"Một", "Hai"}
    assert client.get("/the/khong-co/").status_code == 404


def test_addresses_have_no_marks_and_lose_no_letter(paper: Newspaper) -> None:
    assert paper.publish("Đảng bộ xã Đồng Trúc").slug == "dang-bo-xa-dong-truc"
    # What Wagtail's editor makes of it in the browser.
    assert paper.publish("Đường đê", slug="djuong-dje").slug == "duong-de"
    assert paper.publish("Đường đê", slug="duong-moi").slug == "duong-moi"
    assert paper.publish("Đường đê").slug == "duong-de-2"


def test_a_missing_page_offers_what_its_address_is_like(paper: Newspaper, client: Client) -> None:
    paper.publish("Làng mộc vào vụ hàng Tết")
    answer = client.get("/kinh-te/lang-moc-vao-vu-hang-tet-123456.html")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert '<a href="/chinh-tri/lang-moc-vao-vu-hang-tet/">' in page
    assert 'name="q"' in page
    assert client.get("/khong-co/%00%ff/").status_code == 404


def test_a_page_that_broke_asks_nothing_of_the_database(paper: Newspaper) -> None:
    from giaoban.portal.pages.refusing import broken

    with CaptureQueriesContext(connection) as asks:
        answer = broken(None)  # type: ignore[arg-type]  # it must not even look at the request
    assert answer.status_code == 500
    assert len(asks) == 0


def test_a_language_is_chosen_from_here_alone(paper: Newspaper, client: Client) -> None:
    chosen = {"language": "en", "next": "/kinh-te/"}
    answer = client.post("/ngon-ngu/", chosen, headers={"Sec-Fetch-Site": "same-origin"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/kinh-te/")
    assert answer.cookies["django_language"].value == "en"
    assert 'aria-label="Sections"' in page_of(client, "/")
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}, {}):
        assert client.post("/ngon-ngu/", chosen, headers=headers).status_code == 403
    away = {"language": "en", "next": "https://elsewhere.example/"}
    answer = client.post("/ngon-ngu/", away, headers={"Origin": "http://testserver"})
    assert answer.headers["Location"] == "/"
    assert client.get("/ngon-ngu/").status_code == 405
