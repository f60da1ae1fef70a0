"""What a public page was made of, and the word that one of these has changed.

A page that is rendered says what it depends on; whoever changes one of these says so inside the
same transaction. PostgreSQL carries the word at commit to every process that serves pages
(``front/``), so a page is served from memory until the very commit that makes it old.

There are two words. ``changed``: from now on nobody reads the page as it was. ``renewed``:
something was added or published anew; who asks while the new page is being made reads the one of
a moment before instead of waiting. In doubt it is ``changed``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from http import HTTPStatus

from django.db import connection
from django.http import HttpRequest, HttpResponse

CHANNEL = "giaoban_portal"
# Begins the word for a key that was renewed; no key begins so.
RENEWED = "+"
# Below these is no page of the site, or none for everybody: files, the editors' screens, forms for
# a password.
NO_PAGES = ("/static/", "/tep/", "/tai-ve/", "/bien-tap/", "/_util/")
# Stand at a request: the keys that its page depends on, and when it grows old by itself.
ATTRIBUTE, UNTIL = "portal_depends", "portal_until"
# Headers between Django and the front alone.
MADE_OF, KEPT_UNTIL = "X-Giaoban-Made-Of", "X-Giaoban-Kept-Until"


def depends(request: HttpRequest, *keys: str) -> None:
    """Note what the page that is being made for a request depends on.

    A page may be kept only if something was noted, and no header says that it may not (as
    Wagtail's do of pages for some readers alone); keys are words such as ``page:12``,
    ``section:5``, ``site``, ``board:prices``, ``comments:12``.
    """
    noted: set[str] = request.__dict__.setdefault(ATTRIBUTE, set())
    noted.update(keys)


def depended(request: HttpRequest) -> frozenset[str]:
    """What was noted for a request."""
    return frozenset(request.__dict__.get(ATTRIBUTE, ()))


def changed(*keys: str) -> None:
    """Tell every server, when this transaction commits, that pages made of ``keys`` are old: none
    of them is shown any more.

    The word for whatever was withdrawn, restricted, corrected, moved or hidden.
    """
    _tell(set(keys))


def renewed(*keys: str) -> None:
    """Tell every server, when this transaction commits, that pages made of ``keys`` are to be made
    anew; while one is being made, for a moment, others may read it as it was.

    The word for what was added or published anew, where nobody is wronged by a page that was right
    a moment ago. What ``changed`` says of the same keys, before or after, is stronger.
    """
    _tell({f"{RENEWED}{key}" for key in keys})


def _tell(words: Collection[str]) -> None:
    """One statement, so that even outside a transaction all words are heard as one."""
    if words:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, unnest(%s::text[]))", [CHANNEL, sorted(words)])


def keep_until(request: HttpRequest, moment: datetime) -> None:
    """Note when a page that is being made grows old by itself: the earliest word counts."""
    before: datetime | None = request.__dict__.get(UNTIL)
    request.__dict__[UNTIL] = moment if before is None else min(before, moment)


class TellFront:
    """The middleware that hands what was noted to the front, in headers that go no further."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        keys = depended(request)
        if keys and response.status_code == HTTPStatus.OK and for_everybody(response):
            response.headers[MADE_OF] = " ".join(sorted(keys))
            if until := request.__dict__.get(UNTIL):
                response.headers[KEPT_UNTIL] = str(until.timestamp())
        return response


def for_everybody(response: HttpResponse) -> bool:
    """Whether an answer is the same for all readers, as far as it says itself."""
    told = response.get("Cache-Control", "")
    return not response.cookies and "no-store" not in told and "private" not in told
