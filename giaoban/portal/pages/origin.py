"""Forms of pages that are kept for everybody: a token of one reader can't stand in them.

What a browser says of where a form was is asked in its place: other sites can't forge it.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest


def from_here(request: HttpRequest) -> bool:
    """Whether a form was sent from a page of this site, as far as the browser says.

    ``Sec-Fetch-Site`` is sent by every browser of this decade, ``Origin`` by those before; one
    that sends neither is taken for what it says: nothing.
    """
    told = request.headers.get("Sec-Fetch-Site")
    if told is not None:
        return told in ("same-origin", "none")
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(origin).netloc == request.get_host()
