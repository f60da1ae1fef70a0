"""A form that is carried out once: its key goes with it, so a double click is one act."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms


class KeyedForm(forms.Form):
    """A form with the key under which its act is recorded."""

    label_suffix = ""
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        initial = {"key": uuid.uuid4().hex, **(kwargs.pop("initial", None) or {})}
        super().__init__(*args, **{**kwargs, "initial": initial})
