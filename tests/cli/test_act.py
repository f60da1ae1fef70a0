"""``giaoban act``: every act can be told, tried, repeated, refused, and told by the file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from django.core.management.base import CommandError

from giaoban.cli.acting import members, words
from giaoban.cli.acting.catalogue import VERBS
from giaoban.journal.models import Entry, Note
from giaoban.journal.queries import AsOf, head
from giaoban.ledger.accounts import Account
from giaoban.ledger.acts import Act
from giaoban.people.models import Login, Person
from giaoban.people.queries import names_of, particulars_of
from giaoban.plans.queries import targets
from giaoban.units.queries import lives, tree_on
from tests.cli.calling import Office, now, place
from tests.reports.issuing_world import issued, with_leader
from tests.world import World

BASIS = ("--basis-number", "15-QĐ/HU", "--basis-on", "10/1/2018", "--basis-issuer", "Huyện ủy")
FOUNDED = ("--on", "1/6/2018", *BASIS)


def names_of_acts(act: type[Act]) -> Iterable[str]:
    """The names of the classes of acts, but for those that only others are made from."""
    for sub in act.__subclasses__():
        yield from names_of_acts(sub)
        if hasattr(sub, "kind"):
            yield sub.__name__


def test_every_act_of_the_ledger_can_be_told() -> None:
    assert {act.__name__ for act in members.ACTS.values()} == set(names_of_acts(Act))


@pytest.mark.parametrize("verb", [*VERBS, "batch"])
def test_every_act_explains_itself(office: Office, verb: str) -> None:
    with pytest.raises(SystemExit) as ended:
        office.say("act", verb, "--help")
    assert ended.value.code == 0
    said = office.capsys.readouterr().out
    assert str(words.ACTS[verb]).split()[0] in said
    if verb in VERBS and verb != "correct":
        assert "--dry-run" in said
        for field in VERBS[verb].fields:
            assert field.option in said, field


def test_a_member_from_admission_to_death(world: World, office: Office) -> None:
    admitted = office.done(
        "admit", "--name", "Nguyễn Thị Minh Khai", "--given", "Minh Khai", "--sex", "female",
        "--born", "1/2/1985", "--unit", "CY1", "--decided-on", "1/3/2018",
        "--ceremony-on", "5/3/2018", *BASIS,
    )  # fmt: skip
    person = admitted["person"]
    assert admitted["recorded"]
    assert admitted["entries"] == [admitted["number"] - 1, admitted["number"]]
    assert place(person) == [("CY1", Account.PROBATIONARY)]
    name = names_of([person], AsOf(date(2018, 3, 5), head().number))[person]
    assert (name.family, name.middle, name.given) == ("Nguyễn", "Thị", "Minh Khai")
    assert particulars_of([person], now())[person].born_on == date(1985, 2, 1)

    office.act("recognise", "--person", person, "--unit", "CY1", "--approved-on", "2019-04-01",
               *BASIS)  # fmt: skip
    assert place(person) == [("CY1", Account.FULL)]
    office.act("transfer", "--person", person, "--unit", "CY1", "--to", "CY2", "--on", "1/5/2019",
               *BASIS)  # fmt: skip
    office.act("give-paper", "--person", person, "--unit", "CY2", "--given-on", "1/6/2019", *BASIS)
    assert place(person) == [("CY2", Account.FULL_IN_TRANSIT)]
    office.act("receive", "--person", person, "--unit", "TX", "--received-on", "9/6/2019")
    office.act("strike-off", "--person", person, "--unit", "TX", "--left-on", "1/7/2019", *BASIS)
    assert place(person) == []
    office.act("restore-member", "--person", person, "--unit", "TX", "--restored-on", "1/8/2019",
               *BASIS)  # fmt: skip
    office.act("expel", "--person", person, "--unit", "TX", "--left-on", "1/9/2019", *BASIS)
    office.act("readmit", "--person", person, "--unit", "TX1", "--decided-on", "1/10/2022",
               "--ceremony-on", "2/10/2022", *BASIS)  # fmt: skip
    office.act("resign", "--person", person, "--unit", "TX1", "--left-on", "1/1/2023", *BASIS)
    office.act("arrive", "--person", person, "--unit", "YB", "--received-on", "1/2/2023", *BASIS)
    office.act("depart", "--person", person, "--unit", "YB", "--left-on", "1/3/2023", *BASIS)
    office.act("adjust", "--person", person, "--unit", "CY", "--found-on", "1/4/2023",
               "--note", "có trong danh sách", *BASIS)  # fmt: skip
    assert place(person) == [("CY", Account.FULL)]
    said = office.act("die", "--person", person, "--unit", "CY", "--left-on", "1/5/2023")
    assert said.strip() == f"Recorded, no. {head().number}."
    assert place(person) == []


def test_a_probationary_member_of_the_first_list(world: World, office: Office) -> None:
    told = office.done(
        "open", "--name", "Trần Văn Bình", "--unit", "CY", "--on", "1/1/2018",
        "--standing", "probationary", "--ceremony-on", "1/10/2017",
    )  # fmt: skip
    assert place(told["person"]) == [("CY", Account.PROBATIONARY)]


def test_ageing_out(world: World, office: Office) -> None:
    office.act("found", "--code", "DTN", "--kind", "youth-base", "--name", "Đoàn xã Cẩm Yên",
               "--parent", "HU", "--on", "15/1/2018", *BASIS)  # fmt: skip
    person = world.member("DTN", on=date(2018, 1, 15))
    office.act("age-out", "--person", person, "--unit", "DTN", "--left-on", "1/2/2018")
    assert place(person) == []


def test_persons(world: World, office: Office) -> None:
    told = office.done("register", "--name", "Lê Văn Tám", "--sex", "male", "--on", "1/1/2018")
    person = told["person"]
    office.act("particulars", "--person", person, "--profession", "university", "--on", "1/6/2018",
               "--note", "bằng mới")  # fmt: skip
    now_known = particulars_of([person], now())[person]
    assert (now_known.sex, now_known.profession) == ("male", "university")
    before = particulars_of([person], AsOf(date(2018, 5, 31), head().number))[person]
    assert before.profession is None
    office.act("rename-person", "--person", person, "--name", "Lê Văn Chín", "--on", "1/7/2018")
    assert str(names_of([person], now())[person]) == "Lê Văn Chín"


def test_an_erasure(committed: World, office: Office) -> None:
    """Nothing of the person can be read any more, and the books verify."""
    told = office.done(
        "admit", "--name", "Đặng Thị Xuyến", "--sex", "female", "--unit", "CY1", "--decided-on",
        "1/3/2018", "--ceremony-on", "5/3/2018", "--note", "con bà Xuyến", *BASIS, "--key", "kn",
    )  # fmt: skip
    person, of = told["person"], ("erase", "--person", "kn")
    assert "[basis_missing]" in office.refused_act(*of)
    assert office.done(*of, *BASIS, "--dry-run")["dry_run"]
    assert str(names_of([person], now())[person]) == "Đặng Thị Xuyến"
    erased = office.done(*of, *BASIS, "--key", "xóa")
    assert (erased["number"], erased["recorded"]) == (told["number"] + 1, True)
    assert names_of([person], now())[person].full is None
    assert particulars_of([person], now())[person].sex is None
    assert Note.objects.get(entry_id=told["number"]).text is None
    assert place(person) == [("CY1", Account.PROBATIONARY)]
    assert office.done(*of, *BASIS, "--key", "xóa")["recorded"] is False
    assert "[already_erased]" in office.refused_act(*of, *BASIS)
    assert "sound" in office.say("verify")


def test_an_erasure_says_where_it_left_the_name(world: World, office: Office) -> None:
    """Titles of papers are no rows of the person's, and a key stays what it was."""
    paper = ("--basis-number", "7-QĐ", "--basis-on", "5/3/2018", "--basis-issuer", "Huyện ủy")
    title = "Quyết định kết nạp đảng viên ĐẶNG THỊ XUYẾN, thôn 1"
    told = office.done(
        "admit", "--name", "Đặng Thị Xuyến", "--unit", "CY1", "--decided-on", "5/3/2018",
        "--ceremony-on", "5/3/2018", *paper, "--basis-title", title, "--key", "dang-thi-xuyen/1",
    )  # fmt: skip
    other = office.done(
        "admit", "--name", "Bùi Thị Xuyến", "--unit", "CY1", "--decided-on", "5/3/2018",
        "--ceremony-on", "5/3/2018", *paper,
    )  # fmt: skip
    said = office.act("erase", "--person", told["person"], *BASIS)
    assert "7-QĐ (05/03/2018)" in said
    assert str(told["number"]) in said
    assert office.done("erase", "--person", other["person"], *BASIS).get("left") is None


def test_units(world: World, office: Office, tmp_path: Path) -> None:
    office.act("found", "--code", "M1", "--kind", "party-base", "--name", "Đảng bộ xã mới",
               "--parent", "HU", "--sector", "commune", "--position", "3", *FOUNDED)  # fmt: skip
    office.act("rename", "--unit", "M1", "--name", "Đảng bộ xã Mới", "--on", "2/6/2018", *BASIS)
    office.act("move", "--unit", "M1", "--parent", "HU2", "--on", "3/6/2018", *BASIS)
    assert lives([world.unit("M1")], now())[world.unit("M1")].name == "Đảng bộ xã Mới"
    assert tree_on(now()).ancestors(world.unit("M1"))[1] == world.unit("HU2")
    office.act("close", "--unit", "M1", "--on", "4/6/2018", *BASIS)
    assert world.unit("M1") not in tree_on(now()).ids

    khai, binh = world.member("TX", "Trần Khai"), world.member("TX", "Trần Bình")
    office.act("merge", "--source", "CY2", "--into", "CY1", "--on", "5/6/2018", *BASIS)
    office.act("merge", "--source", "YB", "--source", "CY", "--code", "HN", "--kind", "party-base",
               "--name", "Xã Hợp Nhất", "--parent", "HU", "--on", "6/6/2018", *BASIS)  # fmt: skip
    assert tree_on(now()).ancestors(world.unit("CY1"))[1] == world.unit("HN")

    new, to, below = tmp_path / "new.csv", tmp_path / "to.csv", tmp_path / "below.csv"
    new.write_text("code,kind,name,parent,sector,position\nTA,party-base,Xã Tân An,HU,commune,1\n")
    to.write_text(f"person,code\n{khai},TA\n{binh},HN\n")
    below.write_text("﻿unit,code\nTX1,TA\n")
    office.act("split", "--unit", "TX", "--new-units", new, "--successor", "HN", "--members", to,
               "--units-below", below, "--on", "7/6/2018", *BASIS)  # fmt: skip
    assert place(khai) == [("TA", Account.FULL)]
    assert place(binh) == [("HN", Account.FULL)]
    assert tree_on(now()).ancestors(world.unit("TX1"))[1] == world.unit("TA")


def test_a_unit_that_stays_after_a_split(world: World, office: Office, tmp_path: Path) -> None:
    new = tmp_path / "new.csv"
    new.write_text("code,kind,name,parent\nCY3,party-cell,Chi bộ thôn 3,CY\n")
    office.act("split", "--unit", "CY1", "--stays", "--new-units", new, *FOUNDED)
    assert {world.unit("CY1"), world.unit("CY3")} <= set(tree_on(now()).ids.tolist())


def test_a_root_is_founded_only_when_said(world: World, office: Office) -> None:
    new = ("found", "--code", "M1", "--kind", "party-central", "--name", "Đảng bộ khác")
    assert "[field_missing]" in office.refused_act(*new, *FOUNDED)
    office.act(*new, "--root", *FOUNDED)
    assert tree_on(now()).ancestors(world.unit("M1")) == [world.unit("M1")]


def test_targets(world: World, office: Office) -> None:
    office.act("target", "--indicator", "admitted", "--year", 2018, "--target", "HU=120",
               "--target", "CY=7", *BASIS)  # fmt: skip
    office.act("allocate", "--unit", "HU", "--indicator", "admitted", "--year", 2018,
               "--share", "TX=30", "--share", "CY=9")  # fmt: skip
    assert targets("admitted", 2018, head().number) == {
        world.unit("HU"): 120, world.unit("CY"): 9, world.unit("TX"): 30,
    }  # fmt: skip
    office.act("target", "--indicator", "admitted", "--year", 2018, "--target", "TX=none")
    assert world.unit("TX") not in targets("admitted", 2018, head().number)
    with pytest.raises(CommandError, match="recognised"):
        office.act("target", "--indicator", "strength", "--year", 2018, "--target", "TX=1")


def test_logins(world: World, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "hanoi" in office.act("login", "hanoi")
    assert not Login.objects.get(username="hanoi").has_usable_password()
    monkeypatch.setattr("sys.stdin", io.StringIO("mật khẩu dài\n"))
    assert office.done("login", "hue", "--password-stdin")["login"] == "hue"
    assert Login.objects.get(username="hue").check_password("mật khẩu dài")
    assert "[login_taken]" in office.refused_act("login", "hue")
    assert "[login_name_refused]" in office.refused_act("login", "hà nội")
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert "[password_missing]" in office.refused_act("login", "vinh", "--password-stdin")

    office.act("appoint", "hanoi", "--unit", "TX", "--role", "clerk", "--on", "1/1/2018")
    office.done("open", "--name", "Vũ An", "--unit", "TX1", "--on", "1/1/2018", login="hanoi")
    office.act("dismiss", "hanoi", "--unit", "TX", "--role", "clerk", "--on", "2/1/2018")
    said = office.refused_act(
        "open", "--name", "Vũ An", "--unit", "TX1", "--on", "1/1/2018", login="hanoi"
    )
    assert "hanoi" in said


def test_reversing_and_correcting(world: World, office: Office) -> None:
    wrong = office.done("admit", "--name", "Hồ Văn Một", "--unit", "CY1", "--decided-on",
                        "1/3/2018", "--ceremony-on", "5/3/2018", *BASIS)  # fmt: skip
    right = office.done(
        "correct", wrong["number"], "--reason", "ghi nhầm chi bộ", "admit", "--person",
        wrong["person"], "--unit", "CY2", "--decided-on", "1/3/2018", "--ceremony-on", "5/3/2018",
        *BASIS,
    )  # fmt: skip
    assert place(wrong["person"]) == [("CY2", Account.PROBATIONARY)]
    assert Entry.objects.get(pk=right["number"] - 1).reverses_id == wrong["number"]
    undone = office.done("reverse", right["number"], "--reason", "quyết định thu hồi")
    assert place(wrong["person"]) == []
    assert Note.objects.get(entry_id=undone["number"]).text == "quyết định thu hồi"
    again = office.refused_act("reverse", right["number"], "--reason", "lần nữa")
    assert "[already_reversed]" in again


def test_a_second_try_is_harmless(world: World, office: Office) -> None:
    told = ("admit", "--name", "Nguyễn Văn An", "--unit", "CY1", "--decided-on", "1/3/2018",
            "--ceremony-on", "5/3/2018", *BASIS, "--key", "kn-1")  # fmt: skip
    first, last = office.done(*told), head()
    second = office.done(*told)
    assert second == {**first, "recorded": False, "entries": []}
    assert head() == last
    assert "Recorded already at" in office.act(*told)
    assert office.done("recognise", "--person", "kn-1", "--unit", "CY1", "--approved-on",
                       "1/4/2019", *BASIS)["recorded"]  # fmt: skip
    assert "[key_names_nobody]" in office.refused_act(
        "die", "--person", "kn-2", "--unit", "CY1", "--left-on", "1/4/2020"
    )


def test_a_second_try_of_acts_on_persons_and_logins(world: World, office: Office) -> None:
    person = office.done("register", "--name", "Lê Văn Tám", "--sex", "male", "--on",
                         "1/1/2018")["person"]  # fmt: skip
    of, on = ("--person", person), ("--on", "1/6/2018")
    charge = ("--unit", "TX", "--role", "clerk", *on)
    told: dict[str, tuple[object, ...]] = {
        "particulars": (*of, "--profession", "university", *on),
        "rename-person": (*of, "--name", "Lê Văn Chín", *on),
        "appoint": (world.stranger, *charge),
        "dismiss": (world.stranger, *charge),
    }
    numbers = {verb: office.done(verb, *said, "--key", verb)["number"]
               for verb, said in told.items()}  # fmt: skip
    # What the words leave out is filled from before the first try, so another act in between
    # does not make it another.
    office.act("particulars", *of, "--sex", "female", *on)
    last = head()
    for verb, said in told.items():
        again = office.done(verb, *said, "--key", verb)
        assert (again["number"], again["recorded"]) == (numbers[verb], False)
        assert "[key_reused]" in office.refused_act(verb, *said[:-1], "2/6/2018", "--key", verb)
    assert head() == last


def test_a_dry_run_names_the_issued_reports_that_it_would_change(
    world: World, office: Office
) -> None:
    issued(with_leader(world))
    late = ("admit", "--unit", "CY1", "--name", "Phí Thị Muộn", "--decided-on", "2018-09-05",
            "--ceremony-on", "2018-09-12", *BASIS, "--dry-run")  # fmt: skip
    said = " ".join(office.act(*late).split())
    assert "Issued report 01-BC/BTC would read otherwise" in said
    assert re.search(r"Members admitted\s+3\s+4", said), said
    [report] = office.done(*late)["reports"]
    assert {"figure": "admitted", "before": "3", "after": "4"} in report["figures"]
    after = [word.replace("2018-09", "2018-10") for word in late]
    assert office.done(*after)["reports"] == []


@pytest.mark.parametrize(
    "told",
    [("target", "--target", "HU=15"), ("target", "--target", "HU=none"),
     ("allocate", "--unit", "HU", "--share", "CY=8")],
)  # fmt: skip
def test_a_dry_run_of_targets_names_the_reports_too(
    world: World, office: Office, told: tuple[str, ...]
) -> None:
    issued(with_leader(world))
    verb, *said = told
    of_year = (verb, "--indicator", "admitted", "--year", "2018", *said, "--dry-run")
    before = head()
    [report] = office.done(*of_year)["reports"]
    before_and_after = {one["figure"]: (one["before"], one["after"]) for one in report["figures"]}
    expected = {"HU=15": ("plan", "10", "15"), "HU=none": ("plan", "10", "–"),
                "CY=8": ("plan/CY", "6", "8")}  # fmt: skip
    figure, *numbers = expected[said[-1]]
    assert list(before_and_after[figure]) == numbers
    assert "Issued report 01-BC/BTC would read otherwise" in " ".join(office.act(*of_year).split())
    after = [word.replace("2018", "2019") for word in of_year]
    assert office.done(*after)["reports"] == []
    assert head() == before


def test_a_dry_run_shows_the_legs_and_records_nothing(world: World, office: Office) -> None:
    person = world.member("CY1")
    last, known = head(), Person.objects.count()
    told = ("transfer", "--person", person, "--unit", "CY1", "--to", "TX1", "--on", "1/2/2018",
            *BASIS, "--dry-run")  # fmt: skip
    tried = office.done(*told)
    legs = [(leg["unit"], leg["account"], leg["quantity"]) for leg in tried["legs"]]
    assert tried["recorded"] is False
    assert legs == [("CY1", "full", -1), ("CY1", "outside", 1), ("TX1", "full", 1),
                    ("TX1", "outside", -1)]  # fmt: skip
    shown = office.act(*told)
    assert "Not recorded" in shown
    assert "Nguyễn Văn An" in shown
    office.act("register", "--name", "Không Ai", "--dry-run")
    office.act("login", "khongai", "--dry-run")
    assert (head(), Person.objects.count()) == (last, known)
    assert not Login.objects.filter(username="khongai").exists()


def test_nobody_is_registered_for_a_refused_act(world: World, office: Office) -> None:
    known = Person.objects.count()
    said = office.refused_act("admit", "--name", "Nguyễn Văn An", "--unit", "CY1", "--decided-on",
                              "1/3/2018", "--ceremony-on", "5/2/2018", *BASIS)  # fmt: skip
    assert "[dates_out_of_order]" in said
    assert Person.objects.count() == known


REFUSALS = {
    "basis_missing": ("rename", "--unit", "CY", "--name", "X", "--on", "1/6/2018",
                      "--basis-number", "1"),
    "unit_unknown": ("rename", "--unit", "KHONG", "--name", "X", *FOUNDED),
    "person_unknown": ("die", "--person", "999999", "--unit", "CY", "--left-on", "1/6/2018"),
    "future_date": ("rename", "--unit", "CY", "--name", "X", "--on", "1/1/2999", *BASIS),
    "code_unknown": ("register", "--name", "Lê An", "--sex", "khác"),
    "entry_unknown": ("reverse", "999999", "--reason", "nhầm"),
}  # fmt: skip


@pytest.mark.parametrize("code", REFUSALS)
def test_refusals_say_why(world: World, office: Office, code: str) -> None:
    assert f"[{code}]" in office.refused_act(*REFUSALS[code])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("die", "--person", "1", "--unit", "CY"), "--left-on"),
        (("die", "--person", "1", "--unit", "CY", "--left-on", "31/2/2018"), "31"),
        (("die", "--person", "1", "--unit", " ", "--left-on", "1/2/2018"), "empty"),
        (("admit", "--person", "1", "--name", "An"), "not allowed with"),
        (("target", "--indicator", "admitted", "--year", "x", "--target", "CY=1"), "whole number"),
        (("target", "--indicator", "admitted", "--year", "2018", "--target", "CY"), "CODE=NUMBER"),
        (("allocate", "--unit", "HU", "--indicator", "admitted", "--year", "2018", "--share",
          "CY=none"), "CODE=NUMBER"),
        (("open", "--person", "1", "--unit", "CY", "--on", "1/1/2018", "--standing", "exists"),
         "probationary"),
        (("split", "--unit", "CY", "--members", "/nowhere.csv", "--on", "1/1/2018"), "/nowhere"),
        (("die", "--person", "1", "--unit", "CY", "--left-on", "1/2/2018", "--destination", "CY"),
         "CODE=CODE"),
        (("sinh",), "invalid choice"),
    ],
)  # fmt: skip
def test_words_that_can_not_be_read(office: Office, words: tuple[str, ...], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        office.say("act", *words)
