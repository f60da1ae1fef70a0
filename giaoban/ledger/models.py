"""The ledger (sổ của đơn vị): legs, and the days of the paper that law keeps apart."""

from __future__ import annotations

from datetime import date
from struct import Struct
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from giaoban.journal import guards
from giaoban.journal.chain import DAY_ZERO
from giaoban.journal.kinds import Kind
from giaoban.journal.models import BookRow
from giaoban.ledger import balance_guard
from giaoban.ledger.accounts import Account
from giaoban.people.models import Person
from giaoban.units.models import Unit

# Written as queries write it (BETWEEN 1 AND 4), so that they may use the indexes.
_ON_THE_ROLLS = models.Q(account__gte=1, account__lte=4)


class Leg(BookRow):
    """One side of a movement: ``quantity`` persons (or the unit itself) in an account of a unit.

    Kind, effective day and whether the entry is a reversal are copied from the entry, so that a
    figure is a sum over this table alone. Every movement sums to zero in every unit it touches.
    """

    binary = True
    of_persons = "account BETWEEN 1 AND 4"
    columns = (
        "unit_id",
        "account",
        "kind",
        "effective_on",
        "person_id",
        "quantity",
        "reversal",
    )

    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    account = models.SmallIntegerField(_("account"), choices=Account.choices)
    kind = models.SmallIntegerField(_("kind"), choices=Kind.choices)
    effective_on = models.DateField(_("effective on"))
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    quantity = models.SmallIntegerField(_("quantity"))
    reversal = models.BooleanField(_("reversal"))

    class Meta:
        verbose_name = _("leg")
        indexes = [
            # Nobody asks for the legs outside the rolls by person or unit, and a day more in the
            # key costs bulk posting more than it saves a report: so these are partial and narrow.
            models.Index(
                fields=["person", "effective_on"], condition=_ON_THE_ROLLS, name="leg_person"
            ),
            models.Index(fields=["unit"], condition=_ON_THE_ROLLS, name="leg_unit"),
            models.Index(
                fields=["unit", "effective_on"],
                condition=models.Q(account=9),
                name="leg_unit_exists",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(quantity=0), name="leg_moves_somebody"),
            models.CheckConstraint(
                condition=models.Q(account__in=[a.value for a in Account]), name="leg_account"
            ),
        ]
        triggers = [*guards.append_only(), balance_guard.TRIGGER]

    def __str__(self) -> str:
        return f"{self.entry_id}/{self.line} {self.quantity:+d}"

    @classmethod
    def encode(cls, values: tuple[Any, ...]) -> str:
        """COPY's text for a leg: the book with the most rows, so written out by hand."""
        unit, account, kind, effective_on, person, quantity, reversal = values
        # One %-format takes half the time of an f-string with an int() for each choice.
        return "%d\t%d\t%d\t%s\t%s\t%d\t%s" % (  # noqa: UP031
            unit, account, kind, _DAYS[effective_on],
            "\\N" if person is None else person, quantity, "t" if reversal else "f",
        )  # fmt: skip

    @classmethod
    def pack(cls, entry: int, line: int, values: tuple[Any, ...]) -> bytes:
        """The same leg as COPY's binary format takes it: a count, then each column's size and
        value."""
        unit, account, kind, effective_on, person, quantity, reversal = values
        day = effective_on.toordinal() - DAY_ZERO
        if person is None:
            return _UNITS_LEG.pack(
                9, 8, entry, 4, line, 8, unit, 2, account, 2, kind, 4, day, -1, 2, quantity,
                1, reversal,
            )  # fmt: skip
        return _PERSONS_LEG.pack(
            9, 8, entry, 4, line, 8, unit, 2, account, 2, kind, 4, day, 8, person, 2, quantity,
            1, reversal,
        )  # fmt: skip


_PERSONS_LEG = Struct("!h iq ii iq ih ih ii iq ih i?")
_UNITS_LEG = Struct("!h iq ii iq ih ih ii i ih i?")


class _Days(dict[date, str]):
    """Days as COPY writes them, each formatted once."""

    def __missing__(self, day: date) -> str:
        self[day] = text = day.isoformat()
        return text


_DAYS = _Days()


class Milestone(models.IntegerChoices):
    """Days that differ in law and are kept apart (domain rules of admission and transfer)."""

    DECISION = 1, _("decision")
    CEREMONY = 2, _("ceremony")
    PROBATION_END = 3, _("end of probation")
    APPROVAL = 4, _("approval of full membership")
    PAPER_GIVEN = 5, _("transfer paper given")
    PAPER_RECEIVED = 6, _("transfer paper received")


class LegalDate(BookRow):
    """A day that a paper gives for a person's act, beside the one the act is counted on."""

    columns = ("person_id", "milestone", "falls_on")

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_constraint=False)
    milestone = models.SmallIntegerField(choices=Milestone.choices)
    falls_on = models.DateField()

    class Meta:
        verbose_name = _("legal date")
        triggers = guards.book()

    def __str__(self) -> str:
        return f"{self.get_milestone_display()} {self.falls_on:%d/%m/%Y}"


def leg(
    unit: int, account: Account, kind: Kind, effective_on: date, person: int | None,
    quantity: int, reversal: bool = False,
) -> tuple[Any, ...]:  # fmt: skip
    """A leg's values in the order of the book's columns."""
    return (unit, account, kind, effective_on, person, quantity, reversal)


class Outcome(models.IntegerChoices):
    """What became of a proposal."""

    WAITING = 0, _("waiting for a decision")
    RECORDED = 1, _("recorded")
    DECLINED = 2, _("declined")


class Proposal(models.Model):
    """An act that a unit proposes. It waits outside the journal until it is decided, once.

    ``told`` is the act as JSON (``verbs.ToldAct``); once the act is recorded, it is emptied: what
    it said of a person stands in the books then, and can be erased there.
    """

    decided_columns = ("told", "outcome", "decided_by", "decided_at", "reason", "entry_number")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    verb = models.CharField(max_length=20)
    told = models.JSONField()
    key = models.CharField(max_length=200, unique=True)
    proposed_by = models.CharField(max_length=150)
    proposed_at = models.DateTimeField()
    outcome = models.SmallIntegerField(choices=Outcome.choices, default=Outcome.WAITING)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    entry_number = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("proposal")
        indexes = [models.Index(fields=["unit", "outcome", "-id"], name="proposal_unit")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome=0, decided_at=None, entry_number=None)
                | models.Q(outcome=1, decided_at__isnull=False, entry_number__isnull=False)
                | models.Q(outcome=2, decided_at__isnull=False, entry_number=None)
                & ~models.Q(reason=""),
                name="proposal_decided_in_full",
            ),
        ]
        triggers = [*guards.decided_once("told", "outcome", "decided_by", "decided_at", "reason",
                                         "entry_number", decided="OLD.outcome <> 0")]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.pk} {self.verb}"
