"""The Vietnamese language as an office needs it: text, order, names, numbers, dates, old files.

The lowest floor: plain Python, no Django, no clock, no language setting. Every text that comes
in passes through here once; every number and date that goes out is written here.
"""

from .collation import collation_fingerprint
from .dates import (
    VIETNAM_TIME,
    date_in_words,
    format_date,
    format_published,
    format_signed_date,
    parse_date,
)
from .diacritics import Assessment, lacks_diacritics
from .errors import (
    BadText,
    ControlCharacter,
    DateMonthImpossible,
    DateNotInCalendar,
    DateUnreadable,
    DateYearShort,
    NameCharacter,
    NameEmpty,
    NamePartsMismatch,
    NumberAmbiguous,
    NumberNotWhole,
    NumberTooLarge,
    NumberUnreadable,
    TextUndecodable,
    TextUnencodable,
)
from .legacy.codec import Encoding, decode, encode
from .legacy.detection import Detection, detect
from .names import PersonalName, split_name
from .number_words import STANDARD_READING, Reading, number_in_words, percent_in_words
from .numbers import (
    HYPHEN_MINUS,
    MINUS_SIGN,
    MISSING,
    Number,
    NumberStyle,
    format_number,
    format_percent,
    parse_number,
    parse_percent,
    parse_whole,
    percent,
    round_half_up,
)
from .sorting import NameOrder, initial, name_sort_key, name_sort_keys, sort_key, sort_keys
from .syllables import is_syllable, old_tone_placement
from .text import bind, capitalise_first, clean, fold, nfc

__all__ = [
    "HYPHEN_MINUS",
    "MINUS_SIGN",
    "MISSING",
    "STANDARD_READING",
    "VIETNAM_TIME",
    "Assessment",
    "BadText",
    "ControlCharacter",
    "DateMonthImpossible",
    "DateNotInCalendar",
    "DateUnreadable",
    "DateYearShort",
    "Detection",
    "Encoding",
    "NameCharacter",
    "NameEmpty",
    "NameOrder",
    "NamePartsMismatch",
    "Number",
    "NumberAmbiguous",
    "NumberNotWhole",
    "NumberStyle",
    "NumberTooLarge",
    "NumberUnreadable",
    "PersonalName",
    "Reading",
    "TextUndecodable",
    "TextUnencodable",
    "bind",
    "capitalise_first",
    "clean",
    "collation_fingerprint",
    "date_in_words",
    "decode",
    "detect",
    "encode",
    "fold",
    "format_date",
    "format_number",
    "format_percent",
    "format_published",
    "format_signed_date",
    "initial",
    "is_syllable",
    "lacks_diacritics",
    "name_sort_key",
    "name_sort_keys",
    "nfc",
    "number_in_words",
    "old_tone_placement",
    "parse_date",
    "parse_number",
    "parse_percent",
    "parse_whole",
    "percent",
    "percent_in_words",
    "round_half_up",
    "sort_key",
    "sort_keys",
    "split_name",
]
