"""Changes are heard at the commit, not before it and not after a rollback."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from giaoban.portal.caching import KEPT_UNTIL, MADE_OF, TellFront, changed, depends
from giaoban.portal.front.listening import Listener
from giaoban.portal.front.store import Store
from tests.portal.front.test_store import page
from tests.world import World

PATIENCE_SECONDS = 10.0


def until(true: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.01)
    return False


@pytest.fixture
def heard(committed: World) -> Iterator[tuple[Store, Listener]]:
    store = Store()
    listener = Listener(store, connection.get_connection_params)
    listener.start()
    assert until(lambda: listener.hears)
    yield store, listener
    listener.stop()
    assert until(lambda: not listener.hears)


def test_a_commit_drops_the_page_and_no_other(heard: tuple[Store, Listener]) -> None:
    store, _listener = heard
    store.keep("a", page("page:1"), store.begin())
    store.keep("b", page("page:2"), store.begin())
    with transaction.atomic():
        changed("page:1")
        time.sleep(0.2)
        assert store.get("a", 0)  # not committed yet: what readers see is right
    assert until(lambda: store.get("a", 0) is None)
    assert store.get("b", 0)


def test_what_is_rolled_back_changes_nothing(heard: tuple[Store, Listener]) -> None:
    store, _listener = heard
    store.keep("a", page("page:1"), store.begin())
    with transaction.atomic():
        changed("page:1")
        transaction.set_rollback(True)
    changed("page:9")  # heard after whatever came before
    assert until(lambda: store.begin() > 1)
    assert store.get("a", 0)


def test_a_lost_connection_forgets_all_and_comes_back(heard: tuple[Store, Listener]) -> None:
    store, listener = heard
    store.keep("a", page("page:1"), store.begin())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert until(lambda: store.get("a", 0) is None)
    assert until(lambda: listener.hears)
    store.keep("a", page("page:1"), store.begin())
    changed("page:1")
    assert until(lambda: store.get("a", 0) is None)


def test_only_a_whole_page_tells_what_it_is_made_of() -> None:
    def answer(status: int, *keys: str) -> HttpResponse:
        def view(request):
            if keys:
                depends(request, *keys)
            return HttpResponse(status=status)

        return TellFront(view)(RequestFactory().get("/"))

    assert answer(200, "site", "page:1")[MADE_OF] == "page:1 site"
    assert KEPT_UNTIL not in answer(200, "site")
    assert MADE_OF not in answer(200)
    assert MADE_OF not in answer(404, "site")
