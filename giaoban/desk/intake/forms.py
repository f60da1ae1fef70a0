"""The forms of intake: the file, and which column is what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban import vietnamese
from giaoban.intake.fields import Subject, fields_of
from giaoban.intake.values import told_by
from giaoban.vietnamese import Encoding

COLUMN = "column-{at}"
ENCODINGS = (Encoding.TCVN3, Encoding.VNI, Encoding.VISCII, Encoding.CP1258)


class FileForm(forms.Form):
    """A file and what its rows are."""

    subject = forms.ChoiceField(label=gettext_lazy("What the rows are"), choices=Subject.choices,
                                widget=forms.RadioSelect, initial=Subject.MEMBERS)  # fmt: skip
    file = forms.FileField(
        label=gettext_lazy("File"), help_text=gettext_lazy("xlsx, xls, ods or csv, 50 MB at most"),
        error_messages={"required": gettext_lazy("Choose a file first.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
    )  # fmt: skip

    def clean_file(self) -> Any:
        """Refuse what is larger than any list of an office, before it is read."""
        file = self.cleaned_data["file"]
        if file.size > settings.LARGEST_UPLOAD:
            most = settings.LARGEST_UPLOAD // (1024 * 1024)
            raise forms.ValidationError(
                _("The file is larger than {most} MB. Divide it into several.").format(most=most)
            )
        return file


class MatchForm(forms.Form):
    """Sheet, encoding, the day of the list, and a field for each column."""

    on = forms.CharField(
        label=gettext_lazy("The list is as of"), max_length=20,
        widget=forms.TextInput(attrs={"class": "date", "inputmode": "numeric"}),
        help_text=gettext_lazy("The day on which those on the list stand in their units."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, sheets: Sequence[str], heads: Sequence[str], subject: Subject,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        if len(sheets) > 1:
            self.fields["sheet"] = forms.ChoiceField(
                label=_("Sheet"), choices=[(name, name) for name in sheets]
            )
        as_found = [("", _("as found")), (Encoding.UNICODE, "Unicode")]
        self.fields["encoding"] = forms.ChoiceField(
            label=_("Encoding"), required=False,
            choices=[*as_found, *((one.value, one.value) for one in ENCODINGS)],
        )  # fmt: skip
        choices = [("", _("leave out"))] + [(f.code, f.title) for f in fields_of(subject).values()]
        for at, head in enumerate(heads):
            self.fields[COLUMN.format(at=at)] = forms.ChoiceField(
                label=head or _("column {n}").format(n=at + 1), required=False, choices=choices,
                widget=forms.Select(attrs={"class": "in"}),
            )  # fmt: skip
        self.columns = [COLUMN.format(at=at) for at in range(len(heads))]

    def clean_on(self) -> date:
        """The day as an office types it."""
        try:
            return vietnamese.parse_date(self.cleaned_data["on"])
        except vietnamese.BadText as refused:
            raise forms.ValidationError(told_by(refused)) from refused

    @property
    def match(self) -> dict[int, str]:
        """Which column holds which field."""
        told = self.cleaned_data
        return {at: told[name] for at, name in enumerate(self.columns) if told.get(name)}
