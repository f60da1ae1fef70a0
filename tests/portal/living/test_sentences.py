"""A figure in a sentence: in the editor, in the page, in plain words, and once it was withdrawn."""

from __future__ import annotations

import json
from datetime import date
from html import unescape

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import Client, RequestFactory
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.rich_text import expand_db_html

from giaoban.portal.living.citeable import require_citeable
from giaoban.portal.living.citing import citations_in, embed, keys_in, rewrite
from giaoban.portal.living.errors import ReportWithdrawn
from giaoban.portal.living.publishing import take_back_report
from giaoban.portal.living.queries import fates
from giaoban.portal.living.wagtail_hooks import say_what_was_withdrawn
from giaoban.portal.pages.models import ArticlePage
from giaoban.portal.pages.plain import plain
from giaoban.reports.actions import withdraw_report
from tests.portal.living.conftest import EDITOR, PUBLISHER, Paper, sat_down
from tests.reports.issuing_world import LEADER

FEATURES = ["bold", "link", "figure"]


def test_the_editor_keeps_it_as_it_was(public: Paper) -> None:
    source = f'<p data-block-key="a">Huyện kết nạp {public.cite("admitted")} đảng viên.</p>'
    converter = ContentstateConverter(FEATURES)
    state = json.loads(converter.from_database_format(source))
    assert state["blocks"][0]["text"] == "Huyện kết nạp 19 đảng viên."
    (entity,) = state["entityMap"].values()
    assert entity["mutability"] == "IMMUTABLE"
    assert entity["data"]["address"] == "admitted"
    assert converter.to_database_format(json.dumps(state)) == source


def test_a_browser_can_not_make_it_another_number(public: Paper) -> None:
    state = {
        "blocks": [{"key": "a", "text": "có 999 người", "type": "unstyled", "depth": 0,
                    "inlineStyleRanges": [],
                    "entityRanges": [{"key": 0, "offset": 3, "length": 3}]}],
        "entityMap": {"0": {"type": "FIGURE", "mutability": "IMMUTABLE",
                            "data": {"issue": str(public.issue), "address": "admitted",
                                     "text": "999"}}},
    }  # fmt: skip
    kept = ContentstateConverter(FEATURES).to_database_format(json.dumps(state))
    assert "999" not in kept
    assert plain(kept) == "có 19 người"


def test_the_page_shows_a_button_with_its_card(public: Paper) -> None:
    article = public.article(f"Huyện kết nạp {public.cite('admitted')} đảng viên.")
    page = Client().get(article.url).content.decode()
    figure = public.figure("admitted")
    assert f'popovertarget="{figure.anchor}"' in page
    assert page.count(f'id="{figure.anchor}" popover') == 1
    card = page[page.index(f'id="{figure.anchor}"') :]
    card = unescape(card[: card.index("</dl>")])
    known_on = f"{figure.edition.known_on:%d/%m/%Y}"
    for told in (
        figure.definition_told, figure.whom_told, figure.period_told, known_on,
        figure.edition.symbol,
    ):  # fmt: skip
        assert told
        assert told in card, told
    assert figure.get_absolute_url() in page


def test_a_figure_cited_twice_has_one_card(public: Paper) -> None:
    cited = public.cite("admitted")
    article = public.article(f"Có {cited} người. Vẫn {cited} người.")
    page = Client().get(article.url).content.decode()
    assert page.count('<button class="fig"') == 2
    assert page.count(' popover role="dialog"') == 1


def test_queries_of_a_page_do_not_grow_with_its_figures(
    public: Paper, django_assert_max_num_queries: object
) -> None:
    one = f"<p>{public.cite('admitted')}</p>"
    many = "<p>" + " ".join(public.cite(a) for a in ("admitted", "plan", "achievement")) + "</p>"
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        expand_db_html(one)
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        expand_db_html(many)


def test_in_plain_words_it_is_its_number(public: Paper) -> None:
    assert plain(f"<p>Kết nạp {public.cite('admitted')} người</p>") == "Kết nạp 19 người"


def test_a_figure_that_is_not_there_shows_its_words_and_nothing_else(public: Paper) -> None:
    told = embed((public.issue, "admitted/NOWHERE"), '4"<b>')
    assert expand_db_html(f"<p>{told}</p>") == "<p>4&quot;&lt;b&gt;</p>"


def test_a_report_taken_back_leaves_plain_numbers(public: Paper) -> None:
    article = public.article(f"Có {public.cite('admitted')} người.")
    take_back_report(issue=public.issue, by=public.world.by(login=PUBLISHER))
    page = Client().get(article.url).content.decode()
    assert "Có 19 người." in page
    assert "popover role" not in page


def test_once_withdrawn_the_sentence_stays_and_is_marked(public: Paper) -> None:
    article = public.article(f"Có {public.cite('admitted')} người.")
    by = public.world.by(date(2018, 10, 8), LEADER)
    withdraw_report(issue=public.issue, reason="Sai số liệu", by=by)
    page = Client().get(article.url).content.decode()
    assert 'class="fig no-more"' in page
    assert ">19<" in page
    assert "mark-gone" in page


def test_a_withdrawn_figure_is_not_to_be_chosen(public: Paper) -> None:
    by = public.world.by(date(2018, 10, 8), LEADER)
    withdraw_report(issue=public.issue, reason="Sai số liệu", by=by)
    with pytest.raises(ReportWithdrawn):
        require_citeable(fates([public.issue])[public.issue])
    found = sat_down(EDITOR).get("/bien-tap/so-lieu/chon/?chi-danh-sach=1&q=19")
    assert b"disabled" in found.content


def told_on_saving(article: ArticlePage) -> list[str]:
    """What an editor is told who has saved an article."""
    request = RequestFactory().post("/")
    request._messages = CookieStorage(request)
    say_what_was_withdrawn(request, article)
    return [str(one).replace("\u00a0", " ") for one in get_messages(request)]


def test_an_editor_is_told_when_a_page_cites_what_was_withdrawn(public: Paper) -> None:
    article = public.article(f"Có {public.cite('admitted')} người.")
    assert told_on_saving(article) == []
    by = public.world.by(date(2018, 10, 8), LEADER)
    withdraw_report(issue=public.issue, reason="Sai số liệu", by=by)
    assert keys_in(article.body.raw_data[0]["value"]) == [(public.issue, "admitted")]
    (said,) = told_on_saving(article)
    assert f"{public.figure('admitted').edition.symbol} đã thu hồi" in said


@pytest.mark.parametrize("words", ["ket nap", "kết nạp", "19", "dang bo huyen"])
def test_the_chooser_finds_with_and_without_marks(public: Paper, words: str) -> None:
    found = sat_down(EDITOR).get("/bien-tap/so-lieu/chon/", {"q": words, "chi-danh-sach": "1"})
    assert 'data-address="admitted"' in found.content.decode()


def test_the_chooser_opens_as_a_modal_and_not_to_strangers(public: Paper) -> None:
    found = sat_down(EDITOR).get("/bien-tap/so-lieu/chon/")
    assert found.json()["step"] == "choose"
    assert "data-figures" in found.json()["html"]
    assert Client().get("/bien-tap/so-lieu/chon/").status_code == 302


def test_sentences_are_told_apart() -> None:
    one, two = embed((7, "admitted"), "134"), embed((7, "achievement"), "53,6%")
    source = f"<p>Từ đầu năm 2018, có {one} người, đạt {two}. Năm trước {one} người.</p><p>Hết.</p>"
    told = [(one.key[1], one.sentence, one.place) for one in citations_in(source)]
    assert told == [
        ("admitted", "Từ đầu năm 2018, có 134 người, đạt 53,6%.", 20),
        ("achievement", "Từ đầu năm 2018, có 134 người, đạt 53,6%.", 35),
        ("admitted", "Năm trước 134 người.", 10),
    ]


def test_a_figure_is_put_in_the_place_of_another_and_nothing_else_changes(public: Paper) -> None:
    cited = public.cite("admitted")
    article = public.article(f"Có <b>{cited}</b> người &amp; hơn.", lead=f"<p>{cited} người.</p>")
    count = rewrite(article, lambda key: ((9, key[1]), "20") if key[1] == "admitted" else None)
    assert count == 2
    assert plain(article.lead) == "20 người."
    (block,) = article.body.raw_data
    assert block["value"] == f"<p>Có <b>{embed((9, 'admitted'), '20')}</b> người &amp; hơn.</p>"
