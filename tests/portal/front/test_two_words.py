"""Which acts let a page of a moment ago be read while it is made anew, and which don't: publishing
and adding may; whatever takes away, restricts, corrects or moves may not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from giaoban.journal.writing import Recorder
from giaoban.portal.boards.entering import Felt, Priced, enter_prices, enter_weather
from giaoban.portal.boards.models import BoardSettings, Feed, Place, PriceKind
from giaoban.portal.boards.storing import store_weather
from giaoban.portal.caching import CHANNEL, RENEWED
from giaoban.portal.comments.actions import (
    decline_comments,
    forget_old,
    remove_comments,
    show_comments,
    take_back_comment,
)
from giaoban.portal.comments.models import Comment
from giaoban.portal.living.publishing import take_back_report
from giaoban.portal.pages.models import ArticlePage, SiteFacts
from tests.portal.boards.conftest import lay_boards
from tests.portal.living.conftest import PUBLISHER, Paper, lay_paper
from tests.portal.living.test_correcting import correct, learn
from tests.portal.pages.newspaper import Newspaper, document, lay_out, picture
from tests.world import World


@contextmanager
def said() -> Iterator[dict[str, bool]]:
    """The keys that are told meanwhile, and of each whether its pages may be read as they were."""
    keys: dict[str, bool] = {}

    def listen(ask: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if "pg_notify" in sql and params[0] == CHANNEL:
            for word in params[1]:
                key = word.removeprefix(RENEWED)
                # The stronger word holds, in whichever order the two are said.
                keys[key] = word.startswith(RENEWED) and keys.get(key, True)
        return ask(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield keys


@pytest.fixture
def paper(db: None, tmp_path: Path, settings: Any) -> Newspaper:
    settings.MEDIA_ROOT = tmp_path
    return lay_out()


def test_publishing_and_publishing_anew_may_be_waited_for(paper: Newspaper) -> None:
    older = paper.publish("Bài cũ")
    with said() as keys:
        article = paper.publish("Bài mới")
    assert {f"page:{article.pk}", f"page:{older.pk}", "latest"} <= keys.keys()
    assert all(keys.values())
    for page in (article, paper.home, paper.politics):
        with said() as keys:
            page.save_revision().publish()
        assert keys[f"page:{page.pk}"]
        assert all(keys.values())


def test_what_is_taken_away_moved_or_closed_goes_at_once(
    paper: Newspaper, django_capture_on_commit_callbacks: Any
) -> None:
    article, plain = paper.publish("Bài"), document("64-KH/HU", "Kế hoạch")
    shown = picture()
    paper.publish("Có ảnh", picture=shown)

    def renamed() -> None:
        article.slug = "khac"
        article.save_revision().publish()

    acts: list[tuple[Callable[[], object], str]] = [
        (renamed, f"page:{article.pk}"),
        (lambda: article.move(paper.economy, pos="last-child"), f"page:{article.pk}"),
        (lambda: paper.economy.view_restrictions.create(restriction_type="login"),
         f"page:{article.pk}"),
        # Closed to readers, even a publication is no reason to show it for one moment more.
        (lambda: ArticlePage.objects.get(pk=article.pk).save_revision().publish(),
         f"page:{article.pk}"),
        (lambda: ArticlePage.objects.get(pk=article.pk).unpublish(), f"page:{article.pk}"),
        (lambda: ArticlePage.objects.get(pk=article.pk).delete(), f"page:{article.pk}"),
        (lambda: SiteFacts.objects.get().save(), "site"),
        (plain.save, "papers"),
        (plain.delete, "papers"),
        (shown.save, "latest"),
    ]  # fmt: skip
    for act, key in acts:
        with said() as keys, django_capture_on_commit_callbacks(execute=True):
            act()
        assert not keys[key], key


def test_a_comment_that_appears_may_be_waited_for_one_that_goes_may_not(
    paper: Newspaper,
) -> None:
    article, now = paper.publish("Bài"), timezone.now()
    by, key = Recorder("bientap", now), f"comments:{article.pk}"
    one, two = (
        Comment.objects.create(page=article, name="Lê", text="Rõ.", received_at=now,
                               key_digest=f"{n:064}")
        for n in range(2)
    )  # fmt: skip
    with said() as keys:
        show_comments(ids=[one.pk, two.pk], by=by)
    assert keys == {key: True}
    with said() as keys:
        remove_comments(ids=[one.pk], reason="Nhầm", by=by)
    assert keys == {key: False}
    with said() as keys:
        take_back_comment(comment=two, at=now)
    assert keys == {key: False}
    waiting = Comment.objects.create(page=article, name="Lê", text="Rõ.", received_at=now,
                                     key_digest="2" * 64)  # fmt: skip
    with said() as keys:
        decline_comments(ids=[waiting.pk], reason="Lạc đề", by=by)
        forget_old(at=now)
    assert keys == {}  # nobody has ever read it


def test_what_a_feed_brings_may_be_waited_for_what_is_typed_may_not(paper: Newspaper) -> None:
    lay_boards()
    by, kind, place = Recorder("bientap", timezone.now()), *first()
    with said() as keys:
        store_weather([], feed=Feed.OPEN_METEO, at=by.at)
    assert keys == {"board:weather": True}
    with said() as keys:  # it may put right what was mistyped
        enter_prices(prices=[Priced(kind, 36_500_000, 36_700_000)], by=by, far=True)
        enter_weather(weather=[Felt(place, None, 71)], by=by)
    assert keys == {"board:prices": False, "board:weather": False}
    assert BoardSettings.objects.exists()


def first() -> tuple[PriceKind, Place]:
    return PriceKind.objects.all()[0], Place.objects.all()[0]


@pytest.fixture
def public(world: World, tmp_path: Path, settings: Any) -> Paper:
    settings.MEDIA_ROOT = tmp_path
    laid = lay_paper(world)
    laid.publish()
    return laid


def test_figures_that_are_known_otherwise_corrected_or_taken_back_change_at_once(
    public: Paper,
) -> None:
    article = public.article(f"Huyện kết nạp {public.cite('admitted')} đảng viên.")
    with said() as keys:
        learn(public)
    figures = {key for key in keys if key.startswith("figure:")}
    assert figures
    assert not any(keys[key] for key in figures)
    with said() as keys:
        correct(public)
    assert not keys[f"page:{article.pk}"]
    with said() as keys:
        take_back_report(issue=public.issue, by=public.world.by(login=PUBLISHER))
    assert keys
    assert not any(keys.values())
