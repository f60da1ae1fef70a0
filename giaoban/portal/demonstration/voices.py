"""What readers have written below the article: three comments shown, one that waits."""

from __future__ import annotations

from datetime import timedelta

from giaoban.portal.comments.actions import receive_comment, show_comments
from giaoban.portal.comments.models import Comment
from giaoban.portal.demonstration.hands import EDITOR, by
from giaoban.portal.demonstration.reading import data, plain
from giaoban.portal.pages.models import ArticlePage

# In place of the hash of a reader's network.
NOBODY = "minh-hoa"


def hear_readers(article: ArticlePage) -> None:
    """Receive the comments and decide on them, unless it is done already."""
    if Comment.objects.filter(page=article).exists():
        return
    for told in data("site")["comment"]:
        _key, comment = receive_comment(
            page=article, name=told["name"], text=plain(told["text"]), address=NOBODY,
            at=told["at"],
        )  # fmt: skip
        if told["shown"]:
            show_comments(ids=[comment.pk], by=by(EDITOR, told["at"] + timedelta(minutes=9)))
