"""What commands print is never cropped, and what they print can be typed back; what argparse says
of itself is said in the office's words."""

from __future__ import annotations

import argparse
import re
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

import pytest

from giaoban.cli import main
from giaoban.cli.acting import reading
from giaoban.figures.errors import CellUnknown
from giaoban.figures.trace import cell_named, cell_names
from giaoban.terminal.office import print_table


def test_a_table_wider_than_the_line_keeps_its_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    names = [f"Cột số {n}" for n in range(12)]
    print_table([*names, "Số lượng"], [(*("x" * 18 for _ in names), 1_234_567)])
    assert "1.234.567" in capsys.readouterr().out


def test_brackets_in_a_name_are_part_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(["Đơn vị"], [("Chi bộ [red]Đỏ[/red]",)])
    assert "[red]Đỏ[/red]" in capsys.readouterr().out


def test_numbers_are_read_as_they_are_printed() -> None:
    assert reading.whole("23.510") == reading.whole("23510") == 23_510
    assert reading.person("11.465") == 11_465
    assert reading.person("don-vi/1.5") == "don-vi/1.5"
    for wrong in ("23.51", "1.2345", "-3", "1,000", ""):
        with pytest.raises(ArgumentTypeError):
            reading.whole(wrong)


def test_what_there_is_to_choose_from_is_told_in_full() -> None:
    with pytest.raises(CellUnknown) as refused:
        cell_named("opinion")
    assert all(name in str(refused.value) for name in cell_names())
    assert all(cell_named(name) for name in cell_names())


# argparse's own words

OWN_WORDS = re.compile(r"""(?<!\w)_\(['"](.+?)['"]\)""")
# Of programs that are wrong, or of what no command has: files opened by argparse, prefixes.
NEVER_SAID = re.compile(
    r"conflicting|subparser|required.* is an|dest=|mode %r|open|merge|option string|must be"
    r"|callable|not defined|conflict_resolution|deprecated|warning"
)


@pytest.fixture
def speaking(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Any:
    """argparse with the office's words, as on the command line; gives the settings."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "giaoban.settings")
    monkeypatch.setenv("DATABASE_URL", "no server is needed for help")
    monkeypatch.setattr(argparse, "_", argparse._)  # type: ignore[attr-defined]
    return settings


def spoken(capsys: pytest.CaptureFixture[str], settings: Any, language: str, *words: str) -> str:
    """What the command prints that ends with its help or with a wrong call."""
    settings.LANGUAGE_CODE = language
    with pytest.raises(SystemExit) as ended:
        main.main(words)
    assert ended.value.code == (0 if "--help" in words else main.USAGE)
    told = capsys.readouterr()
    return " ".join((told.out + told.err).split())


HELP = {
    "vi": ("Cách dùng: giaoban report", "Mục cần ghi: period", "Tùy chọn: -h, --help In phần"),
    "en": ("Usage: giaoban report", "To be given: period", "Options: -h, --help Show this help."),
}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_help_is_in_one_language(
    capsys: pytest.CaptureFixture[str], speaking: Any, language: str
) -> None:
    said = spoken(capsys, speaking, language, "report", "--help")
    assert all(head in said for head in HELP[language])
    assert not re.search(r"usage|positional|arguments|show this|exit", said)


@pytest.mark.parametrize(
    ("words", "vi", "en"),
    [
        (("report",), "còn thiếu mục: period, --unit", "missing: period, --unit"),
        (("report", "2018", "--unit"), "--unit: cần ghi một giá trị", "--unit: needs a value"),
        (("report", "2018", "--unit", "X", "--hue"), "không có mục: --hue", "not take: --hue"),
        (("report", "2018", "--unit", "X", "--format", "xml"),
         "--format: không có “xml”; chọn một trong: 'text'", "--format: there is no “xml”; choose"),
        (("tree", "--depth", "x"), "--depth: “x” chưa đúng cách ghi", "“x” can't be read"),
        (("act", "fly"), "không có “fly”; chọn một trong: 'register'", "there is no “fly”"),
        (("act", "admit", "--unit", "X", "--ceremony-on", "1/1/2018", "--decided-on", "1/1/2018"),
         "cần ghi một trong các mục: --person --name", "one of these is needed: --person"),
    ],
)  # fmt: skip
def test_wrong_calls_are_told_in_the_office_s_words(
    capsys: pytest.CaptureFixture[str], speaking: Any, words: tuple[str, ...], vi: str, en: str
) -> None:
    assert vi in spoken(capsys, speaking, "vi", *words)
    assert en in spoken(capsys, speaking, "en", *words)


def test_all_that_argparse_may_say_has_words() -> None:
    source = Path(argparse.__file__).read_text(encoding="utf-8")
    own = {text.removesuffix("\\n").strip() for text in OWN_WORDS.findall(source)}
    assert len(own) > 15
    missing = {text for text in own - main.argparse_words().keys() if not NEVER_SAID.search(text)}
    assert missing == set()
    for text, ours in main.argparse_words().items():
        slots = re.compile(r"%(?:\((\w+)\))?[sr]")
        assert set(slots.findall(ours)) <= set(slots.findall(text)), text
