"""Why a file, or a row of it, can't be brought in. Nothing is recorded then."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from giaoban.journal.errors import RuleBroken


class FileTooLarge(RuleBroken):
    code = "file_too_large"
    message = _("The file has {size} MB; at most {most} MB can be read. Divide it into several.")


class FileNotRead(RuleBroken):
    code = "file_not_read"
    message = _(
        "The file can't be read as a table. Save it anew as xlsx, xls, ods or csv, without a "
        "password."
    )


class FileSwells(RuleBroken):
    code = "file_swells"
    message = _("Unpacked, the file would fill {size} MB. Save it anew with only the table.")


class TooManyRows(RuleBroken):
    code = "too_many_rows"
    message = _("The table has more than {most} rows. Divide it into several files.")


class SheetEmpty(RuleBroken):
    code = "sheet_empty"
    message = _("The sheet holds no table. Choose another sheet, or check the file.")


class HeadsMissing(RuleBroken):
    code = "heads_missing"
    message = _("No row with the heads of columns was found. The template shows them.")


class ColumnMissing(RuleBroken):
    code = "column_missing"
    message = _("No column is matched with “{field}”. Choose one.")


class ColumnTwice(RuleBroken):
    code = "column_twice"
    message = _("“{field}” is matched with two columns: {columns}. Choose one of them.")


class CellMissing(RuleBroken):
    code = "cell_missing"
    message = _("“{field}” is empty.")


class CellUnreadable(RuleBroken):
    code = "cell_unreadable"
    message = _("“{field}” can't be read: {reason}")


class WordUnknown(RuleBroken):
    code = "word_unknown"
    message = _("“{field}”: “{value}” is not in the list. Known are: {choices}.")


class UnitNotFound(RuleBroken):
    code = "unit_not_found"
    message = _("No unit in charge has the code or the name “{value}”. Check the unit.")


class UnitNameTwice(RuleBroken):
    code = "unit_name_twice"
    message = _("Several units are called “{value}”: {codes}. Give the code.")


class PersonSuspected(RuleBroken):
    code = "person_suspected"
    message = _(
        "{name}, born {born}, may be the person of {where}. Decide: the same person, or a namesake."
    )


class CodeTwice(RuleBroken):
    code = "code_twice"
    message = _("The code {code} stands in row {row} already. Give each unit a code of its own.")


class RowRefused(RuleBroken):
    code = "row_refused"
    message = _("{k} rows can't be taken: {rows}. Nothing is recorded before all can.")


class Cancelled(RuleBroken):
    code = "intake_cancelled"
    message = _("Stopped as asked. Nothing of the file is recorded.")


class IntakeForeign(RuleBroken):
    code = "intake_foreign"
    message = _("The file was brought in by {login}, who alone can go on with it.")


class RecordedNow(RuleBroken):
    code = "recorded_now"
    message = _("{file} is being recorded at this moment. Wait for the end.")
