"""The portal's queue with a worker that runs: what it does stands in the store, and on pages that
were in memory before."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from psycopg.conninfo import make_conninfo
from wagtail.models import Revision

from giaoban.cli.serving import Door
from giaoban.portal.boards.models import Fetch, PriceQuote
from giaoban.portal.comments.models import Comment, CommentDecision, State, What
from giaoban.portal.comments.tasks import forget_comments
from giaoban.portal.living.models import KnownOtherwise, PublicEdition
from giaoban.portal.living.publishing import publish_report
from giaoban.portal.living.tasks import compare_reports
from giaoban.portal.pages.models import ArticlePage
from giaoban.reports.actions import withdraw_report
from giaoban.vietnamese import VIETNAM_TIME
from tests.portal.boards import answers
from tests.portal.boards.conftest import lay_boards
from tests.portal.boards.feed_server import answering, serving
from tests.portal.front.readers import Readers, readers
from tests.portal.front.test_listening import until
from tests.portal.living.conftest import PUBLISHER, Paper, lay_paper
from tests.reports.issuing_world import LEADER
from tests.world import World

# The very words with which ``giaoban serve`` starts the portal's worker; before them the feeds are
# told to be a server of this machine.
WORKER = """
import sys, django
from django.core.management import call_command
django.setup()
from giaoban.portal.boards.feeds import met_norway, open_meteo, vietcombank
for feed in (met_norway, open_meteo, vietcombank):
    feed.ADDRESS = sys.argv[1]
call_command(*sys.argv[2:])
"""


def settled(what: Callable[[], object]) -> bool:
    """Whether something comes true while a worker starts and works."""
    return any(until(lambda: bool(what())) for _ in range(6))


@contextmanager
def worker(folder: Path, feed: str = "http://127.0.0.1:9/") -> Iterator[None]:
    """The portal's worker, at the database of the test, until the block ends."""
    told = connections["default"].settings_dict
    address = {name: make_conninfo(dbname=told["NAME"], user=told["USER"], host=told["HOST"])
               for name in ("DATABASE_URL", "DATABASE_OWNER_URL")}  # fmt: skip
    door = Door("portal", "127.0.0.1", 0)
    environment = {**os.environ, **address, "GIAOBAN_HOME": str(folder),
                   "DJANGO_SETTINGS_MODULE": door.settings}  # fmt: skip
    words = door.queue_worker()
    words = [sys.executable, "-c", WORKER, feed, *words[words.index("procrastinate") :]]
    with (folder / "worker.log").open("wb") as log:
        started = subprocess.Popen(words, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            yield
            assert started.poll() is None, (folder / "worker.log").read_text()
        finally:
            started.terminate()
            started.wait(20)


def failed() -> list[str]:
    return list(
        ProcrastinateJob.objects.filter(status="failed").values_list("task_name", flat=True)
    )


@pytest.fixture
def paper(committed: World, tmp_path: Path, settings: Any) -> Paper:
    settings.MEDIA_ROOT = tmp_path
    return lay_paper(committed)


@pytest.fixture
def reader(paper: Paper) -> Iterator[Readers]:
    with readers() as first:
        yield first


def test_a_report_made_public_is_prepared_then_compared_then_heard_to_be_withdrawn(
    paper: Paper, reader: Readers, tmp_path: Path
) -> None:
    world, address = paper.world, f"/bao-cao/{paper.issue}/"
    figure = f"/so-lieu/{paper.issue}/admitted/"
    assert reader.ask(address)[0].startswith("404")
    assert address not in reader.ask("/bao-cao/")[2]
    assert reader.kept("/bao-cao/")
    publish_report(issue=paper.issue, by=world.by(login=PUBLISHER))
    assert not PublicEdition.objects.exists()
    with worker(tmp_path):
        assert settled(lambda: PublicEdition.objects.filter(issue=paper.issue).exists())
        assert settled(lambda: address in reader.ask("/bao-cao/")[2])
        assert address in reader.ask("/tim-kiem/?q=ket+nap")[2]
        article = paper.article(f"Huyện kết nạp {paper.cite('admitted')} đảng viên.")
        for path in (figure, article.url):
            assert settled(lambda path=path: reader.ask(path) and reader.kept(path))
        world.by(date(2018, 10, 20))
        world.admit("TX1", date(2018, 9, 20))
        compare_reports.defer(timestamp=0)
        assert settled(lambda: KnownOtherwise.objects.filter(text="20").exists())
        assert settled(lambda: "số này là 20" in reader.ask(figure)[2])
        assert settled(lambda: reader.ask(article.url) and reader.kept(article.url))
        withdraw_report(issue=paper.issue, reason="Sai", by=world.by(login=LEADER))
        assert settled(lambda: not ProcrastinateJob.objects.filter(
            task_name="portal_compare_reports", status__in=["todo", "doing"]).exists())  # fmt: skip
        compare_reports.defer(timestamp=0)
        assert settled(lambda: "mark-gone" in reader.ask(article.url)[2])
        assert settled(lambda: reader.kept(article.url))
    assert failed() == []


def _scheduled(paper: Paper) -> ArticlePage:
    """An article whose hour has come."""
    made = ArticlePage(title="Đến giờ đăng", slug="den-gio", lead="<p>Sapô.</p>", live=False)
    paper.section.add_child(instance=made)
    made.go_live_at = timezone.now() + timedelta(hours=1)
    made.save_revision().publish()
    due = timezone.now() - timedelta(minutes=1)
    waiting = Revision.objects.get(approved_go_live_at__isnull=False)
    waiting.content["go_live_at"] = due.isoformat()
    waiting.approved_go_live_at = due
    waiting.save()
    return made


def _declined(article: ArticlePage) -> Comment:
    """A comment that was declined a hundred days ago."""
    long_ago = timezone.now() - timedelta(days=100)
    made = Comment.objects.create(
        page=article, name="Lê Minh Châu", text="Không hợp.", received_at=long_ago,
        state=State.DECLINED, key_digest="0" * 64,
    )  # fmt: skip
    CommentDecision.objects.create(
        comment=made, headline=article.title, what=What.DECLINED, at=long_ago, by="bientap"
    )
    return made


def test_what_the_clock_brings_is_on_the_pages_that_were_in_memory(
    paper: Paper, reader: Readers, tmp_path: Path
) -> None:
    article = paper.article("Không có số liệu.", slug="truoc")
    waiting, comment, board = _scheduled(paper), _declined(article), lay_boards()
    board.rates_feed, board.contact = True, "banbientap@example.vn"
    board.save()
    for path in ("/", article.url):
        page = reader.ask(path)[2]
        assert reader.kept(path)
        assert "23.300" not in page
        assert "Đến giờ đăng" not in page
    with serving() as feed:
        feed.reply = answering(answers.rates(timezone.now().astimezone(VIETNAM_TIME)))
        forget_comments.defer(timestamp=0)
        with worker(tmp_path, feed.address):
            # What the clock has struck already is done when the worker begins.
            assert settled(lambda: ArticlePage.objects.get(pk=waiting.pk).live)
            assert settled(lambda: "Đến giờ đăng" in reader.ask("/")[2])
            assert settled(lambda: Fetch.objects.filter(outcome=Fetch.Outcome.STORED).exists())
            assert settled(lambda: "23.300" in reader.ask(article.url)[2])
            assert settled(lambda: not Comment.objects.get(pk=comment.pk).kept)
        assert len(feed.asked) == 1
    assert PriceQuote.objects.get(kind__name="USD").sell == 23_390
    assert CommentDecision.objects.filter(comment=comment, what=What.FORGOTTEN).exists()
    assert reader.kept("/") or reader.ask("/")[0].startswith("200")
    assert failed() == []
