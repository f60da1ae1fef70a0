"""Making a report public, and taking it back: acts of a publisher."""

from __future__ import annotations

from django.db import transaction
from wagtail.models import Site

from giaoban.journal.queries import AsOf, head
from giaoban.journal.writing import Recorder
from giaoban.people.models import Login
from giaoban.portal.caching import changed
from giaoban.portal.living.errors import (
    NotAPublisher,
    ReportElsewhere,
    ReportNotPublic,
    ReportWithdrawn,
)
from giaoban.portal.living.findable import let_find
from giaoban.portal.living.keys import FIGURES, REPORTS, report_key
from giaoban.portal.living.models import PublicReport
from giaoban.portal.living.queries import public_issues, stands_for
from giaoban.portal.pages.models import SiteFacts
from giaoban.reports.issues import Issued, issued_by
from giaoban.units.queries import lives, tree_on

PUBLISH, CORRECT = "portal_living.publish_report", "portal_living.correct_article"


def publish_report(*, issue: int, by: Recorder) -> None:
    """Công khai báo cáo: what may be told of an issued report becomes public.

    Its figures can be cited, its public edition is read and downloaded. It is prepared on the
    queue, with the office's rights, and is public from then on; unless small numbers would follow
    from it and another public report (``overlapping``): then it is held back, and public once this
    is said again. Public already, nothing changes.
    Raises ``NotAPublisher``, ``IssueUnknown``, ``ReportElsewhere``, ``ReportWithdrawn``.
    """
    from giaoban.portal.living.tasks import prepare_report  # the queue asks for all apps first

    with transaction.atomic():
        require_right(by, PUBLISH)
        issued = issued_by(issue)
        _require_ours(issued, by)
        if issued.withdrawn_by is not None:
            raise ReportWithdrawn(number=issued.symbol)
        if issue in public_issues():
            return
        PublicReport.objects.create(issue=issue, public=True, by=by.name, at=by.at)
        _say(issue)
        transaction.on_commit(lambda: prepare_report.defer(issue=issue))


def take_back_report(*, issue: int, by: Recorder) -> None:
    """Ngừng công khai: the report's page is gone, and articles show its numbers as words.

    Raises ``NotAPublisher``, ``IssueUnknown``, ``ReportNotPublic``.
    """
    with transaction.atomic():
        require_right(by, PUBLISH)
        issued = issued_by(issue)
        if issue not in public_issues():
            raise ReportNotPublic(number=issued.symbol)
        PublicReport.objects.create(issue=issue, public=False, by=by.name, at=by.at)
        _say(issue)


def require_right(by: Recorder, right: str) -> None:
    """Refuse a login without a right of the portal. Raises ``NotAPublisher``."""
    login = Login.objects.filter(username=by.name, is_active=True).first()
    if login is None or not login.has_perm(right):
        raise NotAPublisher(login=by.name)


def site_unit() -> int | None:
    """The organisation whose site this is."""
    site = Site.objects.filter(is_default_site=True).first()
    return None if site is None else SiteFacts.for_site(site).unit_id


def _require_ours(issued: Issued, by: Recorder) -> None:
    """Only reports of the site's organisation and of what is below it are made public here."""
    unit, known = site_unit(), AsOf(by.today, head().number)
    tree = tree_on(known)
    if unit == issued.unit:
        return
    if unit is None or tree.position(issued.unit) < 0 or unit not in tree.ancestors(issued.unit):
        name = lives([issued.unit], AsOf(issued.issued_on, known.known))[issued.unit].name
        raise ReportElsewhere(number=issued.symbol, unit=name)


def _say(issue: int) -> None:
    let_find(issue)
    say_public(issue)


def say_public(issue: int) -> None:
    """Tell the pages that show a report, or what it stands for, whether it is public by now."""
    changed(REPORTS, FIGURES, report_key(issue), *map(report_key, stands_for(issue)))
