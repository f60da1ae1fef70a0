"""What a public page was made of, and the word that one of these has changed.

A page that is rendered says what it depends on; whoever changes one of these says so inside the
same transaction. PostgreSQL carries the word at commit to every process that serves pages
(``front.py``), so a page is served from memory until the very commit that makes it old.
"""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest

CHANNEL = "giaoban_portal"
# Stands at a request: the set of keys that its page depends on.
ATTRIBUTE = "portal_depends"


def depends(request: HttpRequest, *keys: str) -> None:
    """Note what the page that is being made for a request depends on.

    A page may be kept only if something was noted; keys are words such as ``page:12``,
    ``section:5``, ``site``, ``board:prices``, ``comments:12``.
    """
    noted: set[str] = request.__dict__.setdefault(ATTRIBUTE, set())
    noted.update(keys)


def depended(request: HttpRequest) -> frozenset[str]:
    """What was noted for a request."""
    return frozenset(request.__dict__.get(ATTRIBUTE, ()))


def changed(*keys: str) -> None:
    """Tell every server, when this transaction commits, that pages made of ``keys`` are old."""
    with connection.cursor() as cursor:
        for key in sorted(set(keys)):
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, key])
