"""Searching: with or without marks, the best first, and in step with what is published."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from giaoban.portal.pages.finding import MOST_WORDS, search
from giaoban.portal.pages.marking import marked, snippet
from giaoban.portal.pages.models import DocumentKind, SearchEntry
from tests.portal.pages.newspaper import Newspaper, at, document


def titles(asked: str) -> list[str]:
    return [hit.title for hit in search(asked).found]


def test_words_are_found_with_and_without_marks_those_with_the_same_marks_first(
    paper: Newspaper,
) -> None:
    paper.publish("Đằng sau cánh đồng", published_at=at(3), lead="<p>Vụ mùa.</p>")
    paper.publish("Đảng bộ xã họp", published_at=at(1), lead="<p>Hội nghị.</p>")
    paper.publish("Đăng ký học nghề", published_at=at(2), lead="<p>Nghề mộc.</p>")
    assert titles("Đảng")[0] == "Đảng bộ xã họp"
    assert sorted(titles("dang")) == ["Đăng ký học nghề", "Đảng bộ xã họp", "Đằng sau cánh đồng"]
    assert len(titles("đảng")) == 3
    assert search("đảng").found[0].exact
    assert not search("đảng").found[1].exact


@pytest.mark.parametrize("asked", ["làng mộc", "lang moc"])
def test_a_headline_weighs_more_than_a_lead_and_a_lead_more_than_the_body(
    paper: Newspaper, asked: str
) -> None:
    paper.publish("Trong bài", published_at=at(9), body=[("text", "<p>Làng mộc.</p>")])
    paper.publish("Trong sapô", published_at=at(8), lead="<p>Làng mộc.</p>")
    paper.publish("Làng mộc", published_at=at(7))
    assert titles(asked) == ["Làng mộc", "Trong sapô", "Trong bài"]


@pytest.mark.parametrize("asked", ["kết nạp", "ket nap"])
def test_a_phrase_comes_before_its_words_apart(paper: Newspaper, asked: str) -> None:
    paper.publish("Xã kết luận việc nạp tiền điện", published_at=at(9))
    paper.publish("Chi bộ kết nạp hai đảng viên", published_at=at(2))
    assert titles(asked)[0] == "Chi bộ kết nạp hai đảng viên"


def test_both_placements_of_a_tone_are_the_same_word(paper: Newspaper) -> None:
    paper.publish("Xã Thạch Hòa")
    # As schools teach it now, written in a way that a linter of our own texts doesn't see.
    assert search("Thạch Ho\u00e0").found[0].exact
    assert search("Thạch Ho\u0061\u0300").found[0].exact


def test_where_nothing_holds_all_words_what_holds_some_is_offered_as_such(paper: Newspaper) -> None:
    paper.publish("Chợ Liên Quan sắp lại")
    found = search("chợ huyện sao hỏa")
    assert [hit.title for hit in found.found] == ["Chợ Liên Quan sắp lại"]
    assert found.loose
    assert not search("chợ Liên Quan").loose
    assert search("xyzzy").total == 0


@pytest.mark.parametrize(
    "asked", ["'; DROP TABLE x; --", "& | ! ( )", ":*", "<b>", "%", "\\", "___", "a" * 5000]
)
@pytest.mark.django_db
def test_no_words_break_it(asked: str) -> None:
    assert search(asked).total == 0


def test_more_words_than_anybody_asks_are_cut_off(paper: Newspaper) -> None:
    paper.publish("chợ " * 5 + "Liên Quan")
    assert search(" ".join(["chợ"] * MOST_WORDS) + " sao hỏa").total == 1


def test_the_index_keeps_step(paper: Newspaper) -> None:
    article = paper.publish("Giá lúa vụ mùa")
    assert titles("lúa") == ["Giá lúa vụ mùa"]
    article.title = "Giá ngô vụ đông"
    article.save_revision().publish()
    assert titles("lúa") == []
    article.title = "Giá sắn"
    article.save_revision()
    assert titles("sắn") == []
    article.move(paper.economy, pos="last-child")
    assert search("ngô").found[0].address == "/kinh-te/gia-lua-vu-mua/"
    article.unpublish()
    assert titles("ngô") == []
    article.title = "Giá sắn"
    article.save_revision().publish()
    assert titles("sắn") == ["Giá sắn"]
    article.delete()
    assert not SearchEntry.objects.exists()


def test_what_is_not_public_is_not_found(paper: Newspaper) -> None:
    article = paper.publish("Họp kín")
    lock = article.view_restrictions.create(restriction_type="login")
    assert titles("họp") == []
    lock.delete()
    assert titles("họp") == ["Họp kín"]


def test_documents_are_found_by_number_and_words(paper: Newspaper) -> None:
    shown = document("64-KH/HU", "Kế hoạch kiểm điểm, đánh giá năm 2018")
    document("412-CV/BTCHU", "Rà soát chi bộ", issuer="Ban Tổ chức Huyện ủy")
    assert titles("64-kh/hu") == [shown.abstract]
    assert titles("kiem diem") == [shown.abstract]
    shown.shown = False
    shown.save()
    assert titles("64-KH/HU") == []


def test_the_page_shows_what_was_found_with_marks(paper: Newspaper, client: Client) -> None:
    paper.publish("Chi bộ kết nạp hai đảng viên", lead="<p>Lễ kết nạp ở thôn.</p>")
    page = client.get("/tim-kiem/", {"q": "ket nap"}).content.decode()
    assert "Chi bộ <mark>kết nạp</mark> hai đảng viên" in page
    assert "Lễ <mark>kết nạp</mark> ở thôn." in page
    assert 'value="ket nap"' in page


def test_the_page_helps_where_nothing_was_found(paper: Newspaper, client: Client) -> None:
    paper.publish("Chợ Liên Quan sắp lại")
    answer = client.get("/tim-kiem/", {"q": "xyzzy"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "“xyzzy”" in page
    assert "/van-ban/" in page
    assert "Chợ Liên Quan sắp lại" in page


def test_what_cannot_be_read_is_said_and_not_searched(paper: Newspaper, client: Client) -> None:
    page = client.get("/tim-kiem/", {"q": "chợ\x00"}).content.decode()
    assert 'id="q-refused"' in page


def test_pages_beyond_the_last_are_none(paper: Newspaper, client: Client) -> None:
    for day in range(1, 24):
        paper.publish(f"Chợ phiên {day}", published_at=at(day))
    assert client.get("/tim-kiem/", {"q": "chợ", "trang": "2"}).status_code == 200
    for asked in ("3", "0", "-1", "x", "99999999999999999999"):
        assert client.get("/tim-kiem/", {"q": "chợ", "trang": asked}).status_code == 404


def test_marking_escapes_and_keeps_the_text() -> None:
    assert marked("<b>Đảng</b> & đảng", ["dang"]) == (
        "&lt;b&gt;<mark>Đảng</mark>&lt;/b&gt; &amp; <mark>đảng</mark>"
    )
    long = " ".join(["chữ"] * 300) + " kết nạp ở đây"
    shown = snippet(long, ["ket", "nap"])
    assert shown.startswith("… ")
    assert "<mark>kết nạp</mark>" in shown
    assert len(re.findall(r"\w+", shown)) < 60


def test_documents_are_sieved_by_kind_issuer_and_year(paper: Newspaper, client: Client) -> None:
    document("64-KH/HU", "Kế hoạch kiểm điểm")
    document("1342/TB-UBND", "Lịch tiếp công dân", issuer="UBND huyện", kind=DocumentKind.NOTICE,
             issued_on=date(2017, 3, 1))  # fmt: skip

    def found(**asked: str) -> list[str]:
        page = client.get("/van-ban/", asked).content.decode()
        return re.findall(r'<p class="no"><span>([^<]+)', page)

    assert found() == ["64-KH/HU", "1342/TB-UBND"]
    assert found(nam="2017") == ["1342/TB-UBND"]
    assert found(loai="ke-hoach") == ["64-KH/HU"]
    assert found(**{"co-quan": "UBND huyện"}) == ["1342/TB-UBND"]
    assert found(q="tiep cong dan") == ["1342/TB-UBND"]
    assert found(q="tiep cong dan", nam="2018") == []
    assert found(nam="20xx") == ["64-KH/HU", "1342/TB-UBND"]
