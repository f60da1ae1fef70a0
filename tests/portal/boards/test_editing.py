"""Editors enter values by hand: as Vietnamese offices type numbers, all or nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from giaoban.portal.boards.fetching import fetch_rates
from giaoban.portal.boards.models import BoardSettings, PriceKind, PriceQuote, WeatherReading
from tests.portal.boards.feed_server import Server, answering
from tests.portal.editing.conftest import EDITOR, PUBLISHER, WRITER, Sit

PAGE = "/bien-tap/bang/"


@pytest.fixture
def editor(sit: Sit, board: BoardSettings) -> Client:
    return sit(EDITOR)


def typed(**lines: tuple[str, str]) -> dict[str, str]:
    """What a browser sends for lines named by kind or place."""
    sent = {}
    for name, (first, second) in lines.items():
        kind = PriceKind.objects.filter(name=name).first()
        if kind is not None:
            sent |= {f"kind-{kind.pk}-buy": first, f"kind-{kind.pk}-sell": second}
        else:
            place = BoardSettings.objects.get().places.get(name=name.replace("_", " "))
            sent |= {f"place-{place.pk}-temperature": first, f"place-{place.pk}-humidity": second}
    return sent


def text(response: object) -> str:
    assert isinstance(response, HttpResponse)
    return " ".join(response.content.decode().split())


def prices() -> list[tuple[str, int | None, int | None, str]]:
    return [(q.kind.name, q.buy, q.sell, q.entered_by) for q in PriceQuote.objects.order_by("id")]


def test_who_may_not_enter_sees_nothing(sit: Sit, board: BoardSettings) -> None:
    """Nor is it offered to them."""
    assert sit(WRITER).get(PAGE).status_code == 302
    assert PAGE not in text(sit(WRITER).get("/bien-tap/"))
    assert PAGE in text(sit(EDITOR).get("/bien-tap/"))
    assert Client().get(PAGE).status_code == 302


def test_prices_as_an_office_types_them(editor: Client) -> None:
    sent = typed(SJC=("36.520.000", " 36.580.000 "), USD=("23300", "–"))
    assert editor.post(PAGE, sent).status_code == 302
    assert prices() == [("SJC", 36_520_000, 36_580_000, "bientap"),
                        ("USD", 23_300, None, "bientap")]  # fmt: skip
    shown = text(editor.get(PAGE))
    assert "36.520.000 / 36.580.000" in shown
    assert "23.300 / –" in shown


def test_what_is_left_empty_stays(editor: Client) -> None:
    editor.post(PAGE, typed(SJC=("36.520.000", "36.580.000")))
    editor.post(PAGE, typed(SJC=("", ""), USD=("23.300", "23.390")))
    assert [name for name, *_rest in prices()] == ["SJC", "USD"]
    answer = editor.post(PAGE, {}, follow=True)
    assert "Chưa nhập số nào" in text(answer)
    assert len(prices()) == 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("36,520,000", "36.580.000"), "36,520,000"),
        (("36.520.000 đ", "36.580.000"), "36.520.000 đ"),
        (("36.520.000,5", "36.580.000"), "36.520.000,5"),
        (("0", "36.580.000"), "không lớn hơn 0"),
        (("-5", "36.580.000"), "không lớn hơn 0"),
        (("36.580.000", "36.520.000"), "thấp hơn"),
        (("36.520.000", ""), "Nhập cả hai"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_kept(
    line: tuple[str, str], said: str, editor: Client
) -> None:
    answer = editor.post(PAGE, typed(SJC=line, USD=("23.300", "23.390")))
    shown = text(answer)
    assert answer.status_code == 200
    assert "Chưa ghi. Nội dung đã nhập vẫn được giữ." in shown
    assert said in shown
    assert 'aria-invalid="true"' in shown
    assert f'value="{line[0]}"' in shown
    assert 'value="23.300"' in shown
    assert prices() == []


def test_a_price_far_from_the_last_one_is_asked_back(editor: Client) -> None:
    editor.post(PAGE, typed(SJC=("36.520.000", "36.580.000")))
    again = typed(SJC=("3.652.000", "3.658.000"))
    PriceQuote.objects.update(quoted_at=timezone.now() - timedelta(minutes=1))
    shown = text(editor.post(PAGE, again))
    assert "36.520.000" in shown
    assert 'name="far"' in shown
    assert len(prices()) == 1
    assert editor.post(PAGE, {**again, "far": "1"}).status_code == 302
    assert prices()[1][1:3] == (3_652_000, 3_658_000)


def test_the_weather(editor: Client) -> None:
    sent = typed(Liên_Quan=("23,4", "71"), Hòa_Lạc=("-", "–"))
    assert editor.post(PAGE, sent).status_code == 302
    found = {r.place.name: (str(r.temperature), r.humidity) for r in WeatherReading.objects.all()}
    assert found == {"Liên Quan": ("23.4", 71), "Hòa Lạc": ("None", None)}


@pytest.mark.parametrize("line", [("51", "71"), ("23,4", "101"), ("23.4", "71")])
def test_weather_that_cannot_be(line: tuple[str, str], editor: Client) -> None:
    shown = text(editor.post(PAGE, typed(Liên_Quan=line)))
    assert 'aria-invalid="true"' in shown
    assert not WeatherReading.objects.exists()


def test_editors_see_what_ails_a_feed(editor: Client, feed: Server) -> None:
    board = BoardSettings.objects.get()
    board.rates_feed, board.contact = True, "banbientap@example.vn"
    board.save()
    feed.reply = answering(b"", 500)
    fetch_rates(at=timezone.now() - timedelta(minutes=1))
    shown = text(editor.get(PAGE))
    assert "Vietcombank: chưa lấy được" in shown
    assert "Máy chủ trả lời mã 500." in shown


def test_the_page_costs_the_same_however_long_the_log(editor: Client, feed: Server) -> None:
    board = BoardSettings.objects.get()
    board.rates_feed, board.contact = True, "banbientap@example.vn"
    board.save()
    feed.reply = answering(b"", 500)
    now = timezone.now()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            editor.get(PAGE)
        return len(captured)

    fetch_rates(at=now - timedelta(hours=1))
    queries()
    before = queries()
    for minutes in (50, 40, 30):
        fetch_rates(at=now - timedelta(minutes=minutes))
    assert queries() == before


def test_settings_refuse_a_feed_without_a_contact(sit: Sit, board: BoardSettings) -> None:
    client = sit(PUBLISHER)
    page = f"/bien-tap/settings/portal_boards/boardsettings/{board.site_id}/"
    assert client.get(page).status_code == 200
    sent = {
        "rates_feed": "on", "weather_feed": "", "contact": "", "prices_stale_hours": "24",
        "weather_stale_hours": "3",
    } | {
        f"{part}-{count}": "0"
        for part in ("kinds", "places")
        for count in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    }  # fmt: skip
    shown = text(client.post(page, sent))
    assert "ghi địa chỉ liên hệ" in shown
    board.refresh_from_db()
    assert not board.rates_feed
    client.post(page, sent | {"contact": "banbientap@example.vn"})
    board.refresh_from_db()
    assert board.rates_feed


def test_warnings_carry_the_editors_own_icon(editor: Client) -> None:
    """Two libraries of tags have an icon each; here it is Wagtail's, which is on the page."""
    shown = text(editor.post(PAGE, typed(SJC=("0", "1.000"))))
    assert '<use href="#icon-warning">' in shown
