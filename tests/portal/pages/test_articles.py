"""An article as its reader sees it, and what machines are told of it."""

from __future__ import annotations

import json
import re
from typing import Any

from django.test import Client

from giaoban.portal.pages.models import RelatedArticle
from tests.portal.pages.newspaper import HEADLINE, LEAD, Newspaper, at, file, picture


def page_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def data_of(page: str) -> Any:
    """The facts for machines that stand in a page."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_an_article_tells_section_time_headline_lead_body_picture_byline(
    paper: Newspaper, client: Client
) -> None:
    shown = picture()
    article = paper.publish(
        HEADLINE, lead=LEAD, byline="DTT", picture=shown, tags=["Kết nạp đảng viên"],
        body=[
            ("text", "<p>Đó là điểm chính trong <b>báo cáo</b>.</p>"),
            ("heading", "Trường học đi đầu"),
            ("picture", {"picture": shown, "caption": "Hội nghị."}),
            ("quote", {"words": "Không để dồn vào tháng 12.", "speaker": "Ban Tổ chức"}),
            ("attachment", {"file": file(), "words": "Bảng đủ 42 tổ chức"}),
        ],
    )  # fmt: skip
    page = page_of(client, article.url)
    assert '<a href="/chinh-tri/">Chính trị</a>' in page
    assert '<time datetime="2018-10-29T08:11:00+07:00">08:11 29/10/2018</time>' in page
    assert f'<h1 class="headline">{HEADLINE}</h1>' in page
    assert "Tám tổ chức cơ sở đảng" in page
    assert "<h2>Trường học đi đầu</h2>" in page
    assert 'alt="Hội trường nhìn từ cuối phòng"' in page
    assert "Không để dồn vào tháng 12." in page
    assert "PDF, 212\u00a0kB" in page
    assert '<p class="byline">DTT</p>' in page
    assert '<a href="/the/ket-nap-dang-vien/" rel="tag">Kết nạp đảng viên</a>' in page


def test_a_picture_in_the_body_is_not_shown_above_it_too(paper: Newspaper, client: Client) -> None:
    shown, other = picture(), picture(alt="Ruộng dưới chân núi")
    inside = [("picture", {"picture": shown, "caption": "Hội nghị."})]
    assert page_of(client, paper.publish("Một", picture=shown, body=inside).url).count("<img") == 1
    assert page_of(client, paper.publish("Hai", picture=other, body=inside).url).count("<img") == 2


def test_pictures_say_their_size_and_come_in_light_forms(paper: Newspaper, client: Client) -> None:
    page = page_of(client, paper.publish(HEADLINE, picture=picture()).url)
    shown = re.search(r"<picture>.*?</picture>", page, re.DOTALL)
    assert shown
    assert 'type="image/avif"' in shown[0]
    assert {'width="480"', 'height="270"'} <= set(re.findall(r'(?:width|height)="\d+"', shown[0]))
    assert " 1080w" in shown[0]
    assert "style=" not in shown[0]


def test_machines_are_told_what_it_is(paper: Newspaper, client: Client) -> None:
    article = paper.publish(
        HEADLINE, byline="DTT", picture=picture(), tags=["Giao ban"],
        search_description="Điểm chính của <chín> tháng & kết quả.",
    )  # fmt: skip
    page = page_of(client, article.url)
    address = f"http://testserver{article.url}"
    assert f'<link rel="canonical" href="{address}">' in page
    assert f'<meta property="og:title" content="{HEADLINE}">' in page
    assert '<meta property="og:type" content="article">' in page
    assert '<meta property="og:image:width" content="1200">' in page
    data = data_of(page)
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == HEADLINE
    assert data["datePublished"] == "2018-10-29T08:11:00+07:00"
    assert data["author"] == {"@type": "Person", "name": "DTT"}
    assert data["articleSection"] == "Chính trị"
    assert data["keywords"] == ["Giao ban"]
    assert data["description"] == "Điểm chính của <chín> tháng & kết quả."
    assert (data["image"]["width"], data["image"]["height"]) == (1200, 630)
    assert data["url"] == data["mainEntityOfPage"] == address


def test_markup_in_a_headline_stays_words(paper: Newspaper, client: Client) -> None:
    page = page_of(client, paper.publish("</script><b>Thử</b> & “thử”").url)
    assert "<b>Thử" not in page
    assert data_of(page)["headline"] == "</script><b>Thử</b> & “thử”"


def test_the_articles_before_and_after_are_of_its_section_by_time(
    paper: Newspaper, client: Client
) -> None:
    for day in (1, 5, 9):
        paper.publish(f"Bài ngày {day}", published_at=at(day))
    paper.publish("Giá lúa", published_at=at(6), section=paper.economy)
    page = page_of(client, "/chinh-tri/bai-ngay-5/")
    way = re.search(r'<nav class="next".*?</nav>', page, re.DOTALL)
    assert way
    assert re.findall(r'rel="(\w+)" href="([^"]+)"', way[0]) == [
        ("prev", "/chinh-tri/bai-ngay-1/"), ("next", "/chinh-tri/bai-ngay-9/"),
    ]  # fmt: skip


def test_related_articles_stand_in_the_editors_order_while_they_can_be_read(
    paper: Newspaper, client: Client
) -> None:
    one, two, gone = (paper.publish(title, section=paper.economy) for title in ("Một", "Hai", "Ba"))
    article = paper.publish(HEADLINE)
    for place, other in enumerate((two, gone, one)):
        article.related.add(RelatedArticle(article=other, sort_order=place))
    article.save_revision().publish()
    gone.unpublish()
    page = page_of(client, article.url)
    part = page[page.index('id="lien-quan"') :]
    assert re.findall(r'<li><a href="/kinh-te/(\w+)/"', part) == ["hai", "mot"]


def test_the_print_version_is_a_sheet_without_ways_on(paper: Newspaper, client: Client) -> None:
    article = paper.publish(HEADLINE)
    page = page_of(client, f"{article.url}?ban-in=1")
    assert '<body class="portal to-print">' in page
    assert f'<link rel="canonical" href="http://testserver{article.url}">' in page
    assert f'href="{article.url}?ban-in=1"' in page_of(client, article.url)


def test_its_chrome_is_english_for_who_asked_and_its_words_are_marked_as_vietnamese(
    paper: Newspaper, client: Client
) -> None:
    article = paper.publish(HEADLINE)
    client.cookies["django_language"] = "en"
    page = page_of(client, article.url)
    assert '<html lang="en">' in page
    assert '<article lang="vi">' in page
    assert "Print version" in page
    assert 'value="vi" lang="vi">Tiếng Việt</button>' in page


def test_nothing_is_set_for_who_only_reads(paper: Newspaper, client: Client) -> None:
    answer = client.get(paper.publish(HEADLINE).url)
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
