"""The stops of CONTRIBUTING and docs/decisions/0001: sizes, names, texts, and what must not be."""

from __future__ import annotations

import ast
import functools
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(__file__).resolve()
# What tools leave in a checkout; git is told the same in .gitignore.
LEFT = (".git", ".venv", "var", ".*_cache", ".hypothesis", "__pycache__", "*.mo", "*.egg-info",
        "build", "dist")  # fmt: skip
MODULE_LINES = 500
FUNCTION_LINES = 70
NO_SUCH_FOLDERS = {"common", "core", "utils", "helpers", "services", "managers", "signals", "unit"}
PURE = ("giaoban/vietnamese", "giaoban/periods")
# Tone marks stand as in hòa, khóa, thủy, not as schools now teach them; toàn, loại, quý pass.
NEW_TONES = re.compile(r"(?<!q)(o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)", re.IGNORECASE)
MACHINE_PATH = re.compile(r"(?<![\w.<])/(?:work|home|root|Users|mnt)/\w")
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
# The never of the design: nothing about what somebody thinks, and no judgement in a number.
NEVER = re.compile(
    r"opinion|attitude|belief|loyal|sentiment|stance|leaning|score|rating|rank|risk|trust|suspic"
    r"|reliab|ideolog|voted|vote_of|profile|prediction|likelihood"
)

# What Wagtail hangs on logins: the language and the looks of an editor's screens.
WAGTAILS = {"wagtail_userprofile"}


@functools.cache
def files() -> tuple[Path, ...]:
    """Every file of the checkout that git keeps, or would keep."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard", "-z"],
            cwd=ROOT, capture_output=True, check=True, text=True,
        ).stdout  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        return tuple(walked(ROOT))  # no git, or a checkout that it does not trust
    found = (ROOT / name for name in sorted(set(listed.split("\0"))) if name)
    return tuple(path for path in found if path.is_file())


def walked(folder: Path) -> Iterator[Path]:
    """The same without git: all but what tools leave behind."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(fnmatch(part, left) for part in parts for left in LEFT):
            yield path


@functools.cache
def texts() -> dict[str, str]:
    """The files that hold text, by their path in the checkout."""
    found = {}
    for path in files():
        raw = path.read_bytes()
        if b"\0" not in raw:
            found[str(path.relative_to(ROOT))] = raw.decode()
    return found


def sources(prefix: str = "giaoban/") -> Iterator[tuple[str, str]]:
    """(path, text) of the modules below a folder, migrations left out."""
    for path, text in texts().items():
        if path.startswith(prefix) and path.endswith(".py") and "/migrations/" not in path:
            yield path, text


parsed = functools.cache(ast.parse)


def functions(text: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(parsed(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def hits(pattern: re.Pattern[str], among: dict[str, str]) -> list[str]:
    """``path:line: what`` for every match."""
    return [
        f"{path}:{number}: {found[0]}"
        for path, text in among.items()
        for number, line in enumerate(text.splitlines(), start=1)
        for found in pattern.finditer(line)
    ]


def test_there_is_something_to_look_at() -> None:
    assert len(texts()) > 100
    assert any(path.endswith(".po") for path in texts())


def test_without_git_the_same_files_are_looked_at() -> None:
    """But for what this checkout alone ignores, git's word and the walk agree on the sources."""
    own = ("giaoban", "tests", "docs", "tools", "requirements", "benchmarks")
    told, found = (
        {path for path in listed if path.relative_to(ROOT).parts[0] in own}
        for listed in (files(), walked(ROOT))
    )
    assert told == found


def test_modules_stay_small() -> None:
    long = {path: len(text.splitlines()) for path, text in [*sources(), *sources("tests/")]}
    data = ("tests/ledger/test_stories.py",)  # stories, not code
    assert {p: n for p, n in long.items() if n > MODULE_LINES and p not in data} == {}


def test_functions_stay_small() -> None:
    long = [
        f"{path}:{node.lineno} {node.name}"
        for path, text in [*sources(), *sources("tests/"), *sources("benchmarks/")]
        for node in functions(text)
        if (node.end_lineno or node.lineno) - node.lineno + 1 > FUNCTION_LINES
    ]
    assert long == []


def test_no_folder_for_everything() -> None:
    named = {part for path in files() for part in path.relative_to(ROOT).parts}
    stems = {Path(part).stem for part in named}
    assert stems & NO_SUCH_FOLDERS == set()


def test_every_module_says_why_it_exists() -> None:
    """The empty ``__init__`` of a plain package and migrations say nothing."""
    mute = [
        path
        for path, text in [*sources(), *sources("tests/"), *sources("benchmarks/")]
        if text.strip() and not ast.get_docstring(parsed(text))
    ]
    assert mute == []


def test_every_public_function_and_class_has_a_docstring() -> None:
    mute = []
    for path, text in sources():
        for node in parsed(text).body:
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                continue
            if node.name.startswith("_") or ast.get_docstring(node) or _excused(path, node):
                continue
            mute.append(f"{path}:{node.lineno} {node.name}")
    assert mute == []


def _excused(path: str, node: ast.stmt) -> bool:
    """Refusals say it in their message, apps and Django's commands in their module."""
    if not isinstance(node, ast.ClassDef):
        return False
    told = {t.id for line in node.body if isinstance(line, ast.Assign)
            for t in line.targets if isinstance(t, ast.Name)}  # fmt: skip
    return {"code", "message"} <= told or path.endswith("/apps.py") or node.name == "Command"


def test_texts_are_composed() -> None:
    """NFC everywhere: "Đảng ủy" has one way to be written."""
    loose = [path for path, text in texts().items() if unicodedata.normalize("NFC", text) != text]
    assert loose == []


def test_tones_stand_as_in_hòa() -> None:
    """Data that must hold the other way is written with escapes, which this does not see."""
    own = {
        path: text for path, text in texts().items()
        if path.endswith((".py", ".md", ".csv", ".toml", ".po"))
    }  # fmt: skip
    assert hits(NEW_TONES, own) == []


def test_no_paths_of_a_machine() -> None:
    mine = {path: text for path, text in texts().items() if ROOT / path != HERE}
    assert hits(MACHINE_PATH, mine) == []


def test_nothing_is_left_unfinished() -> None:
    mine = {path: text for path, text in texts().items() if not path.endswith((".csv", ".po"))}
    assert hits(UNFINISHED, mine) == []


@pytest.mark.parametrize("floor", PURE)
def test_the_lowest_floors_know_no_django(floor: str) -> None:
    for path, text in sources(f"{floor}/"):
        imported = {
            name.split(".")[0]
            for node in ast.walk(parsed(text))
            for name in (
                [alias.name for alias in node.names] if isinstance(node, ast.Import)
                else [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            )
        }  # fmt: skip
        assert "django" not in imported, path


def own_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("giaoban.")]


def actions() -> list[str]:
    """The public functions by which something is recorded: those that take a recorder ``by``."""
    return sorted({
        node.name
        for path, text in sources()
        if path.count("/") == 2 and not path.startswith(("giaoban/cli/", "giaoban/figures/"))
        for node in parsed(text).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        and any(
            argument.arg == "by" and ast.unparse(argument.annotation or argument) == "Recorder"
            for argument in node.args.kwonlyargs
        )
    })  # fmt: skip


def test_there_are_actions_and_models() -> None:
    assert {"admit_member", "merge_units", "erase_person", "set_targets", "reverse_entry"} <= {
        *actions()
    }
    assert {"Entry", "Unit", "Person", "Leg", "Target"} <= {m.__name__ for m in own_models()}


def test_the_glossary_names_every_model_and_action() -> None:
    glossary = (ROOT / "GLOSSARY.md").read_text()
    words = set(re.findall(r"\w+", glossary))
    names = [*actions(), *(model.__name__ for model in own_models())]
    assert sorted(name for name in names if name not in words) == []


def test_nothing_is_kept_of_what_somebody_thinks() -> None:
    """No field and no table for an opinion, a score, a vote or a guess about a person."""
    for model in own_models():
        names = [model.__name__.lower(), *(field.name for field in model._meta.get_fields())]
        names = [name for name in names if name not in WAGTAILS]
        assert [name for name in names if NEVER.search(name)] == [], model
    columns = {field.name for model in own_models() for field in model._meta.concrete_fields}
    assert len(columns) > 40
