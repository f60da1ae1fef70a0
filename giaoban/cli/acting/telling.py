"""Saying what came of an act: one sentence for people, one object for programs."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from giaoban.cli.acting.affected import print_affected, told_of
from giaoban.cli.acting.performing import Outcome, recorded_at
from giaoban.cli.acting.verbs import Done
from giaoban.journal.kinds import Kind
from giaoban.ledger.rehearsal import Posting
from giaoban.terminal.office import code_of, console, print_json, print_table
from giaoban.vietnamese import format_number


def tell(outcome: Outcome, form: str) -> None:
    """Say what came of one act."""
    (done,) = outcome.done
    if form == "json":
        print_json(_as_object(outcome, done))
    elif outcome.dry_run:
        _print_postings(outcome, done)
    else:
        for sentence in _sentences(outcome, done):
            console().print(sentence)


def _as_object(outcome: Outcome, done: Done) -> dict[str, Any]:
    said: dict[str, Any] = {"number": done.entry, "recorded": outcome.is_new(done)}
    if done.person is not None:
        said["person"] = done.person
    if done.login is not None:
        said["login"] = done.login
    if done.targets:
        said["targets"] = [target._asdict() for target in done.targets]
    if any(done.left):
        said["left"] = done.left._asdict()
    said["entries"] = list(outcome.entries)
    if outcome.dry_run:
        said |= {"recorded": False, "dry_run": True, "legs": _legs(outcome.postings)}
        said["reports"] = [one for one, _figures in told_of(outcome.affected)]
    return said


_TOLD_OF_LEGS = ("entry", "kind", "effective_on", "unit", "account", "person", "name", "quantity")


def _legs(postings: list[Posting]) -> list[dict[str, Any]]:
    """The legs for programs, with the codes of kind and account."""
    return [
        {
            **{name: getattr(posting, name) for name in _TOLD_OF_LEGS},
            "kind": code_of(posting.kind),
            "account": code_of(posting.account) if posting.account is not None else None,
        }
        for posting in postings
    ]


def _sentences(outcome: Outcome, done: Done) -> list[str]:
    said = []
    if done.login is not None:
        said.append(_("Created the login {login}.").format(login=done.login))
    if done.person is not None:
        number = format_number(done.person)
        said.append(_("Member no. {n}.").format(n=number))
    if done.entry is not None and outcome.is_new(done):
        said.append(_("Recorded, no. {n}.").format(n=format_number(done.entry)))
    elif done.entry is not None:
        said.append(_already(done.entry))
    if done.left.papers:
        papers = ", ".join(done.left.papers)
        said.append(_("The name still stands in the titles of: {papers}.").format(papers=papers))
    if done.left.keyed:
        numbers = ", ".join(map(format_number, done.left.keyed))
        said.append(_("The name still stands in the keys of entries: {n}.").format(n=numbers))
    return said


def _already(entry: int) -> str:
    at = timezone.localtime(recorded_at(entry)).strftime("%H:%M %d/%m/%Y")
    said = _("Recorded already at {time}, no. {n}. Nothing was added.")
    return said.format(time=at, n=format_number(entry))


def _print_postings(outcome: Outcome, done: Done) -> None:
    heads = [_("Entry"), _("Kind"), _("Effective on"), _("Unit"), _("Account"), _("Member number"),
             _("Name"), _("Quantity")]  # fmt: skip
    rows = [
        (p.entry, p.kind.label, p.effective_on, p.unit,
         p.account.label if p.account is not None else None, p.person, p.name, p.quantity)
        for p in outcome.postings
    ]  # fmt: skip
    print_table(heads, rows, title=_("Not recorded: what would be recorded"))
    if done.targets:
        print_table([_("Unit"), _("Target before"), _("Target")], done.targets)
    print_affected(outcome.affected)


def tell_batch(outcome: Outcome, form: str) -> None:
    """Say what came of a file of acts."""
    new = sum(outcome.is_new(done) for done in outcome.done)
    if form == "json":
        print_json(_batch_object(outcome, new))
        return
    if outcome.dry_run and outcome.postings:
        rows = [(kind.label, n) for kind, n in _by_kind(outcome)]
        print_table([_("Kind"), _("Rows")], rows, title=_("Not recorded: what would be recorded"))
        print_affected(outcome.affected)
        return
    first, last = outcome.entries.start, outcome.entries.stop - 1
    said = _("Nothing was added.")
    if new:
        said = ngettext(
            "Recorded {n} act, no. {first} to {last}.",
            "Recorded {n} acts, no. {first} to {last}.", new,
        )  # fmt: skip
    numbers = {"n": new, "first": first, "last": last}
    console().print(said.format(**{name: format_number(n) for name, n in numbers.items()}))
    if new < len(outcome.done):
        again = format_number(len(outcome.done) - new)
        console().print(_("Recorded already by an earlier try: {n}.").format(n=again))


def _by_kind(outcome: Outcome) -> list[tuple[Kind, int]]:
    """How many rows of each kind would be recorded."""
    return sorted(Counter(posting.kind for posting in outcome.postings).items())


def _batch_object(outcome: Outcome, new: int) -> dict[str, Any]:
    said: dict[str, Any] = {
        "acts": [
            {"entry": done.entry, "person": done.person, "login": done.login}
            for done in outcome.done
        ],
        "recorded": 0 if outcome.dry_run else new,
        "again": len(outcome.done) - new,
        "entries": len(outcome.entries),
        "dry_run": outcome.dry_run,
    }
    if outcome.dry_run:
        said["rows"] = {code_of(kind): n for kind, n in _by_kind(outcome)}
        said["reports"] = [one for one, _figures in told_of(outcome.affected)]
    return said
