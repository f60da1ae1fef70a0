"""What befalls a site in time, done to the demonstration: run with ``GIAOBAN_HOME`` at its home.

    python -m tests.browser.mishaps /chinh-tri/bai/

Prints, as JSON, the addresses of what came of it.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime, timedelta
from typing import Any


def close_a_page() -> str:
    """An article gets a password, which was tried too often from this machine in other pages."""
    from giaoban.portal.pages.models import ArticlePage

    page = ArticlePage.objects.live().last()
    page.view_restrictions.create(restriction_type="password", password="Hop kin 2018")
    return str(page.url)


def use_up(limits: list[Any], at: datetime) -> None:
    """As many as are let through have come from this machine, now and in the next stretch."""
    from giaoban.portal.pages.limits import hashed
    from giaoban.portal.pages.models import Tally

    here = hashed("127.0.0.1", at)
    for limit in limits:
        for when in (at, at + timedelta(minutes=limit.minutes)):
            Tally.objects.update_or_create(
                of=f"{limit.name}:{here}", begun_at=limit.begun_at(when),
                defaults={"times": limit.most},
            )  # fmt: skip


def withdraw_and_correct(path: str, at: datetime) -> int:
    """The report that an article cites is withdrawn, and a correction of the article published."""
    from giaoban.cli.demonstration.diary import LEADER
    from giaoban.journal.writing import Recorder
    from giaoban.portal.caching import changed
    from giaoban.portal.living.citing import keys_cited
    from giaoban.portal.living.findable import hear_of_reports
    from giaoban.portal.living.models import CorrectedSentence, Correction
    from giaoban.portal.living.queries import figures_of
    from giaoban.portal.pages.models import ArticlePage
    from giaoban.reports.actions import withdraw_report

    page = next(one for one in ArticlePage.objects.live() if one.url == path)
    figure = next(iter(figures_of(keys_cited(page)).values()))
    made = Correction.objects.create(note="Ghi sổ muộn một trường hợp.", by="duyet-dang", at=at)
    CorrectedSentence.objects.create(
        correction=made, page_id=page.pk, page_title=page.title, figure=figure,
        before=f"Toàn huyện kết nạp {figure.text} đảng viên.",
        after="Toàn huyện kết nạp 135 đảng viên.", text_before=figure.text, text_after="135",
    )  # fmt: skip
    withdraw_report(issue=figure.edition_id, reason="Sai một biểu.", by=Recorder(LEADER, at))
    hear_of_reports()
    changed(f"page:{page.pk}", "corrections")
    return int(page.pk)


def break_a_page(issue: int) -> str:
    """A figure that nothing is said of: its page can't be made."""
    from giaoban.portal.living.models import PublicFigure

    like = PublicFigure.objects.filter(edition=issue).first()
    assert like is not None
    like.pk, like.address, like.slug, like.row = None, "hong", "hong", "x"
    like.line, like.counted, like.whom = 99_999, {}, {}
    like.save(force_insert=True)
    return like.get_absolute_url()


def main(path: str) -> dict[str, str]:
    """All of it; the addresses by what they show."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "giaoban.portal.settings"
    django.setup()
    from django.utils import timezone

    from giaoban.portal.comments.actions import receive_comment
    from giaoban.portal.comments.limits import FROM_HERE
    from giaoban.portal.living.models import CorrectedSentence
    from giaoban.portal.pages.closed import FROM_HERE as PASSWORDS_FROM_HERE
    from giaoban.portal.pages.models import ArticlePage

    at = timezone.now()
    closed = close_a_page()
    article = ArticlePage.objects.get(pk=withdraw_and_correct(path, at))
    key, _comment = receive_comment(
        page=article, name="Lê Minh Châu", text="Bài viết rõ ràng, dễ hiểu.", address="x", at=at
    )
    use_up([FROM_HERE, PASSWORDS_FROM_HERE], at)
    issue = CorrectedSentence.objects.latest("pk").figure.edition_id
    return {
        "closed": closed, "write": f"/y-kien/viet/{article.pk}/",
        "comments": f"/y-kien/bai/{article.pk}/", "mine": f"/y-kien/cua-toi/{key}/",
        "broken": break_a_page(issue),
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1])))
