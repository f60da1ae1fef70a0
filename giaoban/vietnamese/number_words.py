"""Numbers read out in Vietnamese, for the amounts and counts that documents repeat in words.

Groups of three digits are read one by one; a group that follows another is read in full
("một nghìn không trăm linh năm"), an empty group is passed over. Above a thousand million the
count starts again with tỷ: nghìn tỷ, triệu tỷ, tỷ tỷ.
"""

from decimal import Decimal
from typing import Literal, NamedTuple

from .errors import NumberTooLarge
from .numbers import format_number

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION = 10**9
_LIMIT = 10**27


class Reading(NamedTuple):
    """The choices that differ by region and office: linh or lẻ, tư or bốn, nghìn or ngàn."""

    zero_ten: Literal["linh", "lẻ"] = "linh"
    four: Literal["tư", "bốn"] = "tư"
    thousand: Literal["nghìn", "ngàn"] = "nghìn"


STANDARD_READING = Reading()


def number_in_words(number: int | Decimal, reading: Reading = STANDARD_READING) -> str:
    """Read `number` out, in lower case: 134 → "một trăm ba mươi tư"; 53,6 → "… ba phẩy sáu".

    Decimals are read as a number after their leading zeros ("không phẩy không năm"). Raises
    NumberTooLarge from 10 to the 27th on, ValueError for a Decimal that is not finite.
    """
    value = Decimal(number)
    if not value.is_finite():
        raise ValueError(f"not a finite number: {number!r}")
    if value.copy_abs() >= _LIMIT:
        raise NumberTooLarge(number=format_number(number))
    whole, _, part = f"{value.copy_abs():f}".partition(".")
    words = ["âm"] if value < 0 else []
    words += _whole(int(whole), reading)
    if part:
        words.append("phẩy")
        words += [_DIGITS[0]] * (len(part) - len(part.lstrip("0")))
        words += _whole(int(part), reading) if int(part) else []
    return " ".join(words)


def percent_in_words(number: int | Decimal, reading: Reading = STANDARD_READING) -> str:
    """Read a percentage out: 53,6 → "năm mươi ba phẩy sáu phần trăm". Errors as above."""
    return number_in_words(number, reading) + " phần trăm"


def _whole(number: int, reading: Reading) -> list[str]:
    if number == 0:
        return [_DIGITS[0]]
    billions, number = divmod(number, _BILLION)
    words = [*_whole(billions, reading), "tỷ"] if billions else []
    for size, name in ((10**6, "triệu"), (10**3, reading.thousand), (1, "")):
        group, number = divmod(number, size)
        if group:
            words += _group(group, reading, follows=bool(words))
            words += [name] if name else []
    return words


def _group(group: int, reading: Reading, *, follows: bool) -> list[str]:
    """Read one to three digits; after another group the hundreds are named even when zero."""
    hundreds, rest = divmod(group, 100)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or follows else []
    tens, ones = divmod(rest, 10)
    if tens == 0:
        linked = [reading.zero_ten, _ones(ones, tens, reading)] if words else [_DIGITS[ones]]
        return words + (linked if ones else [])
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    return words + ([_ones(ones, tens, reading)] if ones else [])


def _ones(digit: int, tens: int, reading: Reading) -> str:
    """Name the last digit: mốt and tư after mươi, lăm after mười and mươi, tư after linh."""
    if digit == 1 and tens > 1:
        return "mốt"
    if digit == 4 and tens != 1:
        return reading.four
    if digit == 5 and tens:
        return "lăm"
    return _DIGITS[digit]
