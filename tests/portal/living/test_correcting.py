"""The books learn better: editors see which sentences, and correct them in one act."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from giaoban.portal.caching import depended
from giaoban.portal.living.citing import keys_cited
from giaoban.portal.living.correcting import Corrected, publish_correction
from giaoban.portal.living.errors import NotAPublisher, NoteMissing, NothingToCorrect
from giaoban.portal.living.learning import compare_public_reports
from giaoban.portal.living.models import (
    CorrectedSentence,
    Correction,
    KnownOtherwise,
    WhyWithdrawn,
)
from giaoban.portal.living.outdated import Outdated, OutdatedNumber, outdated_sentences
from giaoban.portal.living.publishing import take_back_report
from giaoban.portal.living.reasons import keep_reasons
from giaoban.portal.pages.models import ArticlePage
from giaoban.portal.pages.plain import plain
from giaoban.reports.actions import (
    begin_replacement,
    check_report,
    hand_in_report,
    issue_report,
    withdraw_report,
)
from tests.portal.living.conftest import EDITOR, PUBLISHER, Paper, sat_down
from tests.reports.issuing_world import LEADER

LATE = date(2018, 10, 20)


def learn(paper: Paper, count: int = 1) -> int:
    """Late admissions, and what the queue does within a minute."""
    paper.world.by(LATE)
    for _ in range(count):
        paper.world.admit("TX1", date(2018, 9, 20))
    return compare_public_reports(at=timezone.now())


def replaced(paper: Paper) -> int:
    """A report that replaces the first one, public."""
    world = paper.world
    by = world.by(login=LEADER)
    draft = begin_replacement(issue=paper.issue, reason="Bổ sung", key="thay", by=world.by())
    seen = hand_in_report(draft=draft, by=world.by())
    check_report(draft=draft, seen=seen, by=world.by(login=LEADER))
    del by
    return paper.publish(issue_report(draft=draft, by=world.by(login=LEADER)))


def correct(paper: Paper, note: str = "Kết nạp muộn ghi sổ.", login: str = PUBLISHER) -> Corrected:
    told = {one.key for one in outdated_sentences()}
    return publish_correction(sentences=told, note=note, by=paper.world.by(login=login))


def numbers(told: list[Outdated]) -> list[OutdatedNumber]:
    """Every outdated number, in order."""
    return [number for one in told for number in one.numbers]


def withdraw(paper: Paper, reason: str = "Sai số liệu của một chi bộ") -> None:
    """The report is withdrawn at the desk, and the queue hears of it."""
    by = paper.world.by(date(2018, 10, 8), LEADER)
    withdraw_report(issue=paper.issue, reason=reason, by=by)
    keep_reasons()


@pytest.fixture
def cited(public: Paper) -> ArticlePage:
    """An article that cites the report."""
    return public.article(
        f"Huyện kết nạp {public.cite('admitted')} đảng viên. Chỉ tiêu là {public.cite('plan')}.",
        title="Huyện kết nạp 19 đảng viên",
    )


def test_nothing_is_outdated_while_the_books_stand_still(public: Paper, cited: ArticlePage) -> None:
    assert compare_public_reports(at=timezone.now()) == 0
    assert not outdated_sentences()


def test_a_late_entry_is_found_with_what_it_changes(public: Paper, cited: ArticlePage) -> None:
    assert learn(public) > 0
    (one,) = outdated_sentences()
    (sentence,) = one.sentences
    (number,) = one.numbers
    assert (one.page.pk, number.figure.address) == (cited.pk, "admitted")
    assert sentence.before == "Huyện kết nạp 19 đảng viên."
    assert sentence.after == "Huyện kết nạp 20 đảng viên."
    assert number.successor is None
    assert [text for text, _where in one.also] == ["19"]


def test_once_compared_it_is_not_done_again(public: Paper, cited: ArticlePage) -> None:
    learn(public)
    count = KnownOtherwise.objects.count()
    assert compare_public_reports(at=timezone.now()) == 0
    assert KnownOtherwise.objects.count() == count


def test_a_late_entry_makes_old_only_the_pages_with_a_figure_that_changed(public: Paper) -> None:
    """Another page that cites the same report stays in memory; so do lists of figures."""
    changed = public.article(f"Kết nạp {public.cite('admitted')} người.", slug="mot")
    same = public.article(f"Chỉ tiêu là {public.cite('plan')}.", slug="hai")
    with CaptureQueriesContext(connection) as asked:
        learn(public)
    words = [query["sql"] for query in asked if "pg_notify" in query["sql"]]
    said = {word for sql in words for word in re.findall(r"figure:\d+|figures|reports?", sql)}
    assert said
    assert not any(word.startswith("report") for word in said)

    def made_of(article: ArticlePage) -> frozenset[str]:
        return depended(Client().get(article.url).wsgi_request)

    assert said & made_of(changed)
    assert not said & made_of(same)
    assert not said & depended(Client().get("/so-lieu/").wsgi_request)


def test_a_page_is_made_of_the_report_that_stands_for_its_own(public: Paper) -> None:
    """As soon as that is public, cards lead there."""
    article = public.article(f"Kết nạp {public.cite('admitted')} người.")
    learn(public)
    later = replaced(public)
    made_of = depended(Client().get(article.url).wsgi_request)
    assert {f"report:{public.issue}", f"report:{later}"} <= made_of
    assert "figures" not in made_of
    with CaptureQueriesContext(connection) as asked:
        take_back_report(issue=later, by=public.world.by(login=PUBLISHER))
    assert any(f"report:{public.issue}" in query["sql"] for query in asked)


def test_what_is_not_cited_is_not_compared(public: Paper) -> None:
    assert learn(public) == 0


def test_causes_name_entries_and_nobody(public: Paper, cited: ArticlePage) -> None:
    learn(public)
    known = KnownOtherwise.objects.get(figure__address="admitted")
    assert known.causes
    assert set(known.causes[0]) == {"entry", "kind", "by", "on", "reverses"}
    groups = KnownOtherwise.objects.filter(figure__address__contains="[")
    assert not any(one.causes for one in groups)


def test_without_a_successor_the_figure_stays_and_its_card_says(
    public: Paper, cited: ArticlePage
) -> None:
    learn(public)
    correct(public)
    page = Client().get(cited.url).content.decode()
    assert 'class="fig no-more"' in page
    assert "số đúng là 20" in page
    assert "Kết nạp muộn ghi sổ." in page
    assert "Huyện kết nạp 20 đảng viên." in page
    assert not outdated_sentences()


def test_a_sentence_of_two_numbers_is_one_and_told_once_with_both(public: Paper) -> None:
    """It can't be ticked by halves: half of it right was another untruth."""
    article = public.article(
        f"Huyện kết nạp {public.cite('admitted')} đảng viên, đạt {public.cite('achievement')}."
    )
    learn(public)
    (told,) = outdated_sentences()
    first, second = told.numbers
    shown = sat_down(EDITOR).get("/bien-tap/so-lieu-da-khac/").content.decode()
    assert "1 câu ở 1 trang nay đã khác." in shown.replace("\u00a0", " ")
    assert shown.count('name="sentence"') == 1
    assert shown.count('class="cause"') == 1, "one and the same reason is told once"
    correct(public)
    both = f"Huyện kết nạp {first.now} đảng viên, đạt {second.now}."
    for address in (article.url, "/dinh-chinh/"):
        page = Client().get(address).content.decode()
        assert page.count(both) == 1
        assert page.count("<ins>") == 1
    assert not outdated_sentences()


def test_sentences_with_a_figure_in_common_go_together(public: Paper) -> None:
    """With another number in its place a figure reads otherwise in every sentence of the page."""
    done, share, plan = (public.cite(one) for one in ("admitted", "achievement", "plan"))
    article = public.article(
        f"Kết nạp {done} người. Chỉ tiêu {plan}. Như vậy đạt {share}. Tức {done} người, {share}."
    )
    learn(public)
    later = replaced(public)
    told = outdated_sentences()
    assert [[one.before for one in each.sentences] for each in told] == [
        ["Kết nạp 19 người.", "Như vậy đạt 47,5%.", "Tức 19 người, 47,5%."],
        ["Chỉ tiêu 40."],
    ]
    publish_correction(
        sentences={told[0].key}, note="Ghi sổ muộn.", by=public.world.by(login=PUBLISHER)
    )
    text = plain(ArticlePage.objects.get(pk=article.pk).body.raw_data[0]["value"])
    assert text == "Kết nạp 20 người. Chỉ tiêu 40. Như vậy đạt 50%. Tức 20 người, 50%."
    (rest,) = outdated_sentences()
    assert rest.key == told[1].key
    assert (public.issue, "plan") in keys_cited(article)
    assert (later, "admitted") in keys_cited(ArticlePage.objects.get(pk=article.pk))


def test_a_number_that_was_told_is_right_in_the_sentence_of_the_next(public: Paper) -> None:
    """The first number was corrected where it stood alone; then a second one of a sentence is
    another: the notice has both right."""
    public.article(f"Kết nạp {public.cite('admitted')} người.", slug="mot")
    public.article(f"Kết nạp {public.cite('admitted')}, chỉ tiêu {public.cite('plan')}.")
    learn(public)
    one, two = outdated_sentences()
    publish_correction(sentences={one.key}, note="Một.", by=public.world.by(login=PUBLISHER))
    # The other article has no notice yet: it is told still.
    (told,) = outdated_sentences()
    assert told.key == two.key
    assert told.sentences[0].after == "Kết nạp 20, chỉ tiêu 40."


def test_what_reads_otherwise_since_it_was_shown_is_not_corrected_unseen(
    public: Paper, cited: ArticlePage
) -> None:
    learn(public)
    (shown,) = outdated_sentences()
    learn(public)
    (now,) = outdated_sentences()
    assert (shown.sentences[0].after, now.sentences[0].after) == (
        "Huyện kết nạp 20 đảng viên.", "Huyện kết nạp 21 đảng viên.",
    )  # fmt: skip
    with pytest.raises(NothingToCorrect):
        publish_correction(sentences={shown.key}, note="x", by=public.world.by(login=PUBLISHER))


def test_a_chart_is_drawn_from_the_report_that_stands_for_its_own(public: Paper) -> None:
    article = public.article(f"Kết nạp {public.cite('admitted')} người.")
    value = {"figure": f"{public.issue}:achievement", "title": "Kết nạp theo đơn vị", "most": 10}
    article.body = [*article.body.raw_data, {"type": "figure_chart", "value": value}]
    article.save_revision().publish()
    learn(public)
    later = replaced(public)
    assert "Kết nạp theo đơn vị" in {
        sentence.before for one in outdated_sentences() for sentence in one.sentences
    }
    shown = sat_down(EDITOR).get("/bien-tap/so-lieu-da-khac/").content.decode()
    assert "Biểu đồ: Kết nạp theo đơn vị" in shown
    assert "Nay đã có báo cáo" in Client().get(article.url).content.decode()
    correct(public)
    assert {issue for issue, _address in keys_cited(ArticlePage.objects.get(pk=article.pk))} == {
        later
    }


def test_with_a_successor_the_sentence_cites_it(public: Paper, cited: ArticlePage) -> None:
    learn(public)
    later = replaced(public)
    told = next(one for one in numbers(outdated_sentences()) if one.figure.address == "admitted")
    assert told.successor is not None
    assert told.now == "20"
    correct(public)
    article = ArticlePage.objects.get(pk=cited.pk)
    assert set(keys_cited(article)) == {(later, "admitted"), (later, "plan")}
    assert article.live
    assert not article.has_unpublished_changes
    assert "kết nạp 20 đảng viên" in plain(article.body.raw_data[0]["value"])
    assert not outdated_sentences()


def test_a_draft_on_top_keeps_its_words_and_gets_the_figure(
    public: Paper, cited: ArticlePage
) -> None:
    draft = ArticlePage.objects.get(pk=cited.pk)
    draft.title = "Tít đang sửa"
    draft.save_revision()
    learn(public)
    later = replaced(public)
    correct(public)
    live = ArticlePage.objects.get(pk=cited.pk)
    assert live.title == "Huyện kết nạp 19 đảng viên"
    assert live.has_unpublished_changes
    newest = live.get_latest_revision_as_object()
    assert newest.title == "Tít đang sửa"
    assert {issue for issue, _address in keys_cited(newest)} == {later}
    assert {issue for issue, _address in keys_cited(live)} == {later}


def test_a_withdrawn_report_s_sentences_are_told_with_what_readers_see(
    public: Paper, cited: ArticlePage
) -> None:
    """No number is another: only the report is gone, with nothing in its place."""
    withdraw(public)
    told = numbers(outdated_sentences())
    assert [(one.figure.address, one.standing, one.differs) for one in told] == [
        ("admitted", "withdrawn", False), ("plan", "withdrawn", False),
    ]  # fmt: skip
    shown = sat_down(PUBLISHER).get("/bien-tap/so-lieu-da-khac/").content.decode()
    shown = shown.replace("\u00a0", " ")
    symbol = public.figure("admitted").edition.symbol
    assert "2 câu ở 1 trang nay đã khác. Có 2 câu dẫn báo cáo đã thu hồi mà chưa có" in shown
    assert f"Báo cáo {symbol} đã thu hồi ngày 08/10/2018." in shown
    assert "Bạn đọc thấy số 19 có dấu riêng" in shown
    assert f"/bien-tap/pages/{cited.pk}/edit/" in shown
    # The notice is begun with what there is to say; the publisher settles the words.
    begun = f"{symbol} đã thu hồi ngày 08/10/2018. Lý do: Sai số liệu của một chi bộ.</textarea>"
    assert begun in shown


def test_in_one_act_the_article_says_that_the_report_was_withdrawn(
    public: Paper, cited: ArticlePage
) -> None:
    withdraw(public)
    correct(public, note="Báo cáo đã thu hồi, vì sai số liệu.")
    page = Client().get(cited.url).content.decode().replace("\u00a0", " ")
    symbol = public.figure("admitted").edition.symbol
    assert "Báo cáo đã thu hồi, vì sai số liệu." in page
    assert f'“Huyện kết nạp 19 đảng viên.” <span class="why">(theo báo cáo {symbol}' in page
    assert "<ins>" not in page
    assert "số đúng là" not in page
    assert "(báo cáo đã thu hồi, xem nguồn)" in page or "(đã đính chính, xem nguồn)" in page
    assert not outdated_sentences()
    # As soon as the books give another number, or a report is put in its place, it is told again.
    learn(public)
    assert [one.now for one in numbers(outdated_sentences())] == ["20"]


def test_what_was_corrected_is_told_again_once_its_report_is_withdrawn(
    public: Paper, cited: ArticlePage
) -> None:
    learn(public)
    correct(public)
    assert not outdated_sentences()
    public.world.at = public.world.at.replace(year=2018, month=10, day=21)
    withdraw_report(issue=public.issue, reason="Sai", by=public.world.by(login=LEADER))
    told = numbers(outdated_sentences())
    assert ("admitted", "withdrawn") in {(one.figure.address, one.standing) for one in told}


def test_a_report_that_was_replaced_by_one_that_is_not_public_is_told(
    public: Paper, cited: ArticlePage
) -> None:
    learn(public)
    later = replaced(public)
    take_back_report(issue=later, by=public.world.by(login=PUBLISHER))
    told = numbers(outdated_sentences())
    assert {(one.standing, one.successor) for one in told} == {("replaced", None)}
    shown = sat_down(PUBLISHER).get("/bien-tap/so-lieu-da-khac/").content.decode()
    assert "chưa công khai" in shown


def test_an_erased_reason_is_forgotten_here_too(public: Paper) -> None:
    withdraw(public)
    assert WhyWithdrawn.objects.get().reason == "Sai số liệu của một chi bộ"
    assert keep_reasons() == 0
    WhyWithdrawn.objects.update(reason="Cũ")
    assert keep_reasons() == 1
    assert WhyWithdrawn.objects.get().reason == "Sai số liệu của một chi bộ"


def test_a_per_cent_that_rounds_to_the_same_is_no_news(public: Paper, cited: ArticlePage) -> None:
    figure = public.figure("achievement")
    public.article(f"Đạt {public.cite('achievement')}.", slug="dat")
    KnownOtherwise.objects.create(
        figure=figure, numerator=47501, denominator=100000, text=figure.text, causes=[],
        head_number=1, at=timezone.now(),
    )  # fmt: skip
    assert not outdated_sentences()


def test_only_a_publisher_corrects_and_only_with_a_note(public: Paper, cited: ArticlePage) -> None:
    learn(public)
    with pytest.raises(NotAPublisher):
        correct(public, login=EDITOR)
    with pytest.raises(NoteMissing):
        correct(public, note="  ")
    assert not Correction.objects.exists()


def test_nothing_is_corrected_for_nothing(public: Paper, cited: ArticlePage) -> None:
    with pytest.raises(NothingToCorrect):
        correct(public)


def test_the_list_the_notice_and_the_public_list(public: Paper, cited: ArticlePage) -> None:
    learn(public)
    client = sat_down(PUBLISHER)
    shown = client.get("/bien-tap/so-lieu-da-khac/").content.decode()
    assert "<del>19</del> <ins>20</ins>" in shown
    (one,) = outdated_sentences()
    told = {"sentence": one.key, "note": "Ghi sổ muộn một trường hợp."}
    before = client.post("/bien-tap/so-lieu-da-khac/", {**told, "act": "preview"}).content.decode()
    assert "Chưa đăng gì" in before
    assert not Correction.objects.exists()
    client.post("/bien-tap/so-lieu-da-khac/", {**told, "act": "publish"})
    assert Correction.objects.get().by == PUBLISHER
    page = Client().get("/dinh-chinh/").content.decode()
    assert "Ghi sổ muộn một trường hợp." in page
    assert cited.title in page


def test_what_was_not_chosen_is_not_corrected(public: Paper) -> None:
    """Of two pages, each with two sentences that are outdated, one each; no more than was shown."""
    both = f"Kết nạp {public.cite('admitted')} người. Đạt {public.cite('achievement')}."
    one, two = public.article(both, slug="mot"), public.article(both, slug="hai")
    learn(public)
    keys = {
        (told.page.pk, told.numbers[0].figure.address): told.key for told in outdated_sentences()
    }
    assert len(keys) == 4
    chosen = [keys[one.pk, "admitted"], keys[two.pk, "achievement"]]
    told = {"sentence": chosen, "note": "Ghi sổ muộn.", "act": "publish"}
    sat_down(PUBLISHER).post("/bien-tap/so-lieu-da-khac/", told)
    corrected = CorrectedSentence.objects.values_list("page_id", "figure__address")
    assert set(corrected) == {(one.pk, "admitted"), (two.pk, "achievement")}


def test_an_editor_sees_the_list_and_can_not_publish(public: Paper, cited: ArticlePage) -> None:
    learn(public)
    client = sat_down(EDITOR)
    shown = client.get("/bien-tap/so-lieu-da-khac/").content.decode()
    assert "<del>19</del>" in shown
    assert "Xem trước đính chính" not in shown
    (one,) = outdated_sentences()
    client.post("/bien-tap/so-lieu-da-khac/", {"sentence": one.key, "note": "x", "act": "publish"})
    assert not Correction.objects.exists()


def test_what_is_corrected_on_a_page_for_some_is_told_to_nobody_else(
    public: Paper, cited: ArticlePage
) -> None:
    learn(public)
    correct(public, note="Việc riêng của bài họp kín.")
    lock = cited.view_restrictions.create(restriction_type="login")
    answer = Client().get("/dinh-chinh/")
    page = answer.content.decode()
    assert "Việc riêng của bài họp kín." not in page
    assert cited.title not in page
    assert f"page:{cited.pk}" in depended(answer.wsgi_request)
    lock.delete()
    assert cited.title in Client().get("/dinh-chinh/").content.decode()
