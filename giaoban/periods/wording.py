"""How periods and their windows are written, in Vietnamese and in English.

The forms are those of official reports: "quý III năm 2018", "9 tháng đầu năm 2018", and days as
signed text has them (05/9/2018, 05/02/2018), always with the last day that counts and "đến hết
ngày", never with the excluded one. Spaces are plain; binding them is the renderer's work.
"""

from datetime import date, timedelta

from .kinds import PeriodKind

_ROMAN = ("I", "II", "III", "IV")
_ORDINALS = ("first", "second", "third", "fourth")
_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def signed_date(day: date) -> str:
    """A day as signed Vietnamese text writes it: a zero before days under 10 and months 1, 2."""
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"{day.day:02}/{month}/{day.year:04}"


def english_date(day: date) -> str:
    """A day as English prose writes it: 5 September 2018."""
    return f"{day.day} {_MONTH_NAMES[day.month - 1]} {day.year}"


def window_vi(start: date, end: date) -> str:
    """The half-open window [start, end) in Vietnamese: "từ ngày … đến hết ngày …"."""
    last_day = end - timedelta(days=1)
    if start == last_day:
        return f"ngày {signed_date(start)}"
    return f"từ ngày {signed_date(start)} đến hết ngày {signed_date(last_day)}"


def window_en(start: date, end: date) -> str:
    """The half-open window [start, end) in English: "from … to …", both days included."""
    last_day = end - timedelta(days=1)
    if start == last_day:
        return f"on {english_date(start)}"
    return f"from {english_date(start)} to {english_date(last_day)}"


def validity_vi(valid_from: date | None, valid_to: date | None) -> str:
    """The half-open validity [valid_from, valid_to) in Vietnamese; None is an open side."""
    since = f"từ ngày {valid_from:%d/%m/%Y}" if valid_from else ""
    until = f"đến hết ngày {valid_to - timedelta(days=1):%d/%m/%Y}" if valid_to else ""
    return " ".join(filter(None, (since, until))) or "không giới hạn"


def validity_en(valid_from: date | None, valid_to: date | None) -> str:
    """The half-open validity [valid_from, valid_to) in English; None is an open side."""
    since = f"from {valid_from:%d/%m/%Y}" if valid_from else ""
    until = f"to {valid_to - timedelta(days=1):%d/%m/%Y}" if valid_to else ""
    return " ".join(filter(None, (since, until))) or "without limit"


def period_title_vi(kind: PeriodKind, year: int, index: int) -> str:
    """A period's name in Vietnamese, as it stands inside a sentence (small first letter)."""
    match kind:
        case PeriodKind.MONTH:
            return f"tháng {index} năm {year}"
        case PeriodKind.QUARTER:
            return f"quý {_ROMAN[index - 1]} năm {year}"
        case PeriodKind.HALF:
            return f"6 tháng {'đầu' if index == 1 else 'cuối'} năm {year}"
        case PeriodKind.NINE_MONTHS:
            return f"9 tháng đầu năm {year}"
        case PeriodKind.YEAR:
            return f"năm {year}"


def period_title_en(kind: PeriodKind, year: int, index: int) -> str:
    """A period's name in English, as it stands inside a sentence."""
    match kind:
        case PeriodKind.MONTH:
            return f"{_MONTH_NAMES[index - 1]} {year}"
        case PeriodKind.QUARTER:
            return f"{_ORDINALS[index - 1]} quarter of {year}"
        case PeriodKind.HALF:
            return f"{_ORDINALS[index - 1]} half of {year}"
        case PeriodKind.NINE_MONTHS:
            return f"first nine months of {year}"
        case PeriodKind.YEAR:
            return f"{year}"
