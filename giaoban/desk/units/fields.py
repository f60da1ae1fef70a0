"""Fields of the forms on units: an organisation by name or code, and codes made from names."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from giaoban import vietnamese
from giaoban.units.queries import UnitLife

LIST = "units-in-sight"  # the list of suggestions, once on the page
MEANT = 5
_CODE_AT_END = re.compile(r"\(([\w-]+)\)\s*$")
_NOT_IN_CODES = re.compile(r"[^A-Z0-9]+")


def written(life: UnitLife) -> str:
    """A unit as a field holds it: its name, and the code that tells it from namesakes."""
    return f"{life.name} ({life.code})"


class UnitField(forms.CharField):
    """A unit in sight, by name or code; its clean value is the ``UnitLife`` or None."""

    def __init__(self, units: dict[int, UnitLife], **more: Any) -> None:
        self.units = units
        attrs = {"list": LIST, "autocomplete": "off", "spellcheck": "false"}
        super().__init__(max_length=330, widget=forms.TextInput(attrs), **more)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        end = _CODE_AT_END.search(text)
        code = (end.group(1) if end else text).lower()
        for life in self.units.values():
            if life.code.lower() == code:
                return life
        return self._by_name(text)

    def _by_name(self, text: str) -> UnitLife:
        wanted = vietnamese.fold(text)
        found = [one for one in self.units.values() if wanted in vietnamese.fold(one.name)]
        exact = [one for one in found if vietnamese.fold(one.name) == wanted]
        if len(exact or found) == 1:
            return (exact or found)[0]
        if not found:
            raise forms.ValidationError(
                _("No organisation in charge has this name or code. Look at the spelling.")
            )
        shown = "; ".join(written(one) for one in found[:MEANT])
        told = _("{n} are meant by this, such as {units}. Write the code of one.")
        raise forms.ValidationError(told.format(n=len(found), units=shown))


def code_from(name: str) -> str:
    """A code made from a name: Chi bộ thôn 1 → CHI-BO-THON-1."""
    return _NOT_IN_CODES.sub("-", vietnamese.fold(name).upper()).strip("-")[:60]
