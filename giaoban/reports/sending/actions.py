"""Acts on schedules: add, change, end. A clerk or leader in charge of the unit may."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.journal.queries import head
from giaoban.journal.rights import writers_rights
from giaoban.journal.writing import Recorder
from giaoban.people import scope
from giaoban.people.models import Role
from giaoban.periods import PeriodKind, regime_named
from giaoban.reports.defining import definition_named
from giaoban.reports.definitions.definition import Language
from giaoban.reports.rendering.rendition import Form
from giaoban.reports.sending.errors import (
    AddressesMissing,
    AddressUnusable,
    FormMissing,
    MomentUnusable,
    ScheduleEnded,
    ScheduleUnknown,
    TooManyAddresses,
)
from giaoban.reports.sending.models import Schedule
from giaoban.reports.sending.moments import MOST_DAYS_AFTER

SCHEDULES = (Role.CLERK, Role.LEADER)
MOST_ADDRESSES = 50


@dataclass(frozen=True, kw_only=True)
class Sending:
    """What is sent, when, in which forms and language, to whom, and who is told of failures."""

    definition: str
    kind: PeriodKind
    days_after: int
    hour: int
    forms: Sequence[Form]
    recipients: Sequence[str]
    told_of_failures: Sequence[str]
    regime: str = "calendar"
    language: Language = "vi"


def add_schedule(*, unit: int, sending: Sending, by: Recorder) -> int:
    """Đặt lịch gửi báo cáo of a unit; returns the schedule's number.

    The first report to go out is the next one whose moment comes after now. Raises ``OutOfScope``,
    ``AddressesMissing``, ``AddressUnusable``, ``TooManyAddresses``, ``FormMissing``,
    ``MomentUnusable``, ``DefinitionUnknown``, and what the regime refuses (``BadPeriod``).
    """
    with transaction.atomic(), writers_rights():
        scope.require(by.name, [unit], on=by.today, known=head().number, roles=SCHEDULES)
        told = _told(sending)
        made = Schedule.objects.create(
            unit_id=unit, login_name=by.name, since=by.at, changed_at=by.at, **told
        )
        return int(made.pk)


def change_schedule(number: int, *, sending: Sending, by: Recorder) -> None:
    """Sửa lịch gửi: from now on it is as told, in the name of who changed it.

    What was given up is tried again. Raises ``ScheduleUnknown``, ``ScheduleEnded``, and as
    ``add_schedule``.
    """
    with _taken(number, by) as schedule:
        if schedule.ended_at is not None:
            raise ScheduleEnded(n=number, time=schedule.ended_at)
        told = _told(sending)
        Schedule.objects.filter(pk=number).update(login_name=by.name, changed_at=by.at, **told)


def end_schedule(number: int, *, by: Recorder) -> None:
    """Ngừng lịch gửi: nothing goes out by it any more; what it sent stays in the list.

    Raises ``ScheduleUnknown``, ``OutOfScope``. Ending it twice changes nothing.
    """
    with _taken(number, by):
        Schedule.objects.filter(pk=number, ended_at=None).update(ended_at=by.at)


@contextmanager
def _taken(number: int, by: Recorder) -> Iterator[Schedule]:
    """The schedule, held until the transaction ends, for a login in charge of its unit."""
    with transaction.atomic(), writers_rights():
        schedule = Schedule.objects.select_for_update().filter(pk=number).first()
        if schedule is None:
            raise ScheduleUnknown(n=number)
        known = head().number
        scope.require(by.name, [schedule.unit_id], on=by.today, known=known, roles=SCHEDULES)
        yield schedule


def _told(sending: Sending) -> dict[str, Any]:
    """The columns for what is told; refuses what can't be."""
    regime_named(sending.regime).rule_of(sending.kind)
    definition_named(sending.definition)
    if not (0 <= sending.days_after <= MOST_DAYS_AFTER and 0 <= sending.hour <= 23):
        raise MomentUnusable(most=MOST_DAYS_AFTER)
    forms = [form.value for form in Form if form in sending.forms]
    if not forms:
        raise FormMissing(choices=[form.value for form in Form])
    return {
        "definition": sending.definition,
        "kind": sending.kind.value,
        "regime": sending.regime,
        "days_after": sending.days_after,
        "hour": sending.hour,
        "forms": forms,
        "recipients": _addresses(_("Recipients"), sending.recipients),
        "told_of_failures": _addresses(_("Told of failures"), sending.told_of_failures),
        "language": sending.language,
    }


def _addresses(field: str, told: Sequence[str]) -> list[str]:
    """Addresses, each once, in the order told."""
    found = list(dict.fromkeys(address.strip() for address in told if address.strip()))
    if not found:
        raise AddressesMissing(field=field)
    if len(found) > MOST_ADDRESSES:
        raise TooManyAddresses(n=len(found), most=MOST_ADDRESSES)
    for address in found:
        try:
            validate_email(address)
        except ValidationError as refused:
            raise AddressUnusable(address=address) from refused
    return found
