"""Numbers as Vietnamese offices print and type them: 1.234.567,89 and 53,6%.

Dot and comma are the reverse of English, and spreadsheets mix both, so "1.5" is never guessed
at. Rounding is half up, away from zero, on exact values: a figure computed in floats and one
computed by hand must not differ in the last digit.
"""

import math
import re
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache

from .errors import NumberAmbiguous, NumberNotWhole, NumberUnreadable
from .text import clean

Number = int | Decimal | Fraction | float

MINUS_SIGN = "\u2212"  # on pages and paper
HYPHEN_MINUS = "-"  # in CSV, which programs read
MISSING = "–"  # no value, as against the value zero, which is always "0"

_SIGNS = {"": "", "+": "", "-": "-", MINUS_SIGN: "-", MISSING: "-"}
_SIGN = r"(?P<sign>[+\-\u2212\u2013]?)[ ]?"
_PART_SIGNS = {"vi": (r"\.", ","), "en": (",", r"\.")}  # thousands, decimals
_SOME_NUMBER = r"[+\-\u2212\u2013]?[ ]?[0-9]*[.,][0-9.,]*[0-9]"


class NumberStyle(Enum):
    """Which sign parts thousands and which decimals, in a text to be read."""

    VIETNAMESE = "vi"
    ENGLISH = "en"


def exact(value: Number) -> Fraction:
    """Give `value` as an exact fraction; a float stands for its shortest decimal (0.1 → 1/10).

    Raises TypeError for bool and other types, ValueError for NaN and infinities.
    """
    if isinstance(value, bool) or not isinstance(value, (int, Decimal, Fraction, float)):
        raise TypeError(f"not a number: {value!r}")
    if isinstance(value, float):
        value = Decimal(repr(float(value)))
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError(f"not a finite number: {value!r}")
    return Fraction(value)


def round_half_up(value: Number, places: int = 0) -> Decimal:
    """Round to `places` decimals, halves away from zero (2,5 → 3; −2,5 → −3); no negative zero."""
    scaled = exact(value) * 10**places
    whole = math.floor(abs(scaled) + Fraction(1, 2))
    digits = tuple(int(digit) for digit in str(whole))
    return Decimal((int(scaled < 0 and whole > 0), digits, -places))


def format_number(
    value: Number | None,
    places: int | None = None,
    *,
    minus: str = MINUS_SIGN,
    leading_zero: bool = False,
) -> str:
    """Write `value` as 1.234.567,89; None as "–".

    `places` rounds half up; without it the value keeps the decimals it has. `minus` is U+2212
    for readers, a hyphen for CSV. `leading_zero` writes 1 to 9 as 01 to 09, the custom of signed
    reports. Years and document numbers carry no dots: they are not numbers to be written here.
    Raises ValueError for a fraction without end when `places` is not given.
    """
    if value is None:
        return MISSING
    rounded = round_half_up(value, _own_places(value) if places is None else places)
    whole, _, part = f"{rounded.copy_abs():f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    if leading_zero and not part and 0 < int(whole) < 10:
        grouped = "0" + grouped
    return (minus if rounded < 0 else "") + grouped + ("," + part if part else "")


def percent(part: Number | None, whole: Number | None, places: int = 1) -> Decimal | None:
    """Give part / whole in per cent, rounded half up; None when the whole is zero or missing.

    99,96 rounds to 100,0: whether a target is reached is asked of the numbers, never of this.
    """
    if part is None or whole is None or exact(whole) == 0:
        return None
    return round_half_up(exact(part) / exact(whole) * 100, places)


def format_percent(
    part: Number | None,
    whole: Number | None,
    places: int = 1,
    *,
    minus: str = MINUS_SIGN,
    trim: bool = False,
) -> str:
    """Write part / whole as 53,6% (134 of 250); "–" when the whole is zero or missing.

    `trim` drops decimals that are all zero, as prose does: "đạt 100%"; tables keep "100,0%".
    """
    share = percent(part, whole, places)
    if share is not None and trim and share == int(share):
        share = round_half_up(share)
    return format_number(share, minus=minus) + ("" if share is None else "%")


def parse_number(text: str, style: NumberStyle = NumberStyle.VIETNAMESE) -> Decimal:
    """Read a number strictly: dots part thousands in threes, a comma parts decimals.

    "1.234" is a thousand and more. "1.5" and "0.123" raise NumberAmbiguous, because the same
    digits are an English number; only `style` ENGLISH reads them, and then "1,234.5" too.
    Anything else, signs of currency or per cent included, raises NumberUnreadable.
    """
    text = clean(text)
    found = _pattern(style).fullmatch(text)
    if not found:
        dotted = style is NumberStyle.VIETNAMESE and "." in text
        if dotted and re.fullmatch(_SOME_NUMBER, text):
            raise NumberAmbiguous(text=text)
        raise NumberUnreadable(text=text)
    whole = found["whole"].replace(".", "").replace(",", "")
    return Decimal(f"{_SIGNS[found['sign']]}{whole}.{found['part'] or ''}")


def parse_whole(text: str, style: NumberStyle = NumberStyle.VIETNAMESE) -> int:
    """Read a count of people or things; raises NumberNotWhole for decimals, "1,0" too.

    So the English "1,234", which is one and a bit in Vietnamese, never passes for a count.
    """
    number = parse_number(text, style)
    if "," in text if style is NumberStyle.VIETNAMESE else "." in text:
        raise NumberNotWhole(text=clean(text))
    return int(number)


def parse_percent(text: str, style: NumberStyle = NumberStyle.VIETNAMESE) -> Decimal:
    """Read "53,6%" as 53.6; the sign must stand, a space before it may. Errors as parse_number."""
    text = clean(text)
    if not text.endswith("%"):
        raise NumberUnreadable(text=text)
    return parse_number(text.removesuffix("%"), style)


@cache
def _pattern(style: NumberStyle) -> re.Pattern[str]:
    thousands, decimals = _PART_SIGNS[style.value]
    whole = rf"(?P<whole>[0-9]+|[1-9][0-9]{{0,2}}(?:{thousands}[0-9]{{3}})+)"
    return re.compile(rf"{_SIGN}{whole}(?:{decimals}(?P<part>[0-9]+))?")


def _own_places(value: Number) -> int:
    """Count the decimals that write `value` exactly; a Decimal keeps those it was given."""
    if isinstance(value, Decimal) and value.is_finite():
        return max(0, -int(value.as_tuple().exponent))
    fraction = exact(value)
    rest, places = fraction.denominator, 0
    for prime in (2, 5):
        power = 0
        while rest % prime == 0:
            rest, power = rest // prime, power + 1
        places = max(places, power)
    if rest != 1:
        raise ValueError(f"{value!r} has decimals without end: say how many places to write")
    return places
