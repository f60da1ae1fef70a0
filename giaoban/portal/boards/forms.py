"""The table in which editors enter prices and weather by hand."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from giaoban.portal.boards.entering import Felt, Priced, check_priced, checked_felt
from giaoban.portal.boards.errors import (
    HumidityFarOff,
    PriceFarOff,
    PriceNotAboveZero,
    PricesCrossed,
    TemperatureFarOff,
)
from giaoban.portal.boards.models import Place, PriceKind, PriceQuote, WeatherReading
from giaoban.vietnamese import BadText, parse_number, parse_whole

# What is written where a value isn't known.
UNKNOWN = frozenset({"-", "–", "—"})
# A line has two values; which of them a refusal speaks of.
SECOND = (HumidityFarOff,)


class _TypedNumber(forms.CharField):
    """A number as Vietnamese offices type it; a dash is None, which an empty field is not."""

    def __init__(self, read: Callable[[str], Any], **kwargs: Any) -> None:
        self._read = read
        super().__init__(
            **kwargs, required=False, max_length=30, strip=True,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        )  # fmt: skip

    def clean(self, value: Any) -> Any:
        """The number; "" where nothing was typed, None for a dash."""
        text = super().clean(value)
        if text == "" or text in UNKNOWN:
            return None if text else ""
        try:
            return self._read(text)
        except BadText as refused:
            vietnamese = (get_language() or "vi").startswith("vi")
            said = str(refused) if vietnamese else refused.in_english()
            raise forms.ValidationError(said, code=refused.code) from refused


class _Line(forms.Form):
    """A line of two values: both are typed, or the line stays as it is."""

    pair: tuple[str, str]
    half = _("Write both, or a dash where there is none.")

    def clean(self) -> dict[str, Any]:
        """Both or neither."""
        data: dict[str, Any] = self.cleaned_data
        first, second = (data.get(name) for name in self.pair)
        if (first == "") != (second == "") and not self.errors:
            self.add_error(self.pair[0] if first == "" else self.pair[1], self.half)
        return data

    @property
    def is_filled(self) -> bool:
        """Whether anything was typed."""
        return any(self.cleaned_data.get(name, "") != "" for name in self.pair)


class PriceLine(_Line):
    """Buy and sell of a kind, in đồng: 36.520.000."""

    buy = _TypedNumber(parse_whole, label=_("buy"))
    sell = _TypedNumber(parse_whole, label=_("sell"))
    pair = ("buy", "sell")

    def __init__(self, data: Any, *, kind: PriceKind, last: PriceQuote | None, far: bool) -> None:
        super().__init__(data, prefix=f"kind-{kind.pk}")
        self.kind, self.last, self.far = kind, last, far
        self.far_off = False

    def clean(self) -> dict[str, Any]:
        """The rules for one line, told beside it."""
        data = super().clean()
        if not self.errors and self.is_filled:
            try:
                check_priced(self.priced(), self.last, far=self.far)
            except (PriceNotAboveZero, PricesCrossed, PriceFarOff) as refused:
                self.far_off = isinstance(refused, PriceFarOff)
                self.add_error("buy", forms.ValidationError(str(refused), code=refused.code))
        return data

    def priced(self) -> Priced:
        """The line as the action takes it."""
        return Priced(self.kind, self.cleaned_data["buy"], self.cleaned_data["sell"])


class WeatherLine(_Line):
    """Temperature (23,4) and humidity (71) of a place."""

    temperature = _TypedNumber(parse_number, label=_("temperature"))
    humidity = _TypedNumber(parse_number, label=_("humidity"))
    pair = ("temperature", "humidity")

    def __init__(self, data: Any, *, place: Place, last: WeatherReading | None) -> None:
        super().__init__(data, prefix=f"place-{place.pk}")
        self.place, self.last = place, last

    def clean(self) -> dict[str, Any]:
        """The rules for one line, told beside it."""
        data = super().clean()
        if not self.errors and self.is_filled:
            try:
                checked_felt(self.felt())
            except (TemperatureFarOff, HumidityFarOff) as refused:
                name = self.pair[isinstance(refused, SECOND)]
                self.add_error(name, forms.ValidationError(str(refused), code=refused.code))
        return data

    def felt(self) -> Felt:
        """The line as the action takes it."""
        warm: Decimal | None = self.cleaned_data["temperature"]
        return Felt(self.place, warm, self.cleaned_data["humidity"])
