"""What can be wrong with a piece of Vietnamese text that someone hands in.

This floor knows no language setting, so each error carries its message twice, as a template
in Vietnamese and in English, with the values that fill it. The floors above turn it into a
refusal of their own. Voice: what is seen, then what to do; two sentences at most.
"""

from typing import ClassVar


class BadText(ValueError):
    """A text that can't be taken as it stands; `str()` gives the Vietnamese message."""

    code: ClassVar[str] = "bad_text"
    vi: ClassVar[str] = "Chưa đọc được nội dung này. Xem lại rồi nhập lại."
    en: ClassVar[str] = "This text can't be read. Look at it again and re-enter it."

    def __init__(self, **params: object) -> None:
        """Keep `params`, the named values that fill the templates `vi` and `en`."""
        super().__init__()
        self.params = params

    def __str__(self) -> str:
        return self.vi.format(**self.params)

    def in_english(self) -> str:
        """The English message with its values filled in."""
        return self.en.format(**self.params)


class ControlCharacter(BadText):
    """A character that no keyboard types: a control code, half a surrogate pair, a lost letter."""

    code = "control_character"
    vi = "Ký tự thứ {position} ({codepoint}) không phải là chữ. Xóa ký tự này hoặc gõ lại."
    en = "Character {position} ({codepoint}) is no text. Delete it or type it again."


class NameEmpty(BadText):
    """No name at all, or a name without a given name."""

    code = "name_empty"
    vi = "Chưa có họ tên. Ghi đầy đủ họ, tên đệm và tên."
    en = "The name is missing. Give family, middle and given name."


class NameCharacter(BadText):
    """A name with a digit or a sign that no name has."""

    code = "name_character"
    vi = "Họ tên “{full}” có ký tự “{character}”. Chỉ ghi chữ; nội dung khác đưa vào ghi chú."
    en = "The name “{full}” contains “{character}”. Keep letters only; put the rest in the note."


class NamePartsMismatch(BadText):
    """The parts, laid one after the other in some order, do not give the full name."""

    code = "name_parts_mismatch"
    vi = "Các phần “{parts}” ghép lại không thành “{full}”. Tách lại họ, tên đệm và tên."
    en = "The parts “{parts}” do not make up “{full}”. Split the name again."


class NumberUnreadable(BadText):
    """Not a number in the style asked for."""

    code = "number_unreadable"
    vi = "“{text}” chưa đúng cách ghi số. Ghi như 1.234.567,89."
    en = "“{text}” is not written as a number. Write it as 1.234.567,89."


class NumberAmbiguous(BadText):
    """A dot that does not part thousands: it may be an English decimal point or a slip."""

    code = "number_ambiguous"
    vi = "Dấu chấm trong “{text}” không phân cách hàng nghìn. Ghi phần thập phân sau dấu phẩy."
    en = "The dot in “{text}” does not part thousands. Write decimals after a comma."


class NumberNotWhole(BadText):
    """A fraction where people or things are counted."""

    code = "number_not_whole"
    vi = "“{text}” có phần thập phân, ở đây cần số nguyên. Hàng nghìn phân cách bằng dấu chấm."
    en = "“{text}” has decimals where a whole number is needed. Part thousands with a dot."


class NumberTooLarge(BadText):
    """A number beyond what is read out in words."""

    code = "number_too_large"
    vi = "Số {number} quá lớn để đọc thành chữ. Ghi bằng chữ số."
    en = "The number {number} is too large to read in words. Write it in figures."


class DateUnreadable(BadText):
    """Not a date in any accepted form."""

    code = "date_unreadable"
    vi = "“{text}” chưa đúng cách ghi ngày. Ghi ngày/tháng/năm, như 29/10/2018."
    en = "“{text}” is not written as a date. Write day/month/year, as in 29/10/2018."


class DateYearShort(BadText):
    """A year of two digits, which may be of either century."""

    code = "date_year_short"
    vi = "Năm trong “{text}” chỉ có hai chữ số. Ghi đủ bốn chữ số."
    en = "The year in “{text}” has two digits only. Write all four."


class DateMonthImpossible(BadText):
    """A month beyond twelve, mostly an American date with the month first."""

    code = "date_month_impossible"
    vi = "“{text}” có tháng {month}, một năm chỉ có 12 tháng. Ghi ngày trước, tháng sau."
    en = "“{text}” has month {month}, and a year has 12. Write the day first, then the month."


class DateNotInCalendar(BadText):
    """A day that its month does not have."""

    code = "date_not_in_calendar"
    vi = "Không có ngày {day}: tháng {month} năm {year} có {days} ngày. Xem lại ngày trên giấy."
    en = "There is no day {day}: month {month} of {year} has {days} days. Compare with the paper."


class TextUndecodable(BadText):
    """Bytes that the encoding named does not have."""

    code = "text_undecodable"
    vi = "Nội dung không theo bảng mã {encoding} (byte thứ {position}). Chọn bảng mã khác."
    en = "The content is not in {encoding} (byte {position}). Choose another encoding."


class TextUnencodable(BadText):
    """A letter that the legacy encoding has no code for."""

    code = "text_unencodable"
    vi = "Bảng mã {encoding} không có chữ “{character}”. Giữ nguyên bảng mã Unicode."
    en = "{encoding} has no code for “{character}”. Keep the text in Unicode."
