"""One act of each sort on reports, so that each of their tables has a row to look at or damage."""

from __future__ import annotations

from datetime import date

from giaoban.periods import Period, PeriodKind, regime_named
from giaoban.reports.actions import (
    begin_report,
    check_report,
    hand_in_report,
    issue_report,
    open_register,
    save_definition,
    withdraw_report,
)
from giaoban.reports.definitions.definition import Definition, Narrative, Said, Section
from giaoban.reports.explaining import sign_off_discrepancy
from giaoban.reports.issues import reprint
from giaoban.reports.rendering.rendition import Form
from giaoban.reports.sending.models import ScheduleRun
from giaoban.reports.signing.storing import store_signature
from tests.reports.authorities import at
from tests.reports.issuing_world import REGISTER
from tests.reports.schedules import Q1, scheduled
from tests.reports.signed import sign
from tests.world import World

# One sentence with one number: what issuing freezes is the same, and quickly made.
SHORT = Definition(
    code="mot-cau", version=1, name=Said("Một câu"), title=Said("Kết nạp {period}"),
    kind=Said("BÁO CÁO"), abbreviation="BC", periods=(PeriodKind.QUARTER,),
    sections=(
        Section(parts=(Narrative(Said("Kết nạp {{ admitted | counted }} trong {{ period }}.")),)),
    ),
)  # fmt: skip
DAY = date(2018, 4, 2)


def happen_to_reports(world: World) -> dict[str, int]:
    """A register, a document issued, signed and withdrawn, a schedule that sent; the numbers of
    their entries by name."""
    unit, numbers = world.unit("CY"), {}
    numbers["register"] = open_register(unit=unit, by=world.by(DAY), **REGISTER)
    save_definition(SHORT, by=world.by())
    period = Period.parse("2018-Q1", regime=regime_named("calendar"))
    draft = begin_report(
        unit=unit, definition=SHORT.code, period=period, key="một", signatory="Nguyễn Văn Ước",
        by=world.by(),
    )  # fmt: skip
    sign_off_discrepancy(
        draft=draft, subject="Số tổ chức", discrepancy="Lệch một", explanation="Thành lập cuối kỳ",
        signed_off_by="Trưởng ban", by=world.by(),
    )  # fmt: skip
    seen = hand_in_report(draft=draft, by=world.by())
    check_report(draft=draft, seen=seen, by=world.by(login=world.colleague))
    entry = numbers["issue"] = issue_report(draft=draft, by=world.by(login=world.colleague))
    pdf = sign(reprint(entry, Form.PDF), at=at(2018, 4, 2, 7))
    numbers["signature"] = store_signature(issue=entry, pdf=pdf, by=world.by())
    numbers["withdrawal"] = withdraw_report(issue=entry, reason="Sai mẫu", by=world.by())
    ScheduleRun.objects.create(
        schedule=scheduled(world), period=Q1.code, at=world.at, by=world.clerk,
        state=ScheduleRun.State.SENT,
    )  # fmt: skip
    return numbers
