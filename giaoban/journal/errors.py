"""Refusals: what a rule forbids, said once in the user's words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from giaoban.vietnamese import VIETNAM_TIME

NAMES_SHOWN = 5
# What there is to choose from is told in full; only names of persons and units are cut short.
CHOICES = frozenset(
    {"kinds", "sectors", "codes", "indicators", "cells", "fields", "choices", "acts"}
)


class RuleBroken(Exception):
    """An act that the rules forbid. Nothing was recorded.

    ``code`` is stable and for machines; ``message`` is translatable and may name the keyword
    arguments in braces. Each rule has its own subclass; each door turns one into its own form of
    refusal, once.
    """

    code: ClassVar[str] = ""
    message: ClassVar[str | Promise] = ""

    position: int | None = None  # the place in a batch, where one was recorded

    def __init__(self, **params: Any) -> None:
        self.params = params
        super().__init__(self.code)

    def __str__(self) -> str:
        return str(self.message).format(**self._shown())

    def as_dict(self) -> dict[str, Any]:
        """The refusal for machines: code, message in the active language, parameters as text."""
        return {"code": self.code, "message": str(self), "params": self._shown()}

    def _shown(self) -> dict[str, str]:
        return {name: _told(name, value) for name, value in self.params.items()}


def _told(name: str, value: Any) -> str:
    if name in CHOICES and isinstance(value, list):
        return ", ".join(value)
    return present(value)


def present(value: Any) -> str:
    """A parameter as an office reads it: dates dd/mm/yyyy, at most five names of a list."""
    if isinstance(value, datetime):
        return value.astimezone(VIETNAM_TIME).strftime("%H:%M %d/%m/%Y")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}".replace(",", ".")
    if isinstance(value, str | Promise) or not isinstance(value, Iterable):
        return str(value)
    names = [present(name) for name in value]
    rest = len(names) - NAMES_SHOWN
    if rest > 0:
        more = ngettext("and {n} more", "and {n} more", rest).format(n=rest)
        return ", ".join(names[:NAMES_SHOWN]) + " " + more
    return ", ".join(names)


class FutureDate(RuleBroken):
    code = "future_date"
    message = _("{date} is in the future. Only acts in force are recorded: record it then.")


class AlreadyReversed(RuleBroken):
    code = "already_reversed"
    message = _("Entry {n} is already reversed by {m}. If that was wrong, record a new movement.")


class ReversalNotReversible(RuleBroken):
    code = "reversal_not_reversible"
    message = _(
        "Entry {n} is itself a reversal and is not reversed. Record the right movement anew."
    )


class EntryUnknown(RuleBroken):
    code = "entry_unknown"
    message = _("The journal has no entry {n}; the last one is {last}.")


class KeyReused(RuleBroken):
    code = "key_reused"
    message = _(
        "The key {key} already belongs to entry {n}, which records something else. "
        "Give this act a key of its own."
    )


class BasisMissing(RuleBroken):
    code = "basis_missing"
    message = _("The basis is missing. Give the decision's number, date and issuer.")


class ReasonMissing(RuleBroken):
    code = "reason_missing"
    message = _("The reason is missing. Write in a few words why this is recorded.")


class BasisTitleDiffers(RuleBroken):
    code = "basis_differs"
    message = _(
        "Document {number} of {issued} is already in the books as “{title}”. "
        "Use that title, or check the number and date."
    )


class TextTooLong(RuleBroken):
    code = "text_too_long"
    message = _("{field}: there is room for {most} letters. Shorten it.")


class TextRefused(RuleBroken):
    code = "text_refused"
    message = _("{field}: character {position} ({codepoint}) is no text. Delete or retype it.")


class ClockAhead(RuleBroken):
    code = "clock_ahead"
    message = _("The clock is ahead of the database's: {time}. Set it right, then record again.")
