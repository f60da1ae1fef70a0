"""The district's nine-month report: issued on 5 October 2018 as was known then, and superseded on
the 29th, when three ceremonies recorded late had made 134 of 131."""

from __future__ import annotations

from datetime import date
from functools import partial

from giaoban.cli.demonstration import facts
from giaoban.cli.demonstration.diary import CLERK, LEADER, Deed, key
from giaoban.cli.demonstration.office import Office
from giaoban.cli.demonstration.story import Story
from giaoban.journal.writing import Recorder
from giaoban.periods import Period, regime_named
from giaoban.reports.actions import (
    begin_report,
    check_report,
    hand_in_report,
    issue_report,
    open_register,
)
from giaoban.reports.models import ReportDraft, State

OPENED_ON = date(2018, 1, 2)
FIRST_ISSUED_ON, ISSUED_ANEW_ON = date(2018, 10, 5), date(2018, 10, 29)
DEFINITION, SIGNATORY = "organisation-work", "Nguyễn Văn Minh"
FIRST, ANEW = key("bao-cao-9-thang", 1), key("bao-cao-9-thang", 2)
BECAUSE = "Bổ sung các lễ kết nạp trong tháng 9 ghi sổ muộn và đính chính một ngày ghi nhầm."
RECIPIENTS = (
    "Thường trực Huyện ủy,",
    "Ban Tổ chức Thành ủy,",
    "Các tổ chức cơ sở đảng trực thuộc,",
    "Lưu Ban Tổ chức Huyện ủy.",
)


def tell_reports(story: Story) -> None:
    """Tell the registers, the first report and the one that stands for it."""
    story.diary.tell(OPENED_ON, Deed(_open_registers))
    for day, told, replaced in (
        (FIRST_ISSUED_ON, FIRST, None),
        (ISSUED_ANEW_ON, ANEW, FIRST),
    ):
        story.diary.tell(day, Deed(partial(_draft, day=day, told=told, replaced=replaced)), CLERK)
        story.diary.tell(day, Deed(partial(_issue, told=told)), LEADER)


def _open_registers(office: Office, by: Recorder) -> None:
    for kind, first in (("BC", 45), ("TB", 12)):
        open_register(
            unit=office.unit(facts.DISTRICT), kind=kind, family="party",
            superior="Huyện ủy Thạch Thất", issuer="Ban Tổ chức", symbol="BTCHU",
            place="Thạch Thất", post="Trưởng Ban", recipients=RECIPIENTS, from_on=OPENED_ON,
            first_number=first, key=key("so-van-ban-di", kind), by=by,
        )  # fmt: skip


def _draft(office: Office, by: Recorder, *, day: date, told: str, replaced: str | None) -> None:
    """The clerk's part: the draft is begun and handed in."""
    if _is_issued(told):
        return
    replaces = None
    if replaced is not None:
        replaces = ReportDraft.objects.get(key=replaced).entry_number
    draft = begin_report(
        unit=office.unit(facts.DISTRICT), definition=DEFINITION,
        period=Period.parse("2018-9M", regime=regime_named("calendar")), key=told, by=by,
        dated_on=day, signatory=SIGNATORY, replaces=replaces,
        because=BECAUSE if replaces else "",
    )  # fmt: skip
    hand_in_report(draft=draft, by=by)


def _issue(_office: Office, by: Recorder, *, told: str) -> None:
    """The leader's part: it is read, checked and issued."""
    if _is_issued(told):
        return
    draft = ReportDraft.objects.get(key=told)
    check_report(draft=draft.pk, seen=bytes(draft.content_hash or b"").hex(), by=by)
    issue_report(draft=draft.pk, by=by, key=f"{told}/ban-hanh")


def _is_issued(told: str) -> bool:
    return ReportDraft.objects.filter(key=told, state=State.ISSUED).exists()
