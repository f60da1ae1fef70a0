"""The checks of every floor: silent on sound books, and each names exactly what was damaged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from giaoban.journal import checks as journal_checks
from giaoban.journal.checks import Check
from giaoban.ledger import checks as ledger_checks
from giaoban.ledger.corrections import reverse_entry
from giaoban.people import checks as people_checks
from giaoban.people.actions import NewParticulars, set_particulars
from giaoban.plans import checks as plans_checks
from giaoban.plans.actions import set_targets
from giaoban.units import checks as units_checks
from tests import raw
from tests.journal.everything import happen
from tests.world import World

FLOORS = (units_checks, people_checks, ledger_checks, plans_checks)
CHECKS = [check for floor in FLOORS for check in floor.CHECKS]
EVERY = [*journal_checks.CHECKS, *CHECKS]


def test_every_check_is_in_its_list() -> None:
    for floor in FLOORS:
        here = {
            one for one in vars(floor).values()
            if callable(one) and getattr(one, "__module__", "") == floor.__name__
            and not one.__name__.startswith("_")
        }  # fmt: skip
        assert set(floor.CHECKS) == here


def test_sound_books_have_no_faults(world: World) -> None:
    happen(world)
    reverse_entry(world.admit("TX1", date(2018, 5, 1)), reason="nhầm", by=world.by())
    for check in EVERY:
        finding = check()
        assert finding.faults == [], finding
        assert finding.looked_at > 0, finding


Damaging = tuple[Check, str, str]
# (check that sees it, statements by the owner, what the fault says). {…} are numbers of the world.
CASES: dict[str, Damaging] = {
    "kind that counts no longer": (
        units_checks.reference_data_is_the_package_s,
        "units_unitkind: UPDATE units_unitkind SET grassroots = false WHERE code = 'party-base'",
        "party-base",
    ),
    "kind of another family": (
        units_checks.reference_data_is_the_package_s,
        "units_unitkind: UPDATE units_unitkind SET family_id = 'union' WHERE code = 'party-cell'",
        "party-cell",
    ),
    "sector that is gone": (
        units_checks.reference_data_is_the_package_s,
        "units_sector: DELETE FROM units_sector WHERE code = 'agency'",
        "agency",
    ),
    "unit with another sector": (
        units_checks.identities_match,
        "units_unit: UPDATE units_unit SET sector_id = 'school' WHERE code = 'TX'",
        "TX",
    ),
    "unit without a founding": (
        units_checks.identities_match,
        "units_unit: INSERT INTO units_unit (id, code, kind_id) VALUES (999, 'XX', 'party-cell')",
        "XX",
    ),
    "placement under nobody": (
        units_checks.rows_name_units,
        "units_placement: UPDATE units_placement SET parent_id = 12345 WHERE unit_id = {CY2}",
        "12345",
    ),
    "succession to nobody": (
        units_checks.rows_name_units,
        "units_succession: UPDATE units_succession SET successor_id = 12345",
        "12345",
    ),
    "closed before it was founded": (
        units_checks.lives_in_order,
        "units_closing: UPDATE units_closing SET from_on = '2009-01-01' WHERE unit_id = {CY2}",
        "CY2",
    ),
    "nameless": (
        units_checks.lives_in_order,
        "units_naming: DELETE FROM units_naming WHERE unit_id = {CY2}",
        "CY2",
    ),
    "closed twice": (
        units_checks.lives_in_order,
        "units_closing: INSERT INTO units_closing (entry_id, line, unit_id, from_on)"
        " SELECT entry_id, 9, unit_id, from_on + 1 FROM units_closing WHERE unit_id = {CY2}",
        "2",
    ),
    "cycle": (
        units_checks.trees_stand,
        "units_placement: UPDATE units_placement SET parent_id = {TX1} WHERE unit_id = {TX}",
        "TX1",
    ),
    "dead parent": (
        units_checks.trees_stand,
        "units_closing: UPDATE units_closing SET unit_id = {TX} WHERE unit_id = {CY2}",
        "TX1",
    ),
    "successor that was closed": (
        units_checks.successions_lead_on,
        "units_succession: UPDATE units_succession SET successor_id = {CY2}",
        "units_succession",
    ),
    "person nobody registered": (
        people_checks.persons_are_registered,
        "people_person: INSERT INTO people_person (id) VALUES (999)",
        "999",
    ),
    "registration without a person": (
        people_checks.persons_are_registered,
        "people_registration: INSERT INTO people_registration (entry_id, line, person_id)"
        " VALUES (1, 1, 998)",
        "998",
    ),
    "person without a name": (
        people_checks.persons_have_names,
        "people_personname: DELETE FROM people_personname WHERE person_id = {person}",
        "{person}",
    ),
    "name of nobody": (
        people_checks.rows_name_persons,
        "people_particulars: UPDATE people_particulars SET person_id = 997",
        "997",
    ),
    "search key of another name": (
        people_checks.names_can_be_found,
        "people_namekey: UPDATE people_namekey SET folded = 'x'",
        "people_personname",
    ),
    "sort key of another name": (
        people_checks.names_can_be_found,
        "people_namekey: UPDATE people_namekey SET sort_key = '\\x01'",
        "people_personname",
    ),
    "spelling of another name": (
        people_checks.names_are_in_the_dictionary,
        "people_spelling: UPDATE people_spelling SET lowered = 'x'",
        "Nguyễn",
    ),
    "word of another name": (
        people_checks.names_are_in_the_dictionary,
        "people_nameword: UPDATE people_nameword SET lowered = lowered || 'x'",
        "Nguyễn",
    ),
    "word that leads nowhere": (
        people_checks.names_are_in_the_dictionary,
        "people_wordspelling: UPDATE people_wordspelling SET sort_key = '\\x01'"
        " WHERE (word_id, sort_key) = (SELECT word_id, sort_key FROM people_wordspelling LIMIT 1)",
        "/",
    ),
    "given name of another name": (
        people_checks.names_can_be_found,
        "people_personname: UPDATE people_personname SET given = 'Khác' WHERE salt IS NOT NULL",
        "people_personname",
    ),
    "code there is not": (
        people_checks.particulars_are_coded,
        "people_particulars: UPDATE people_particulars SET sex = 'x'",
        "people_particulars",
    ),
    "appointment of nobody": (
        people_checks.appointments_name_logins_and_units,
        "people_appointment: UPDATE people_appointment SET login_name = 'không ai'"
        " WHERE unit_id = {CY}",
        "không ai",
    ),
    "appointment to nowhere": (
        people_checks.appointments_name_logins_and_units,
        "people_appointment: UPDATE people_appointment SET unit_id = 996 WHERE unit_id = {CY}",
        "996",
    ),
    "role there is not": (
        people_checks.appointments_name_logins_and_units,
        "people_appointment: UPDATE people_appointment SET role = 77 WHERE unit_id = {CY}",
        "77",
    ),
    "legs out of balance": (
        ledger_checks.movements_balance,
        "ledger_leg: UPDATE ledger_leg SET quantity = 2 WHERE entry_id = {admission}"
        " AND account = 0",
        "{admission}",
    ),
    "leg of another day": (
        ledger_checks.legs_follow_their_entry,
        "ledger_leg: UPDATE ledger_leg SET effective_on = '2018-03-04'"
        " WHERE entry_id = {admission} AND line = 2",
        "{admission}/2",
    ),
    "leg of another kind": (
        ledger_checks.legs_follow_their_entry,
        "ledger_leg: UPDATE ledger_leg SET kind = 3 WHERE entry_id = {admission} AND line = 2",
        "{admission}/2",
    ),
    "leg of a reversal that is none": (
        ledger_checks.legs_follow_their_entry,
        "ledger_leg: UPDATE ledger_leg SET reversal = true"
        " WHERE entry_id = {admission} AND line = 2",
        "{admission}/2",
    ),
    "leg of nobody": (
        ledger_checks.legs_name_units_and_persons,
        "ledger_leg: UPDATE ledger_leg SET person_id = 995 WHERE account = 0 AND person_id > 0"
        " AND entry_id = {admission}",
        "{admission}/2",
    ),
    "legal date of nobody": (
        ledger_checks.legs_name_units_and_persons,
        "ledger_legaldate: UPDATE ledger_legaldate SET person_id = 995 WHERE line = 1",
        "{admission}/1",
    ),
    "member twice": (
        ledger_checks.persons_stand_once,
        "ledger_leg: UPDATE ledger_leg SET quantity = quantity * 2 WHERE entry_id = {admission}",
        "{person}",
    ),
    "standing in a closed unit": (
        ledger_checks.nobody_stands_in_a_closed_unit,
        "ledger_leg: UPDATE ledger_leg SET unit_id = {CY2} WHERE unit_id = {TX1} AND person_id > 0",
        "{CY2}",
    ),
    "closed without legs": (
        ledger_checks.lives_agree_with_units,
        "ledger_leg: DELETE FROM ledger_leg WHERE entry_id = {closing}",
        "{CY2}",
    ),
    "legs without a closing": (
        ledger_checks.lives_agree_with_units,
        "units_closing: DELETE FROM units_closing WHERE entry_id = {closing}",
        "{CY2}",
    ),
    "reversal of half": (
        ledger_checks.reversals_mirror,
        "ledger_leg: DELETE FROM ledger_leg WHERE entry_id = {reversal}",
        "{reversal}",
    ),
    "target for nobody": (
        plans_checks.targets_name_units,
        "plans_target: UPDATE plans_target SET unit_id = 994",
        "{target}/1",
    ),
    "target by no indicator": (
        plans_checks.targets_name_units,
        "plans_target: UPDATE plans_target SET indicator = 'strength'",
        "{target}/1",
    ),
    "target of another age": (
        plans_checks.targets_name_units,
        "plans_target: UPDATE plans_target SET year = 18",
        "{target}/1",
    ),
    "target for a unit that was closed": (
        plans_checks.targets_are_for_living_units,
        "plans_target: UPDATE plans_target SET unit_id = {CY2}, year = 2019",
        "{target}/1",
    ),
    "target before the unit was": (
        plans_checks.targets_are_for_living_units,
        "plans_target: UPDATE plans_target SET year = 2009",
        "{target}/1",
    ),
}


@pytest.fixture
def numbers(committed: World) -> dict[str, int]:
    """An eventful world, and the numbers that the cases name."""
    told = happen(committed)
    admission = committed.admit("TX1", date(2018, 5, 1))
    told["reversal"] = reverse_entry(admission, reason="nhầm", by=committed.by())
    codes = ("CY", "CY2", "TX", "TX1")
    [(person,)] = raw.sql("SELECT person_id FROM ledger_leg WHERE entry_id = %s LIMIT 1",
                          told["admission"])  # fmt: skip
    return {**told, **{code: committed.unit(code) for code in codes}, "person": person}


def test_each_damage_is_seen(numbers: dict[str, int]) -> None:
    """Each check sees its own damage, names it, and goes silent when it is made good."""
    for name, (check, statement, told) in CASES.items():
        table, change = statement.format(**numbers).split(": ", 1)
        raw.sql(f"CREATE TABLE kept AS SELECT * FROM {table}", owner=True)
        raw.sql('GRANT SELECT ON kept TO "giaoban_app"', owner=True)
        raw.damage(table, change.replace("%", "%%"))
        found = check().faults
        assert found, name
        assert told.format(**numbers) in " ".join(found), (name, found)
        raw.mend(table, "kept")
        raw.sql("DROP TABLE kept", owner=True)
        assert check().faults == [], name


def test_every_check_has_a_case() -> None:
    seen = {check for check, _statement, _told in CASES.values()}
    assert {*CHECKS} - seen == {plans_checks.allocations}


def test_more_handed_down_than_to_reach_is_a_warning(world: World) -> None:
    told: dict[str, object] = {"indicator": "admitted", "year": 2018, "by": world.by()}
    set_targets({world.unit("CY"): 5, world.unit("CY1"): 3}, **told)  # type: ignore[arg-type]
    assert plans_checks.allocations().warnings == []
    set_targets({world.unit("CY2"): 3}, **told)  # type: ignore[arg-type]
    finding = plans_checks.allocations()
    assert (finding.faults, len(finding.warnings)) == ([], 1)
    assert "Xã Cẩm Yên" in finding.warnings[0]


def test_many_faults_are_cut_short(committed: World) -> None:
    world = committed
    person = world.person()
    for day in range(1, 29):
        set_particulars(person, NewParticulars(sex="male"), on=date(2017, 1, day), by=world.by())
    raw.damage("people_particulars", "UPDATE people_particulars SET sex = 'x'")
    check: Callable[[], journal_checks.Finding] = people_checks.particulars_are_coded
    assert len(check().faults) == journal_checks.FAULTS_SHOWN
