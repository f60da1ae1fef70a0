"""What the doors call: one plain function for each act on a member.

Each records one act in one transaction and returns its number in the journal. All take ``person``
and ``unit`` as ids, the recorder ``by`` and what the paper says (``Paper``), and may raise,
beside what they name: ``UnitNotYetOpen``, ``UnitClosed``, ``FutureDate``,
``OutOfScope``, ``BasisMissing``, ``LaterMovement``, ``DestinationNeeded``. Many acts at once:
``recording.record``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypedDict, Unpack

from giaoban.journal.writing import BasisOn, Recorder
from giaoban.ledger.accounts import Account
from giaoban.ledger.joining import (
    Adjustment,
    Admission,
    Arrival,
    Opening,
    Readmission,
    Restoration,
)
from giaoban.ledger.leaving import (
    AgeingOut,
    Death,
    Departure,
    Expulsion,
    Resignation,
    StrikingOff,
)
from giaoban.ledger.recording import record
from giaoban.ledger.staying import Recognition, Transfer, TransferPaper, TransferReceipt


class Paper(TypedDict, total=False):
    """What every act may carry: its basis, a note or reason, an idempotency key, and, for a late
    act, the successor a person went to (split unit → successor)."""

    basis: BasisOn | None
    note: str
    key: str | None
    destinations: Mapping[int, int]


def open_balance(
    *,
    person: int,
    unit: int,
    on: date,
    standing: Account = Account.FULL,
    ceremony_on: date | None = None,
    by: Recorder,
    **paper: Unpack[Paper],
) -> int:
    """Số ban đầu: the person stands in ``unit`` when the office begins its books.

    Raises ``AlreadyMember``.
    """
    act = Opening(
        person=person, unit=unit, on=on, standing=standing, ceremony_on=ceremony_on, **paper
    )
    return record([act], by=by)[0]


def admit_member(
    *,
    person: int,
    unit: int,
    decided_on: date,
    ceremony_on: date,
    by: Recorder,
    **paper: Unpack[Paper],
) -> int:
    """Kết nạp, counted on the day of the ceremony.

    Raises ``AlreadyMember``, ``MemberBefore``, ``DatesOutOfOrder``.
    """
    act = Admission(
        person=person, unit=unit, decided_on=decided_on, ceremony_on=ceremony_on, **paper
    )
    return record([act], by=by)[0]


def readmit_member(
    *,
    person: int,
    unit: int,
    decided_on: date,
    ceremony_on: date,
    by: Recorder,
    **paper: Unpack[Paper],
) -> int:
    """Kết nạp lại somebody who was a member before.

    Raises ``NeverMember``, ``AlreadyMember``.
    """
    act = Readmission(
        person=person, unit=unit, decided_on=decided_on, ceremony_on=ceremony_on, **paper
    )
    return record([act], by=by)[0]


def receive_arrival(
    *,
    person: int,
    unit: int,
    received_on: date,
    standing: Account = Account.FULL,
    ceremony_on: date | None = None,
    by: Recorder,
    **paper: Unpack[Paper],
) -> int:
    """Tiếp nhận from an organisation outside these books; the basis is the transfer paper.

    Raises ``AlreadyMember``.
    """
    act = Arrival(
        person=person,
        unit=unit,
        received_on=received_on,
        standing=standing,
        ceremony_on=ceremony_on,
        **paper,
    )
    return record([act], by=by)[0]


def restore_member(
    *,
    person: int,
    unit: int,
    restored_on: date,
    standing: Account = Account.FULL,
    by: Recorder,
    **paper: Unpack[Paper],
) -> int:
    """Phục hồi đảng tịch.

    Raises ``NeverMember``, ``AlreadyMember``.
    """
    act = Restoration(person=person, unit=unit, restored_on=restored_on, standing=standing, **paper)
    return record([act], by=by)[0]


def adjust_roll(
    *,
    person: int,
    unit: int,
    found_on: date,
    standing: Account = Account.FULL,
    by: Recorder,
    **paper: Unpack[Paper],
) -> int:
    """Điều chỉnh: somebody turns out to stand on the rolls without an act in the books.

    Raises ``AlreadyMember``.
    """
    act = Adjustment(person=person, unit=unit, found_on=found_on, standing=standing, **paper)
    return record([act], by=by)[0]


def record_departure(
    *, person: int, unit: int, left_on: date, by: Recorder, **paper: Unpack[Paper]
) -> int:
    """Chuyển đi to an organisation outside these books; the basis is the transfer paper.

    Raises ``NotAMember``.
    """
    act = Departure(person=person, unit=unit, left_on=left_on, **paper)
    return record([act], by=by)[0]


def record_death(
    *, person: int, unit: int, left_on: date, by: Recorder, **paper: Unpack[Paper]
) -> int:
    """Từ trần.

    Raises ``NotAMember``.
    """
    act = Death(person=person, unit=unit, left_on=left_on, **paper)
    return record([act], by=by)[0]


def expel_member(
    *, person: int, unit: int, left_on: date, by: Recorder, **paper: Unpack[Paper]
) -> int:
    """Khai trừ, of full members only.

    Raises ``NotAMember``, ``OnlyFullMembers``.
    """
    act = Expulsion(person=person, unit=unit, left_on=left_on, **paper)
    return record([act], by=by)[0]


def strike_off_member(
    *, person: int, unit: int, left_on: date, by: Recorder, **paper: Unpack[Paper]
) -> int:
    """Xóa tên khỏi danh sách.

    Raises ``NotAMember``.
    """
    act = StrikingOff(person=person, unit=unit, left_on=left_on, **paper)
    return record([act], by=by)[0]


def accept_resignation(
    *, person: int, unit: int, left_on: date, by: Recorder, **paper: Unpack[Paper]
) -> int:
    """Xin ra khỏi Đảng, accepted by a decision.

    Raises ``NotAMember``.
    """
    act = Resignation(person=person, unit=unit, left_on=left_on, **paper)
    return record([act], by=by)[0]


def record_ageing_out(
    *, person: int, unit: int, left_on: date, by: Recorder, **paper: Unpack[Paper]
) -> int:
    """Trưởng thành Đoàn.

    Raises ``NotAMember``.
    """
    act = AgeingOut(person=person, unit=unit, left_on=left_on, **paper)
    return record([act], by=by)[0]


def recognise_member(
    *,
    person: int,
    unit: int,
    approved_on: date,
    full_on: date | None = None,
    by: Recorder,
    **paper: Unpack[Paper],
) -> int:
    """Công nhận chính thức from the end of the twelve months, or from ``full_on``.

    Before twelve months ``note`` must give the reason.

    Raises ``ProbationTooShort``, ``NotProbationary``, ``NotAMember``.
    """
    act = Recognition(person=person, unit=unit, approved_on=approved_on, full_on=full_on, **paper)
    return record([act], by=by)[0]


def transfer_member(
    *, person: int, unit: int, to: int, on: date, by: Recorder, **paper: Unpack[Paper]
) -> int:
    """Chuyển sinh hoạt nội bộ from ``unit`` to ``to`` in one act.

    Raises ``TransferToSelf``, ``NotAMember``.
    """
    act = Transfer(person=person, unit=unit, to=to, on=on, **paper)
    return record([act], by=by)[0]


def give_transfer_paper(
    *, person: int, unit: int, given_on: date, by: Recorder, **paper: Unpack[Paper]
) -> int:
    """The paper is given; the person counts in ``unit`` until it is received.

    Raises ``AlreadyInTransit``, ``NotAMember``.
    """
    act = TransferPaper(person=person, unit=unit, given_on=given_on, **paper)
    return record([act], by=by)[0]


def receive_transfer(
    *, person: int, unit: int, received_on: date, by: Recorder, **paper: Unpack[Paper]
) -> int:
    """``unit`` receives somebody whose transfer paper is out.

    Raises ``NotInTransit``, ``NotReceivable``, ``TransferToSelf``.
    """
    act = TransferReceipt(person=person, unit=unit, received_on=received_on, **paper)
    return record([act], by=by)[0]
