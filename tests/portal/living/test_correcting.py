"""The books learn better: editors see which sentences, and correct them in one act."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from giaoban.portal.caching import depended
from giaoban.portal.living.citing import keys_cited
from giaoban.portal.living.correcting import outdated_sentences, publish_correction
from giaoban.portal.living.errors import NotAPublisher, NoteMissing, NothingToCorrect
from giaoban.portal.living.learning import compare_public_reports
from giaoban.portal.living.models import CorrectedSentence, Correction, KnownOtherwise
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


def correct(paper: Paper, note: str = "Kết nạp muộn ghi sổ.", login: str = PUBLISHER) -> int:
    told = {one.key for one in outdated_sentences()}
    return publish_correction(sentences=told, note=note, by=paper.world.by(login=login))


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
    assert (one.page.pk, one.figure.address) == (cited.pk, "admitted")
    assert one.before == "Huyện kết nạp 19 đảng viên."
    assert one.after == "Huyện kết nạp 20 đảng viên."
    assert one.successor is None
    assert one.also == ("tiêu đề",) or len(one.also) == 1


def test_once_compared_it_is_not_done_again(public: Paper, cited: ArticlePage) -> None:
    learn(public)
    count = KnownOtherwise.objects.count()
    assert compare_public_reports(at=timezone.now()) == 0
    assert KnownOtherwise.objects.count() == count


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


def test_a_sentence_of_two_numbers_is_told_once_with_both(public: Paper) -> None:
    article = public.article(
        f"Huyện kết nạp {public.cite('admitted')} đảng viên, đạt {public.cite('achievement')}."
    )
    learn(public)
    first, second = outdated_sentences()
    shown = sat_down(EDITOR).get("/bien-tap/so-lieu-da-khac/").content.decode()
    assert "1 câu ở 1 trang nay đã khác." in shown.replace("\u00a0", " ")
    correct(public)
    both = f"Huyện kết nạp {first.now} đảng viên, đạt {second.now}."
    for address in (article.url, "/dinh-chinh/"):
        page = Client().get(address).content.decode()
        assert page.count(both) == 1
        assert page.count("<ins>") == 1
    assert not outdated_sentences()


def test_with_a_successor_the_sentence_cites_it(public: Paper, cited: ArticlePage) -> None:
    learn(public)
    later = replaced(public)
    (told, *_rest) = [one for one in outdated_sentences() if one.figure.address == "admitted"]
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


def test_a_withdrawn_report_s_sentences_are_told(public: Paper, cited: ArticlePage) -> None:
    by = public.world.by(date(2018, 10, 8), LEADER)
    withdraw_report(issue=public.issue, reason="Sai", by=by)
    learn(public)
    assert any(one.fate.standing == "withdrawn" for one in outdated_sentences())


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
    keys = {(told.page.pk, told.figure.address): told.key for told in outdated_sentences()}
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
