"""When a form was handed out, signed: nobody reads an article and answers within three seconds.

The pages of the site are the same for everybody and are kept in memory, so a form can't carry
anything of one visit. It says when its page was made; a page is made anew at midnight at the
latest, so two days are enough for whoever began to write before.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer

from giaoban.portal.comments.errors import StampMissing, StampOld, StampYoung

LEAST, MOST = timedelta(seconds=3), timedelta(days=2)
_SALT = "portal.comments.stamp"


def stamp(page_id: int, at: datetime) -> str:
    """The stamp of a form for an article, made at an instant."""
    return Signer(salt=_SALT).sign(f"{page_id}.{int(at.timestamp())}")


def check_stamp(told: str, page_id: int, at: datetime) -> None:
    """Refuse what was sent too soon or with a form of long ago.

    Raises ``StampMissing`` (no stamp of ours for this article), ``StampYoung``, ``StampOld``.
    """
    try:
        of_page, _dot, seconds = Signer(salt=_SALT).unsign(told).partition(".")
    except BadSignature as forged:
        raise StampMissing from forged
    if of_page != str(page_id):
        raise StampMissing
    age = at - datetime.fromtimestamp(int(seconds), at.tzinfo)
    if age < LEAST:
        raise StampYoung
    if age > MOST:
        raise StampOld
