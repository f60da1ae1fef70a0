"""Terms are dated data: what begins under a rule ends by it."""

from __future__ import annotations

from datetime import date

import pytest

from giaoban.periods import RuleUnreadable, TermUnknown, read_terms, term_in_force, terms

RECORD = """
[[term]]
code = "{code}"
title_vi = "Thử việc"
title_en = "Trial"
legal_basis = "Quy chế"
confirmed = true
note_vi = "-"
note_en = "-"
concerns = "probation"
family = "youth"
months = {months}
"""


def test_a_member_of_the_party_is_on_probation_for_twelve_months() -> None:
    term = term_in_force("probation", "party", date(2018, 3, 5))
    assert term.months == 12
    assert term.ends_on(date(2018, 3, 5)) == date(2019, 3, 5)
    assert term.ends_on(date(2020, 2, 29)) == date(2021, 2, 28)


def test_what_no_source_confirms_says_so() -> None:
    assert all(term.confirmed or term.note_vi for term in terms())


def test_a_term_that_is_not_there_is_refused_in_words() -> None:
    with pytest.raises(TermUnknown) as refused:
        term_in_force("probation", "union", date(2018, 3, 5))
    assert "05/03/2018" in str(refused.value)
    assert "union" in refused.value.in_english()


def test_a_wrong_number_of_months_is_named() -> None:
    assert read_terms(RECORD.format(code="a", months=6))[0].months == 6
    with pytest.raises(RuleUnreadable, match="months"):
        read_terms(RECORD.format(code="a", months=0))
    with pytest.raises(RuleUnreadable):
        read_terms(RECORD.format(code="a", months=6) + RECORD.format(code="a", months=7))
