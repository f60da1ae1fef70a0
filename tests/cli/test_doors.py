"""Ordinary words that can't be right are refused in words, never with a traceback."""

from __future__ import annotations

import argparse
import io
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management.base import CommandError

from giaoban.cli import main
from giaoban.cli.acting import reading
from giaoban.journal.queries import head
from tests.cli.calling import Office
from tests.world import World

BASIS = ("--basis-number", "1-QĐ", "--basis-on", "1/1/2018", "--basis-issuer", "Huyện ủy")
TOMORROW = f"{date.today() + timedelta(days=2):%d/%m/%Y}"


def wrong(office: Office, *words: str) -> str:
    """What is said of a wrong call, which ends with 2 on the command line."""
    with pytest.raises(CommandError) as refused:
        office.say(*words)
    return str(refused.value)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("find", "an", "--limit", "-1"), "write a number from 1 to 10.000"),
        (("find", "an", "--limit", "0"), "write a number from 1 to 10.000"),
        (("find", "an", "--limit", "9" * 30), "write a number from 1 to 10.000"),
        (("tree", "--depth", "0"), "write a number from 1 to 99"),
        (("tree", "--depth", "-1"), "write a number from 1 to 99"),
        (("act", "register", "--name", "Lê " + "A" * 300), "This has 303 characters"),
        (("act", "register", "--name", "Lê A", "--key", "k" * 201), "the books hold 193"),
        (("act", "rename", "--unit", "CY", "--name", "x" * 251, "--on", "1/1/2018"), "251"),
        (("act", "found", "--code", "C" * 61, "--kind", "party-cell", "--name", "x", "--parent",
          "CY", "--on", "1/1/2018"), "This has 61 characters"),
        (("act", "target", "--indicator", "admitted", "--year", "2018", "--target",
          "CY=99999999999"), "99999999999 is too large a number"),
        (("act", "reverse", "9" * 40, "--reason", "x"), "is too large a number"),
        (("act", "login", "x" * 151), "This has 151 characters"),
    ],
)  # fmt: skip
def test_what_the_books_can_not_hold(
    world: World, office: Office, words: tuple[str, ...], said: str
) -> None:
    before = head()
    assert said in wrong(office, *words)
    assert head() == before


def test_a_key_of_the_greatest_length_is_held(world: World, office: Office) -> None:
    key = "k" * 193
    who = ("--name", "Lê Văn Dài", "--unit", "CY1", "--on", "1/1/2018")
    done = office.done("open", *who, "--key", key)
    again = office.done("open", *who, "--key", key)
    assert (again["number"], again["recorded"]) == (done["number"], False)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("day_ahead", ("tree", "--on", "31/12/9999")),
        ("day_ahead", ("tree", "--on", TOMORROW)),
        ("day_ahead", ("tree", "--known-on", "31/12/9999")),
        ("day_ahead", ("report", "2018", "--unit", "CY", "--known-on", TOMORROW)),
        ("day_ahead", ("report", "2018", "--unit", "CY", "--tree", TOMORROW)),
        ("period_ahead", ("report", "2150", "--unit", "CY")),
        ("nothing_known", ("tree", "--known-on", "1/1/2000")),
        ("unit_not_in_period", ("breakdown", "2009", "--unit", "CY")),
    ],
)
def test_what_has_not_come_or_was_not_there(
    world: World, office: Office, code: str, words: tuple[str, ...]
) -> None:
    assert f"[{code}]" in office.refused(*words)


def test_one_number_for_a_unit(world: World, office: Office) -> None:
    said = ("target", "--indicator", "admitted", "--year", "2018")
    refused = office.refused_act(*said, "--target", "CY=5", "--target", "CY=7")
    assert "CY is given two numbers" in refused
    shares = ("allocate", "--unit", "CY", "--indicator", "admitted", "--year", "2018")
    assert "[unit_twice]" in office.refused_act(*shares, "--share", "CY1=5", "--share", "CY1=5")


def test_a_dry_run_tells_the_targets(world: World, office: Office) -> None:
    said = ("target", "--indicator", "admitted", "--year", "2018", *BASIS)
    office.act(*said, "--target", "CY=5")
    before = head()
    text = office.act(*said, "--target", "CY=7", "--target", "TX=4", "--dry-run")
    [cy] = [line.split() for line in text.splitlines() if line.split()[:1] == ["CY"]]
    [tx] = [line.split() for line in text.splitlines() if line.split()[:1] == ["TX"]]
    assert (cy, tx) == (["CY", "5", "7"], ["TX", "–", "4"])
    told = office.done(*said, "--target", "CY=none", "--dry-run")
    assert told["targets"] == [{"unit": "CY", "before": 5, "value": None}]
    assert head() == before


# Files of acts


def batch(office: Office, tmp_path: Path, text: str, *words: str) -> str:
    file = tmp_path / "acts.jsonl"
    file.write_text(text, encoding="utf-8")
    return office.refused_act("batch", str(file), *words)


REGISTER = '{"act": "register", "name": "Lê Văn An"'


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (REGISTER + ', "key": "a\\u0000b"}', "key: Character 2 (U+0000) is no text"),
        (REGISTER + ', "key": "\\ud800"}', "key: Character 1 (U+D800) is no text"),
        ("[" * 100_000, "This is no JSON object: [[["),
        ('{"act": oops}', "it can't be read from character 9 on"),
        ('{"act": "register", "n": ' + "9" * 5000 + "}", "This is no JSON object"),
    ],
    ids=["nul", "half a pair", "brackets", "no JSON", "digits"],
)
def test_lines_that_are_no_acts(
    world: World, office: Office, tmp_path: Path, line: str, said: str
) -> None:
    refused = batch(office, tmp_path, REGISTER + "}\n" + line)
    assert refused.startswith("Line 2: ")
    assert said in refused


def test_a_note_keeps_its_lines(world: World, office: Office) -> None:
    assert reading.text(" Dòng  một \n dòng hai\u200b ") == "Dòng một\ndòng hai"
    with pytest.raises(argparse.ArgumentTypeError):
        reading.text("a\x00")


def test_a_byte_order_mark_on_standard_input(
    world: World, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("\ufeff" + REGISTER + "}\n"))
    told = json.loads(office.act("batch", "-", "--dry-run", "--format", "json"))
    assert told["rows"] == {"registration": 1}


def test_files_that_can_not_be_read(world: World, office: Office, tmp_path: Path) -> None:
    assert "it is a folder" in office.refused_act("batch", str(tmp_path))
    assert "there is no such file or folder" in office.refused_act("batch", str(tmp_path / "x"))
    (tmp_path / "cu.jsonl").write_bytes("Lê".encode("utf-16"))
    assert "it is not written in UTF-8" in office.refused_act("batch", str(tmp_path / "cu.jsonl"))


# Settings


@pytest.mark.parametrize("word", ["\udcff", "An\udc80"])
def test_words_that_are_no_text(capsys: pytest.CaptureFixture[str], word: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main.main(["find", word])
    assert ended.value.code == main.USAGE
    assert "UTF-8" in capsys.readouterr().err


def test_checks_have_a_name_that_no_language_changes(
    committed: World, office: Office, settings: Any
) -> None:
    told = []
    for language in ("vi", "en"):
        settings.LANGUAGE_CODE = language
        checks = json.loads(office.say("verify", "--format", "json"))["checks"]
        told.append([check["check"] for check in checks])
    assert told[0] == told[1]
    assert len(set(told[0])) == len(told[0])
