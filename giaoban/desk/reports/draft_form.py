"""What is typed into a draft: the office's own words, the day, who signs, who receives it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban import vietnamese
from giaoban.desk.acts.fields import DayField, LineField
from giaoban.desk.reports.labels import shown_in
from giaoban.journal.errors import RuleBroken
from giaoban.reports.definitions.definition import Definition, Language
from giaoban.reports.models import NAME_LENGTH, SYMBOL_LENGTH, ReportDraft
from giaoban.reports.register import RegisterOn
from giaoban.reports.telling import Told
from giaoban.reports.wording.slots import filled

WORDS = "words-"
# code of a refusal → the field it stands beside.
FIELDS = {
    "reason_missing": "because", "dated_before_known": "dated_on", "dated_before_last": "dated_on",
    "future_date": "dated_on", "nothing_known": "known_on", "register_missing": "dated_on",
}  # fmt: skip


class DraftForm(forms.Form):
    """The fields of a draft. Empty authority, post and recipients are those of the register."""

    label_suffix = ""
    dated_on = DayField(label=gettext_lazy("Date of the document"), required=False)
    signatory = LineField(
        label=gettext_lazy("Signed by"), max_length=NAME_LENGTH, required=False,
        help_text=gettext_lazy("Full name, without titles."),
    )  # fmt: skip
    authority = LineField(
        label=gettext_lazy("Signed on behalf of"), max_length=SYMBOL_LENGTH, required=False
    )
    post = LineField(label=gettext_lazy("Post"), max_length=NAME_LENGTH, required=False)
    recipients = LineField(label=gettext_lazy("Recipients"), rows=4, required=False)
    because = LineField(
        label=gettext_lazy("Why it replaces the issued one"), rows=2, required=False
    )
    known_on = DayField(
        label=gettext_lazy("By the books up to the end of"), required=False,
        help_text=gettext_lazy("For handing in; empty: up to now."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, draft: ReportDraft, definition: Definition,
        register: RegisterOn | None, words: Mapping[str, str], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **{**kwargs, "initial": _initial(draft)})
        language = shown_in()
        for key, part in definition.own_words().items():
            default = filled(part.default.within(_language(draft)), words)
            field = LineField(
                label=part.prompt.within(language), rows=2, required=False, max_length=20_000,
                initial=draft.words.get(key, ""),
                help_text=_("Empty: “{default}”").format(default=default) if default else "",
            )  # fmt: skip
            field.widget.attrs["lang"] = draft.language
            self.fields[f"{WORDS}{key}"] = field
        if register is not None:
            self._show_defaults(register)
        if draft.replaces is None:
            del self.fields["because"]

    def _show_defaults(self, register: RegisterOn) -> None:
        """What the register says stands faintly where nothing is typed."""
        for name, said in (
            ("authority", register.authority), ("post", register.post),
            ("recipients", "\n".join(register.recipients)),
        ):  # fmt: skip
            self.fields[name].widget.attrs["placeholder"] = said

    @property
    def own_words(self) -> list[BoundField]:
        """The fields of the office's own words, in the order in which they are printed."""
        return [self[name] for name in self.fields if name.startswith(WORDS)]

    def told(self) -> Told:
        """The form as the action takes it."""
        said = self.cleaned_data
        told: Told = {
            "dated_on": said["dated_on"],
            "signatory": said["signatory"],
            "authority": said["authority"],
            "post": said["post"],
            "recipients": [line.strip() for line in said["recipients"].splitlines()
                           if line.strip()],
            "words": {name.removeprefix(WORDS): said[name] for name in self.fields
                      if name.startswith(WORDS)},
        }  # fmt: skip
        if "because" in said:
            told["because"] = said["because"]
        return told

    def refuse(self, refused: RuleBroken) -> None:
        """Put a refusal beside its field, where there is one."""
        field = FIELDS.get(refused.code)
        self.add_error(field if field in self.fields else None, str(refused))


def _language(draft: ReportDraft) -> Language:
    return "en" if draft.language == "en" else "vi"


def _initial(draft: ReportDraft) -> dict[str, Any]:
    return {
        "dated_on": vietnamese.format_date(draft.dated_on) if draft.dated_on else "",
        **{name: getattr(draft, name) for name in ("signatory", "authority", "post", "recipients")},
        "because": getattr(draft, "because", ""),
    }
