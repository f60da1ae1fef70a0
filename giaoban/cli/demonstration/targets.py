"""Targets for admissions: 250 for 2018, as published; those of other years are invented."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from giaoban.cli.demonstration import facts, papers
from giaoban.cli.demonstration.diary import key, recording_day
from giaoban.cli.demonstration.facts import DISTRICT
from giaoban.cli.demonstration.office import Office
from giaoban.cli.demonstration.story import Story
from giaoban.journal.writing import Recorder
from giaoban.plans.actions import allocate_target, set_targets

ADMITTED = "admitted"  # the indicator that the targets are set for
# The district's targets; 2018 is not among them, it is fact and read from ``allocation.csv``.
DISTRICT_TARGETS = {2017: 240, 2019: 130, 2020: 120, 2021: 120, 2022: 120, 2023: 125, 2024: 120}
COMMUNE_TARGETS_2026 = {
    "XA-THACH-THAT-2025": 20, "XA-HA-BANG-2025": 14, "XA-TAY-PHUONG-2025": 24,
    "XA-HOA-LAC-2025": 14, "XA-YEN-XUAN-2025": 12,
}  # fmt: skip
LAST_KEY = key("chi-tieu", 2026)


def targets_2018() -> dict[str, int]:
    """The 42 targets of 2018: together 250."""
    return {share.unit: share.target for share in facts.allocation()}


def targets_of(year: int) -> dict[str, int]:
    """The targets of another year, in the proportions of 2018."""
    total, whole = DISTRICT_TARGETS[year], sum(targets_2018().values())
    exact = {unit: n * total / whole for unit, n in targets_2018().items()}
    targets = {unit: int(share) for unit, share in exact.items()}
    by_rest = sorted(exact, key=lambda unit: targets[unit] - exact[unit])
    for unit in by_rest[: total - sum(targets.values())]:
        targets[unit] += 1
    return targets


def tell_targets_on(story: Story, day: date) -> None:
    """Tell the targets that are set at the beginning of a year."""
    if day.month == 1 and day.year in DISTRICT_TARGETS:
        tell_targets(story, day.year, targets_of(day.year))


def tell_targets(story: Story, year: int, targets: Mapping[str, int]) -> None:
    """Tell how the district's target for a year is set and handed down to its organisations."""
    basis = papers.target_decision(year)

    def set_district(office: Office, by: Recorder) -> None:
        set_targets(
            {office.unit(DISTRICT): sum(targets.values())}, indicator=ADMITTED, year=year,
            basis=basis, key=key("chi-tieu", year), by=by,
        )  # fmt: skip

    def allocate(office: Office, by: Recorder) -> None:
        allocate_target(
            office.unit(DISTRICT), {office.unit(code): n for code, n in targets.items()},
            indicator=ADMITTED, year=year, basis=basis, key=key("phan-bo", year), by=by,
        )  # fmt: skip

    story.do(recording_day(basis.issued_on), set_district, allocate)


def tell_targets_2026(story: Story) -> None:
    """Tell the last act of all: the city's targets for the five communes of today."""
    basis = papers.target_decision(2026)

    def set_communes(office: Office, by: Recorder) -> None:
        set_targets(
            {office.unit(code): n for code, n in COMMUNE_TARGETS_2026.items()},
            indicator=ADMITTED, year=2026, basis=basis, key=LAST_KEY, by=by,
        )  # fmt: skip

    story.do(max(story.diary.last_day(), recording_day(basis.issued_on)), set_communes)
