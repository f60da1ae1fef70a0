"""``giaoban``: finds the command, holds the embedded database up for it, turns it off again."""

from __future__ import annotations

import argparse
import contextlib
import difflib
import os
import sys
from collections.abc import Sequence

# name → (Vietnamese, English), in the order of a day's work.
COMMANDS: dict[str, tuple[str, str]] = {
    "setup": ("Tạo hoặc nâng cấp cơ sở dữ liệu", "Create or upgrade the database"),
    "serve": ("Mở bàn làm việc trên trình duyệt", "Serve the desk to the browser"),
    "demo": ("Nạp dữ liệu minh họa và in báo cáo 9 tháng", "Load the demonstration and report"),
    "report": ("In báo cáo công tác tổ chức của một kỳ", "Print a period's report"),
    "statement": ("In bảng tăng, giảm của một tổ chức", "Print a unit's statement"),
    "trace": ("Xem nguồn của một số liệu: các dòng nhật ký", "Show the entries behind a figure"),
    "breakdown": ("In số đảng viên chia theo trích ngang", "Break members down by particulars"),
    "tree": ("In hệ thống tổ chức tại một ngày", "Print the tree of units on a day"),
    "find": ("Tìm đảng viên theo tên, có dấu hoặc không dấu", "Find members by name"),
    "figures": ("Ghi tệp số liệu đã khép để tính nhanh", "Write closed history as segments"),
    "sign": (
        "Ký số văn bản đã ban hành, kiểm tra tệp đã ký",
        "Sign a document, check a signed file",
    ),
    "portal": (
        "Cổng thông tin: lập cổng, nhập trang cũ, lấy giá, thời tiết",
        "The portal: begin it, bring old pages in, fetch boards",
    ),
    "synth": (
        "Dựng sổ cả nước giả lập để thử nghiệm",
        "Build a synthetic nation to test on",
    ),
    "act": ("Ghi sổ một việc: kết nạp, chuyển đến, sáp nhập …", "Record an act"),
    "verify": ("Kiểm tra sổ: mã kiểm chứng, số liệu, hệ thống tổ chức", "Verify the books"),
    "backup": ("Sao lưu sổ ra một tệp", "Back the books up to a file"),
    "restore": ("Khôi phục sổ từ tệp sao lưu, rồi kiểm tra sổ", "Restore the books and verify"),
}
# These make, upgrade or serve the tables of all doors; the others do without pages and sign-in.
WITH_EVERY_DOOR = frozenset({"setup", "serve", "demo", "restore"})
SETTINGS = {"portal": "giaoban.portal.settings"}
SETTINGS |= dict.fromkeys(WITH_EVERY_DOOR, "giaoban.every_door")
USAGE, UNAVAILABLE, INTERRUPTED = 2, 3, 130


def overview() -> str:
    """What ``giaoban --help`` prints."""
    english = os.environ.get("GIAOBAN_LANGUAGE", "vi").startswith("en")
    head = (
        "Giao Ban - the office of a membership organisation\n\nUse: giaoban COMMAND [OPTIONS]\n"
        if english
        else "Giao Ban - sổ đảng viên, hội viên và báo cáo công tác tổ chức\n\n"
        "Cách dùng: giaoban LỆNH [TÙY CHỌN]\n"
    )
    lines = [f"  {name:<10} {texts[english]}" for name, texts in COMMANDS.items()]
    foot = (
        "\nOptions of a command: giaoban COMMAND --help. Tiếng Việt: GIAOBAN_LANGUAGE=vi\n"
        if english
        else "\nTùy chọn của một lệnh: giaoban LỆNH --help. English: GIAOBAN_LANGUAGE=en\n"
    )
    return "\n".join((head, *lines, foot))


def _unknown(command: str) -> str:
    near = difflib.get_close_matches(command, COMMANDS, n=1)
    if os.environ.get("GIAOBAN_LANGUAGE", "vi").startswith("en"):
        return f"There is no command {command}." + (f" Try: giaoban {near[0]}" if near else "")
    return f"Không có lệnh {command}." + (f" Thử: giaoban {near[0]}" if near else "")


def main(argv: Sequence[str] | None = None) -> None:
    """Run one command and exit with its code: 0 done, 1 refused or a check failed, 2 the words of
    the call, 3 the database can't be had, 130 stopped by Ctrl-C."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in ("-h", "--help", "help"):
        print(overview())
        raise SystemExit(0)
    if words[0] not in COMMANDS:
        print(_unknown(words[0]), overview(), sep="\n\n", file=sys.stderr)
        raise SystemExit(USAGE)
    _refuse_what_is_no_text(words)
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS.get(words[0], "giaoban.settings")
    try:
        _held_up(words)
    except KeyboardInterrupt:
        from giaoban import database

        print(database.said("stopped"), file=sys.stderr)
        raise SystemExit(INTERRUPTED) from None


def _refuse_what_is_no_text(words: Sequence[str]) -> None:
    from giaoban import database

    for word in words:
        try:
            word.encode()
        except UnicodeEncodeError:
            print(database.said("not_text", word=ascii(word)), file=sys.stderr)
            raise SystemExit(USAGE) from None


def _held_up(words: Sequence[str]) -> None:
    """Run the command with its database; say which setting or what of the database is wrong."""
    from django.core.exceptions import ImproperlyConfigured

    from giaoban import database

    try:
        with _server(words):
            _run(words)
    except database.DatabaseUnavailable as missing:
        print(missing, file=sys.stderr)
        raise SystemExit(UNAVAILABLE) from None
    except ImproperlyConfigured as wrong:
        print(wrong, file=sys.stderr)
        raise SystemExit(USAGE) from None


def _server(words: Sequence[str]) -> contextlib.AbstractContextManager[object]:
    """The embedded server, unless another is named or only help is asked for."""
    from giaoban import database

    if "DATABASE_URL" in os.environ or "--help" in words or "-h" in words:
        return contextlib.nullcontext()
    return database.running()


def argparse_words() -> dict[str, str]:
    """What argparse says of itself → what the office reads, in the language of the settings."""
    from django.utils.translation import gettext as _

    no_choice = _("there is no “%(value)s”; choose from %(choices)s")
    return {
        "usage:": _("Usage:"),
        "positional arguments": _("To be given"),
        "options": _("Options"),
        "show this help message and exit": _("Show this help."),
        "%(prog)s: error: %(message)s": "%(prog)s: %(message)s",
        "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
        "the following arguments are required: %s": _("missing: %s"),
        "one of the arguments %s is required": _("one of these is needed: %s"),
        "unrecognized arguments: %s": _("this command does not take: %s"),
        "not allowed with argument %s": _("not together with %s"),
        "ignored explicit argument %r": _("takes no value: %s"),
        "expected one argument": _("needs a value"),
        "expected at most one argument": _("takes one value at most"),
        "expected at least one argument": _("needs a value or more"),
        "ambiguous option: %(option)s could match %(matches)s": _(
            "%(option)s could be any of %(matches)s"
        ),
        "invalid %(type)s value: %(value)r": _("“%(value)s” can't be read"),
        "invalid choice: %(value)r (choose from %(choices)s)": no_choice,
        "unknown parser %(parser_name)r (choices: %(choices)s)": no_choice.replace(
            "%(value)s", "%(parser_name)s"
        ),
    }


def _speak() -> None:
    """Let argparse speak the office's language.

    Of itself it asks a catalogue of its own, chosen by LANG; all that it looks up passes through
    the one name ``_`` of its module.
    """
    words = argparse_words()

    def told(text: str) -> str:
        bare = text.strip()
        return text.replace(bare, words.get(bare, bare)) if bare else text

    vars(argparse)["_"] = told


def _run(words: Sequence[str]) -> None:
    import django
    from django.core.management import ManagementUtility
    from django.db import connections

    django.setup()
    _speak()
    try:
        ManagementUtility(["giaoban", *words]).execute()
    finally:
        for connection in connections.all(initialized_only=True):
            connection.close()
