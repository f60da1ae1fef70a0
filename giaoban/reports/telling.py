"""What an author says of a draft, checked and as its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypedDict, Unpack

from django.utils.translation import gettext_lazy as _

from giaoban.journal.errors import ReasonMissing
from giaoban.journal.text import check_text
from giaoban.periods import Period
from giaoban.reports.defining import NOTICE, definition_named
from giaoban.reports.definitions.definition import Definition, Language
from giaoban.reports.errors import NoticeBound, NoticeOfNothing, WordsUnasked
from giaoban.reports.issues import require_replaceable
from giaoban.reports.models import NAME_LENGTH, SYMBOL_LENGTH, ReportDraft


class Wording(TypedDict, total=False):
    """How a report is printed.

    ``version`` is the definition's (the newest by default), ``words`` are by the keys that it asks
    for, ``tree`` is the day of the tree to restate by. Empty ``recipients``, ``authority`` and
    ``post`` are the register's. ``replaces`` is the entry of the issue that it stands for from now
    on, and ``because`` says why.
    """

    version: int | None
    tree: date | None
    language: Language
    words: Mapping[str, str]
    signatory: str
    authority: str
    post: str
    dated_on: date | None
    recipients: Sequence[str]
    replaces: int | None
    because: str


class Told(Wording, total=False):
    """All that may be changed about a draft; a missing part keeps what it has."""

    definition: str
    period: Period


def columns_of(draft: ReportDraft, **told: Unpack[Told]) -> dict[str, Any]:
    """The columns of a draft that an author's words change.

    Raises ``DefinitionUnknown``, ``DefinitionVersionUnknown``, ``WordsUnasked``,
    ``ReasonMissing``, ``IssueUnknown``, ``OfAnotherUnit``, ``AlreadyReplaced``, ``TextTooLong``,
    ``NoticeOfNothing``, ``NoticeBound``.
    """
    _check_notice(draft, told)
    columns: dict[str, Any] = {}
    for name in ("language", "signatory", "authority", "post", "dated_on", "replaces", "because"):
        if name in told:
            columns[name] = told[name]
    if "tree" in told:
        columns["tree_on"] = told["tree"]
    if "recipients" in told:
        columns["recipients"] = "\n".join(told["recipients"])
    if "period" in told:
        columns["period"], columns["regime"] = told["period"].code, told["period"].regime.code
    code = told.get("definition", draft.definition)
    if "version" in told or code != draft.definition:
        definition = definition_named(code, told.get("version"))
        columns["definition"], columns["version"] = definition.code, definition.version
    else:
        definition = definition_named(code, draft.version)
    if "words" in told:
        columns["words"] = _asked_for(definition, told["words"])
    _check_texts(columns)
    _check_replacing({**vars(draft), **columns}, draft.unit_id)
    return columns


def _check_notice(draft: ReportDraft, told: Told) -> None:
    """A notice is of one document, and of what that one is of."""
    if draft.corrects is None:
        if told.get("definition", draft.definition) == NOTICE:
            raise NoticeOfNothing
        return
    kept = (draft.definition, draft.period, draft.regime, draft.tree_on)
    period = told.get("period")
    code, regime = (period.code, period.regime.code) if period else (draft.period, draft.regime)
    asked = (told.get("definition", kept[0]), code, regime, told.get("tree", draft.tree_on))
    if asked != kept:
        raise NoticeBound


def _asked_for(definition: Definition, words: Mapping[str, str]) -> dict[str, str]:
    """The office's words by key, as far as anything was typed."""
    asked = definition.own_words()
    for key, said in words.items():
        if key not in asked:
            raise WordsUnasked(word=key, choices=list(asked))
        check_text(asked[key].prompt.vi, said)
    return {key: words[key].strip() for key in asked if words.get(key, "").strip()}


def _check_texts(columns: Mapping[str, Any]) -> None:
    for name, label, most in (
        ("signatory", _("signed by"), NAME_LENGTH),
        ("authority", _("authority"), SYMBOL_LENGTH),
        ("post", _("post"), NAME_LENGTH),
        ("recipients", _("recipients"), None),
        ("because", _("reason"), None),
    ):
        check_text(label, columns.get(name, ""), most)


def _check_replacing(columns: Mapping[str, Any], unit: int) -> None:
    if columns["replaces"] is None:
        return
    require_replaceable(columns["replaces"], unit)
    if not columns["because"].strip():
        raise ReasonMissing
