"""The password of a page can't be found out by trying, and who has it is not kept out by others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from giaoban.portal.caching import MADE_OF
from giaoban.portal.pages import closed
from giaoban.portal.pages.models import Tally
from tests.portal.pages.newspaper import Newspaper

SECRET, WORDS = "Hop kin 2018", "Nội dung họp kín."


@dataclass
class Door:
    """The form of a page with a password, and whoever tries it from an address."""

    address: str
    form: str

    def tries(self, password: str, *, there: str = "203.0.113.7") -> HttpResponse:
        told = {"password": password, "return_url": self.address}
        answer = Client(REMOTE_ADDR=there).post(self.form, told)
        assert isinstance(answer, HttpResponse)
        return answer


def close(paper: Newspaper, title: str = "Họp kín") -> Door:
    article = paper.publish(title, body=[("text", f"<p>{WORDS}</p>")])
    made = article.view_restrictions.create(restriction_type="password", password=SECRET)
    return Door(article.url, f"/_util/authenticate_with_password/{made.pk}/{article.pk}/")


@pytest.fixture
def door(paper: Newspaper) -> Door:
    return close(paper)


def codes(door: Door, n: int, *, there: str = "203.0.113.7") -> list[int]:
    return [door.tries(f"sai {one}", there=there).status_code for one in range(n)]


def test_ten_wrong_ones_and_no_more_are_looked_at(door: Door) -> None:
    most, begun = closed.OF_PAGE_HERE.most, timezone.now()
    assert codes(door, most + 90) == [200] * most + [429] * 90
    answer = door.tries(SECRET)
    said = answer.content.decode().replace("\u00a0", " ")
    assert answer.status_code == 429
    assert "nhiều lần nhập sai mật khẩu" in said
    assert 'role="alert"' in said
    assert WORDS not in said
    over = closed.OF_PAGE_HERE.begun_at(begun) + timedelta(minutes=closed.OF_PAGE_HERE.minutes)
    wait = timezone.now() + timedelta(seconds=int(answer["Retry-After"]))
    assert abs(wait - over) < timedelta(seconds=5)
    assert f"{timezone.localtime(over):%H:%M}" in said
    # Told the same whether the password was right, and kept by nobody.
    assert "no-store" in answer["Cache-Control"]
    assert MADE_OF not in answer


def test_whoever_has_it_reads_from_elsewhere_and_after_the_time(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes(door, closed.OF_PAGE_HERE.most)
    assert door.tries(SECRET, there="198.51.100.4").status_code == 302
    later = timezone.now() + timedelta(minutes=closed.OF_PAGE_HERE.minutes)
    monkeypatch.setattr(closed.timezone, "now", lambda: later)
    assert door.tries(SECRET).status_code == 302


def test_a_whole_office_with_the_password_comes_in_by_one_address(door: Door) -> None:
    found = [door.tries(SECRET).status_code for _reader in range(closed.FROM_HERE.most + 5)]
    assert set(found) == {302}
    assert not Tally.objects.filter(times__gt=0).exists()


def test_to_look_at_the_form_is_no_try(door: Door, client: Client) -> None:
    assert {client.get(door.form).status_code for _time in range(20)} == {200}
    assert not Tally.objects.exists()


def test_pages_of_the_site_are_not_tried_one_after_another(paper: Newspaper) -> None:
    doors = [close(paper, f"Họp kín {n}") for n in range(4)]
    found = [code for door in doors for code in codes(door, closed.OF_PAGE_HERE.most)]
    assert found == [200] * closed.FROM_HERE.most + [429] * closed.OF_PAGE_HERE.most


def test_nor_one_page_from_many_addresses(door: Door) -> None:
    found = [
        door.tries("sai", there=f"198.51.{n // 250}.{n % 250 + 1}").status_code
        for n in range(closed.OF_PAGE.most + 3)
    ]
    assert found == [200] * closed.OF_PAGE.most + [429] * 3
    assert "đã bị nhập sai nhiều lần" in door.tries(SECRET).content.decode().replace("\u00a0", " ")


def test_a_form_that_is_of_no_page_is_none(door: Door, client: Client) -> None:
    answer = client.post("/_util/authenticate_with_password/987654/1/", {"password": SECRET})
    assert answer.status_code == 404
    assert not Tally.objects.exists()
