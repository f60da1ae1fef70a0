"""Tags and filters of every door's templates: ``{% load written %}``.

Numbers and days are written the Vietnamese way in both languages: an office reads one ledger, and
1.234 must not turn into 1,234 with the language of who looks at it.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import template
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from giaoban.vietnamese import (
    MISSING,
    Number,
    format_date,
    format_number,
    format_published,
    round_half_up,
)

register = template.Library()


@register.filter
def number(value: Number | None, places: int | None = None) -> str:
    """1234567 as 1.234.567; None as "–"; zero is always "0"."""
    return format_number(value, places)


@register.filter
def signed(value: Number | None, places: int | None = None) -> str:
    """A change: 13 as +13, -9 as −9, 0 as 0, None as "–"."""
    written = format_number(value, places)
    return f"+{written}" if value is not None and value > 0 and written.strip("0,") else written


@register.filter
def percent(value: Fraction | Decimal | None, places: int = 1) -> str:
    """A share as 53,6%. A Fraction is a share of one, a Decimal is in per cent already.

    Decimals are what ``vietnamese.percent`` and ``Achievement.percent`` give; other types are
    refused, because 1 could be either.
    """
    if value is None:
        return MISSING
    if not isinstance(value, (Fraction, Decimal)):
        raise TypeError(f"neither a share nor per cent: {value!r}")
    in_hundreds = value * 100 if isinstance(value, Fraction) else value
    return f"{format_number(round_half_up(in_hundreds, places))}%"


@register.filter
def day(value: date | None) -> str:
    """A day as 29/10/2018, an instant by Vietnam's clock; None as "–"."""
    if isinstance(value, datetime):
        return format_published(value).partition(" ")[2]
    return MISSING if value is None else format_date(value)


@register.filter
def moment(value: datetime | None) -> str:
    """An instant as 08:11 29/10/2018, by Vietnam's clock; None as "–"."""
    return MISSING if value is None else format_published(value)


@register.filter
def digest(value: bytes | memoryview | str | None) -> str:
    """A digest short enough for a column, both ends kept: c41d…90be."""
    if not value:
        return MISSING
    written = value if isinstance(value, str) else bytes(value).hex()
    return written if len(written) <= 9 else f"{written[:4]}…{written[-4:]}"


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of ``look/icons.svg``; without a label it is silent, for the word beside it."""
    href = f"{static('look/icons.svg')}#{name}"
    if not label:
        return format_html('<svg class="i" aria-hidden="true"><use href="{}"/></svg>', href)
    drawn = '<svg class="i" role="img" aria-label="{}"><use href="{}"/></svg>'
    return format_html(drawn, label, href)


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The address's query with changes, to put into href: ``{% query sort="-name" %}``.

    None takes a parameter out; a list repeats it. Unless it is given, ``page`` goes: what is
    filtered or sorted anew is read from its beginning.
    """
    params = context["request"].GET.copy()
    for name, value in {"page": None, **changes}.items():
        if value is None:
            params.pop(name, None)
        elif isinstance(value, (list, tuple)):
            params.setlist(name, [str(one) for one in value])
        else:
            params[name] = str(value)
    return f"?{params.urlencode()}"
