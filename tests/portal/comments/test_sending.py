"""A reader sends a comment: what is taken, what is not and why, and that nothing typed is lost."""

from __future__ import annotations

import html
import unicodedata
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.utils import timezone

from giaoban.portal.comments import limits, sending, suggesting
from giaoban.portal.comments.models import Comment, State
from giaoban.portal.comments.stamps import stamp
from giaoban.portal.pages.limits import forget_counts, hashed
from giaoban.portal.pages.models import ArticlePage, DaySalt, SiteFacts, Tally
from tests.portal.comments.conftest import BARE, NAME, TEXT, Reader, kept


def said_in(answer: HttpResponse) -> str:
    """The page as it reads, bound words or not."""
    return answer.content.decode().replace("\u00a0", " ")


def test_a_comment_waits_and_its_writer_gets_a_key(reader: Reader) -> None:
    answer = reader.sends()
    assert answer.status_code == 302
    comment = kept(answer["Location"])
    assert (comment.name, comment.text, comment.state) == (NAME, TEXT, State.WAITING)
    assert comment.key_digest not in answer["Location"]
    assert not answer.cookies


def test_sent_twice_at_once_it_is_one_comment(reader: Reader) -> None:
    assert reader.sends()["Location"] == reader.sends()["Location"]
    assert Comment.objects.count() == 1


def test_the_address_it_came_from_is_nowhere(reader: Reader) -> None:
    reader.sends()
    told = " ".join(str(list(model.objects.values_list())) for model in (Comment, Tally, DaySalt))
    assert reader.address not in told


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (unicodedata.normalize("NFD", TEXT), TEXT),
        ("<script>alert(1)</script> Bài hay", "<script>alert(1)</script> Bài hay"),
        ("Đồng ý \U0001f44d\U0001f1fb\U0001f1f3", None),
        ("Đọc \u202eược gn\u202c\u200fkỹ", "Đọc ược gnkỹ"),
        ("Một.\r\n\r\n\r\n\r\nHai.\u00a0 Ba.", "Một.\n\nHai. Ba."),
        ("A clear article; please publish such figures every month.", None),
    ],
)  # fmt: skip
def test_what_is_put_in_order_without_a_word(reader: Reader, text: str, shown: str | None) -> None:
    comment = kept(reader.sends(text)["Location"])
    assert comment.text == (shown or text)


@pytest.mark.parametrize(
    ("told", "code", "words"),
    [
        ({"text": " \n"}, 422, "Chưa có nội dung"),
        ({"text": "\U0001f44d"}, 422, "Chưa có nội dung"),
        ({"text": "ý " * 1001}, 422, "2.001 ký tự"),
        ({"text": "Bài\x00hay"}, 422, "Ký tự thứ 4 (U+0000)"),
        ({"text": "Bài a\u0315\u0317\u0330\u0333 hay"}, 422, "chồng nhiều dấu"),
        ({"text": "Xin gọi 0912 345 678 cho tôi"}, 422, "“0912 345 678”"),
        ({"text": "Xin gửi vào chau.le@example.com nhé"}, 422, "“chau.le@example.com”"),
        ({"name": ""}, 422, "Chưa có tên"),
        ({"name": "C"}, 422, "Tên có 1 ký tự"),
        ({"name": "Ch" * 31}, 422, "Tên có 62 ký tự"),
        ({"name": "<b>Châu</b>"}, 422, "“&lt;”"),
        ({"trap": "https://x.example"}, 422, "cần để trống"),
        ({"stamp": "1.1:giả"}, 422, "chưa gửi từ trang này"),
    ],
)
def test_what_is_refused_is_said_and_kept(
    reader: Reader, told: dict[str, str], code: int, words: str
) -> None:
    answer = reader.sends(**told)
    said = said_in(answer)
    assert answer.status_code == code
    assert words in said
    assert "Chưa gửi. Nội dung đã gõ vẫn được giữ." in said
    typed = {"name": NAME, "text": TEXT} | told
    for name in ("name", "text"):
        assert html.escape(typed[name].strip("\x00"), quote=True) in said
    assert not Comment.objects.exists()


def test_days_and_sums_are_no_telephone_numbers(reader: Reader) -> None:
    text = "Ngày 05.09.2018 10 giờ, thu 1.234.567.890 đồng, quyết định số 0123/QĐ và 09-NQ/TU."
    assert reader.sends(text).status_code == 302


def test_sent_too_soon_or_with_a_page_of_long_ago(reader: Reader) -> None:
    now = timezone.now()
    soon = reader.sends(stamp=reader.opened(now))
    assert "chưa đến ba giây" in soon.content.decode()
    old = reader.sends(stamp=reader.opened(now - timedelta(days=2, minutes=1)))
    assert "mở từ hơn hai ngày trước" in old.content.decode()
    assert reader.sends(stamp=reader.opened(now - timedelta(hours=47))).status_code == 302


def test_a_stamp_is_good_for_its_own_article_alone(reader: Reader) -> None:
    other = stamp(reader.article.pk + 1, timezone.now() - timedelta(minutes=1))
    assert reader.sends(stamp=other).status_code == 422


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
        ({"Origin": "http://testserver"}, 302),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}, 302),
    ],
)
def test_other_websites_can_not_send(reader: Reader, headers: dict[str, str], code: int) -> None:
    reader.headers = headers
    answer = reader.sends()
    assert answer.status_code == code
    assert Comment.objects.exists() is (code == 302)
    if code == 403:
        assert TEXT in answer.content.decode()


def test_a_hundred_kilobytes_come_back_and_more_is_not_read(reader: Reader) -> None:
    long = "Bài viết rõ ràng. " * 5000
    answer = reader.sends(long)
    assert answer.status_code == 422
    assert "89.999 ký tự" in said_in(answer)
    assert answer.content.decode().count("Bài viết rõ ràng.") == 5000
    huge = reader.sends("x" * (sending.MOST_BYTES + 1))
    assert huge.status_code == 413
    assert "dài hơn nhiều" in huge.content.decode()
    assert not Comment.objects.exists()


class TestWithoutMarks:
    """Vietnamese typed without its marks is caught, in plain words, with a suggestion to take."""

    @pytest.fixture(autouse=True)
    def loaded(self) -> None:
        assert suggesting.suggestion("ket nap dang vien", patience=60) == "kết nạp đảng viên"

    def test_it_is_caught_with_a_suggestion(self, reader: Reader) -> None:
        answer = reader.sends(BARE)
        said = said_in(answer)
        assert answer.status_code == 422
        assert "Bình luận chưa có dấu tiếng Việt. Xin gõ lại, hoặc dùng gợi ý bên dưới" in said
        assert f"{BARE}</textarea>" in said
        assert "bồi dưỡng nguồn từ giáo viên trẻ" in said
        assert not Comment.objects.exists()

    def test_taken_it_stands_in_the_field_and_is_not_sent_yet(self, reader: Reader) -> None:
        answer = reader.sends(BARE, take="1", suggestion=TEXT)
        assert answer.status_code == 200
        assert f"{TEXT}</textarea>" in answer.content.decode()
        assert not Comment.objects.exists()
        assert kept(reader.sends(TEXT)["Location"]).text == TEXT

    def test_without_the_library_the_words_alone(
        self, reader: Reader, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(__import__("sys").modules, "pyvi", None)
        said = reader.sends(BARE).content.decode()
        assert "Bình luận chưa có dấu tiếng Việt. Xin gõ lại có dấu." in said
        assert "Gợi ý" not in said


class TestMany:
    """Thousands in a minute are told so at once, and no more is kept than the limits let."""

    def test_from_one_address(self, reader: Reader) -> None:
        codes = [reader.sends(f"{TEXT} Lần {n}.").status_code for n in range(1000)]
        assert codes.count(302) == limits.FROM_HERE.most
        assert set(codes) == {302, 429}
        assert Comment.objects.count() == limits.FROM_HERE.most
        assert Tally.objects.count() == 4

    def test_it_is_told_clearly_and_the_text_stays(self, reader: Reader) -> None:
        for n in range(limits.FROM_HERE.most):
            reader.sends(f"{TEXT} Lần {n}.")
        answer = reader.sends("Ý kiến sau cùng của tôi.")
        said = said_in(answer)
        assert answer.status_code == 429
        limit = limits.FROM_HERE
        over = limit.begun_at(timezone.now()) + timedelta(minutes=limit.minutes)
        wait = timezone.now() + timedelta(seconds=int(answer["Retry-After"]))
        assert abs(wait - over) < timedelta(seconds=5)
        assert "gửi lại sau" in said
        assert "Ý kiến sau cùng của tôi." in said

    def test_faulty_ones_count_as_tries(self, reader: Reader) -> None:
        codes = [reader.sends(name="").status_code for _n in range(limits.TRIES.most + 5)]
        assert codes == [422] * limits.TRIES.most + [429] * 5

    def test_from_many_addresses_below_one_article(self, reader: Reader) -> None:
        for n in range(limits.BELOW_ONE.most + 20):
            reader.address = f"198.51.{n // 250}.{n % 250 + 1}"
            last = reader.sends(f"{TEXT} Lần {n}.")
        assert last.status_code == 429
        assert "nhiều hơn mức nhận được" in last.content.decode()
        assert Comment.objects.count() == limits.BELOW_ONE.most

    def test_a_household_of_ipv6_is_one_address(self, reader: Reader) -> None:
        now = timezone.now()
        same = {hashed(f"2001:db8::{n}", now) for n in range(1, 9)}
        assert len(same) == 1
        assert hashed("2001:db8:1::1", now) not in same
        assert hashed("::ffff:203.0.113.7", now) == hashed("203.0.113.7", now)

    def test_the_next_day_nobody_is_known_again(self, reader: Reader) -> None:
        now = timezone.now()
        before = hashed(reader.address, now)
        assert hashed(reader.address, now + timedelta(days=1)) != before
        reader.sends()
        forget_counts(now + timedelta(days=2))
        assert not Tally.objects.exists()
        assert not DaySalt.objects.filter(day__lte=now.date()).exists()


class TestClosed:
    """Comments are off for an article, or for the site."""

    def test_for_an_article(self, reader: Reader) -> None:
        ArticlePage.objects.update(comments_open=False)
        answer = reader.sends()
        assert answer.status_code == 403
        assert "không nhận thêm ý kiến" in answer.content.decode()
        assert TEXT in answer.content.decode()

    def test_for_the_site(self, reader: Reader) -> None:
        SiteFacts.objects.update(comments_open=False)
        assert reader.sends().status_code == 403
        assert not Comment.objects.exists()

    def test_for_a_draft_there_is_no_such_page(self, reader: Reader) -> None:
        ArticlePage.objects.update(live=False)
        assert reader.sends().status_code == 404
