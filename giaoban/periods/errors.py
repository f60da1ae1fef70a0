"""What can be wrong with a period, a rule or a date that someone asks for.

This floor knows no language setting, so each error carries its message twice, as a template in
Vietnamese and in English, with the values that fill it. The floors above turn it into a refusal
of their own. Voice: what is seen, then what to do; two sentences at most.
"""

from typing import ClassVar


class BadPeriod(ValueError):
    """A period, rule or date that can't be taken; `str()` gives the Vietnamese message."""

    code: ClassVar[str] = "bad_period"
    vi: ClassVar[str] = "Chưa xác định được kỳ báo cáo. Xem lại kỳ và chế độ báo cáo đã chọn."
    en: ClassVar[str] = "The period can't be told. Look at the period and regime chosen."

    def __init__(self, **params: object) -> None:
        """Keep `params`, the named values that fill the templates `vi` and `en`."""
        super().__init__()
        self.params = params

    def __str__(self) -> str:
        return self.vi.format(**self.params)

    def in_english(self) -> str:
        """The English message with its values filled in."""
        return self.en.format(**self.params)


class PeriodCodeUnreadable(BadPeriod):
    """Not a code of a period."""

    code = "period_code_unreadable"
    vi = "“{text}” chưa đúng mã kỳ báo cáo. Ghi như 2018-03, 2018-Q3, 2018-H1, 2018-9M hoặc 2018."
    en = "“{text}” is not the code of a period. Write 2018-03, 2018-Q3, 2018-H1, 2018-9M or 2018."


class PeriodYearOutOfRange(BadPeriod):
    """A year in which no book of this office can lie, mostly a slip of the keyboard."""

    code = "period_year_out_of_range"
    vi = "Năm {year} ngoài khoảng từ {first} đến {last}. Xem lại năm của kỳ báo cáo."
    en = "The year {year} is outside {first} to {last}. Check the year of the period."


class PeriodIndexOutOfRange(BadPeriod):
    """A fifth quarter or a thirteenth month."""

    code = "period_index_out_of_range"
    vi = "Mỗi năm chỉ có {count} {kind_vi}, không có kỳ thứ {index}. Ghi lại số thứ tự của kỳ."
    en = "Periods of the kind “{kind_en}” in a year: {count}, none numbered {index}. Give it again."


class PeriodKindMissing(BadPeriod):
    """A kind of period that the regime says nothing about."""

    code = "period_kind_missing"
    vi = "“{regime_vi}” không có {kind_vi}. Chọn loại kỳ khác hoặc chế độ báo cáo khác."
    en = "“{regime_en}” has no periods of the kind “{kind_en}”. Choose another kind or regime."


class RegimeUnknown(BadPeriod):
    """No regime of this code in the data."""

    code = "regime_unknown"
    vi = "Chưa có chế độ báo cáo mang mã “{regime}”. Chọn một trong các mã: {known}."
    en = "There is no regime “{regime}”. Choose one of: {known}."


class RegimeNotInForce(BadPeriod):
    """A period whose last day, its cut-off, lies outside the regime's validity."""

    code = "regime_not_in_force"
    vi = (
        "Kỳ {period_vi} chốt số liệu hết ngày {last_day:%d/%m/%Y}, ngoài thời gian có hiệu lực của "
        "“{regime_vi}” ({validity_vi}). Chọn kỳ khác hoặc chế độ báo cáo khác."
    )
    en = (
        "“{period_en}” closes on {last_day:%d/%m/%Y}, when “{regime_en}” is not in force "
        "({validity_en}). Choose another period or regime."
    )


class DayWithoutPeriod(BadPeriod):
    """A day of the last quarter, which belongs to no nine months."""

    code = "day_without_period"
    vi = "Ngày {day:%d/%m/%Y} không thuộc {kind_vi} nào. Chọn kỳ quý hoặc kỳ năm."
    en = "{day:%d/%m/%Y} lies in no period of the kind “{kind_en}”. Choose a quarter or the year."


class PartsImpossible(BadPeriod):
    """Parts that would not fill the period exactly, as halves of nine months."""

    code = "parts_impossible"
    vi = "Kỳ {period_vi} không chia trọn thành {kind_vi} được. Chọn loại kỳ ngắn hơn."
    en = "“{period_en}” is not made of whole periods “{kind_en}”. Choose a shorter kind."


class SpanBackwards(BadPeriod):
    """A last day before the first."""

    code = "span_backwards"
    vi = "Ngày cuối {last_day:%d/%m/%Y} trước ngày đầu {start:%d/%m/%Y}. Xem lại hai ngày này."
    en = "The last day {last_day:%d/%m/%Y} precedes the first {start:%d/%m/%Y}. Check both days."


class SpansApart(BadPeriod):
    """Two spans that neither meet nor overlap, so that no one span is made of just their days."""

    code = "spans_apart"
    vi = (
        "Giữa ngày {last_day:%d/%m/%Y} và ngày {start:%d/%m/%Y} còn ngày trống. "
        "Chọn hai khoảng liền nhau."
    )
    en = "Days are missing between {last_day:%d/%m/%Y} and {start:%d/%m/%Y}. Choose adjacent spans."


class RuleUnreadable(BadPeriod):
    """A record in the settings that lacks a field, or holds one of the wrong sort."""

    code = "rule_unreadable"
    vi = "Trong quy định “{record}”, mục “{field}” thiếu hoặc ghi sai. Sửa lại tệp cấu hình."
    en = "In the record “{record}” the field “{field}” is missing or wrong. Mend the settings file."


class TermUnknown(BadPeriod):
    """No term of this sort in force in a family on a day."""

    code = "term_unknown"
    vi = (
        "Chưa có thời hạn “{concerns}” của hệ thống “{family}” có hiệu lực ngày {day:%d/%m/%Y}. "
        "Bổ sung vào tệp cấu hình."
    )
    en = (
        "There is no term “{concerns}” of the family “{family}” in force on {day:%d/%m/%Y}. "
        "Add it to the settings file."
    )


class DueRuleUnknown(BadPeriod):
    """No due rule of this code in the data."""

    code = "due_rule_unknown"
    vi = "Chưa có quy định hạn nộp mang mã “{rule}”. Chọn một trong các mã: {known}."
    en = "There is no due rule “{rule}”. Choose one of: {known}."


class DueRuleNotInForce(BadPeriod):
    """A period whose cut-off lies outside the due rule's validity."""

    code = "due_rule_not_in_force"
    vi = (
        "Kỳ {period_vi} chốt số liệu hết ngày {last_day:%d/%m/%Y}, ngoài thời gian có hiệu lực của "
        "“{rule_vi}” ({validity_vi}). Chọn quy định hạn nộp khác."
    )
    en = (
        "“{period_en}” closes on {last_day:%d/%m/%Y}, when “{rule_en}” is not in force "
        "({validity_en}). Choose another due rule."
    )


class DueDayMissing(BadPeriod):
    """A kind of period for which the due rule sets no day."""

    code = "due_day_missing"
    vi = "“{rule_vi}” chưa có hạn nộp cho kỳ {period_vi}. Ghi hạn này vào quy định của đơn vị."
    en = "“{rule_en}” sets no due day for “{period_en}”. Enter it in the office's own rule."


class OverridesContradict(BadPeriod):
    """One day entered both as a day off and as a working day."""

    code = "overrides_contradict"
    vi = "Ngày {day:%d/%m/%Y} vừa ghi là ngày nghỉ vừa ghi là ngày làm việc. Giữ một trong hai."
    en = "{day:%d/%m/%Y} is entered both as a day off and as a working day. Keep one of them."


class WorkingYearOutOfRange(BadPeriod):
    """A year for which no working days are known."""

    code = "working_year_out_of_range"
    vi = "Chưa có lịch nghỉ lễ của năm {year}. Chọn ngày trong các năm từ {first} đến {last}."
    en = "No holidays are known for the year {year}. Choose a day in the years {first} to {last}."
