"""Regimes as data: what the package says, what it does not, and slips in an office's own file."""

from datetime import date, timedelta

import pytest

from giaoban.periods import (
    PeriodKind,
    PeriodKindMissing,
    RegimeNotInForce,
    RegimeUnknown,
    RuleUnreadable,
    read_regimes,
    regime_named,
    regimes,
)

from .samples import CALENDAR, DECREE, period

OFFICE_TOML = """
[[regime]]
code = "van-phong"
title_vi = "Quy chế làm việc"
title_en = "Working rules"
legal_basis = "Quy chế số 01-QC/ĐU"
valid_from = 2024-01-01
valid_to = 2025-07-01
confirmed = true
note_vi = "Đã đối chiếu."
note_en = "Checked."
start_day = 11
start_months = 0

[[regime.kinds]]
kind = "month"
legal_basis = "Điều 3"
confirmed = true
"""


def test_the_package_knows_the_calendar_and_the_decree() -> None:
    assert [regime.code for regime in regimes()] == ["calendar", "nd-09-2019"]
    assert regime_named("calendar").follows_calendar
    assert not regime_named("nd-09-2019").follows_calendar
    with pytest.raises(RegimeUnknown, match="calendar, nd-09-2019"):
        regime_named("nd-90-2019")


def test_what_is_inferred_is_not_claimed() -> None:
    assert not DECREE.confirmed
    assert not period("2020-9M", DECREE).confirmed
    assert period("2020-Q1", DECREE).confirmed
    assert "chỉ là suy ra" in DECREE.rule_of(PeriodKind.NINE_MONTHS).note_vi


def test_a_period_belongs_to_the_regime_in_force_on_its_last_day() -> None:
    assert DECREE.valid_from == date(2019, 3, 12)
    assert period("2019-03", DECREE).last_day == date(2019, 3, 14)
    assert period("2019", DECREE).start == date(2018, 12, 15)
    for code in ("2019-02", "2018-9M", "2018"):
        with pytest.raises(RegimeNotInForce):
            period(code, DECREE)


def test_the_refusal_says_since_when_the_regime_holds() -> None:
    with pytest.raises(RegimeNotInForce) as refused:
        period("2018-9M", DECREE)
    assert str(refused.value) == (
        "Kỳ 9 tháng đầu năm 2018 chốt số liệu hết ngày 14/09/2018, ngoài thời gian có hiệu lực "
        "của “Kỳ báo cáo theo Nghị định 09/2019/NĐ-CP” (từ ngày 12/03/2019). "
        "Chọn kỳ khác hoặc chế độ báo cáo khác."
    )


def test_an_office_keeps_its_own_regime_with_an_end() -> None:
    (office,) = read_regimes(OFFICE_TOML)
    assert period("2024-12", office).last_day == date(2025, 1, 10)
    assert office.in_force_on(office.valid_to - timedelta(days=1))
    assert not office.in_force_on(office.valid_to)
    assert office.in_force_on(office.valid_from)
    assert not office.in_force_on(office.valid_from - timedelta(days=1))
    assert office.validity_vi == "từ ngày 01/01/2024 đến hết ngày 30/06/2025"
    assert office.validity_en == "from 01/01/2024 to 30/06/2025"
    with pytest.raises(RegimeNotInForce):
        period("2025-06", office)
    with pytest.raises(PeriodKindMissing, match="kỳ quý"):
        period("2024-Q1", office)


@pytest.mark.parametrize(
    ("right", "wrong", "field"),
    [
        ('title_vi = "Quy chế làm việc"', "", "title_vi"),
        ('title_vi = "Quy chế làm việc"', 'title_vi = " "', "title_vi"),
        ("valid_from = 2024-01-01", "valid_form = 2024-01-01", "valid_form"),
        ("valid_from = 2024-01-01", "valid_from = 2024-01-01T00:00:00", "valid_from"),
        ("valid_from = 2024-01-01", "valid_from = 2025-07-01", "valid_to"),
        ("start_day = 11", "start_day = 29", "start_day"),
        ("start_day = 11", "start_day = true", "start_day"),
        ("start_months = 0", 'start_months = "0"', "start_months"),
        ("confirmed = true\nnote_vi", "note_vi", "confirmed"),
        ('kind = "month"', 'kind = "week"', "kind"),
        ("[[regime.kinds]]", "[[regime.kind]]", "kinds"),
        ("[[regime.kinds]]", "[regime.kinds]", "kinds"),
    ],
)
def test_a_slip_in_a_field_is_named(right: str, wrong: str, field: str) -> None:
    assert right in OFFICE_TOML
    with pytest.raises(RuleUnreadable) as refused:
        read_regimes(OFFICE_TOML.replace(right, wrong, 1))
    assert refused.value.params["field"] == field
    assert "van-phong" in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        OFFICE_TOML + OFFICE_TOML,
        OFFICE_TOML.replace("[[regime", "[[regimes"),
        OFFICE_TOML.replace("[[regime]]", "[regime]"),
        OFFICE_TOML + '\n[[regime.kinds]]\nkind = "month"\nlegal_basis = "x"\nconfirmed = true',
        "regime = ",
    ],
    ids=["same code twice", "unknown section", "one table", "same kind twice", "no TOML"],
)
def test_a_file_that_is_built_wrongly_is_refused(text: str) -> None:
    with pytest.raises(RuleUnreadable):
        read_regimes(text)


def test_a_file_without_regimes_is_empty() -> None:
    assert read_regimes("") == ()


def test_calendar_has_no_bounds() -> None:
    assert CALENDAR.validity_vi == "không giới hạn"
    assert CALENDAR.validity_en == "without limit"
    assert period("1930-02").start == date(1930, 2, 1)
