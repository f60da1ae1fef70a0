"""What commands print is never cropped, and what they print can be typed back."""

from __future__ import annotations

from argparse import ArgumentTypeError

import pytest

from giaoban.cli.acting import reading
from giaoban.cli.office import print_table
from giaoban.figures.errors import CellUnknown
from giaoban.figures.trace import cell_named, cell_names


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
