"""What is wrong with the words of an act, before any rule of the books is asked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from giaoban.journal.errors import RuleBroken


class ActUnknown(RuleBroken):
    code = "act_unknown"
    message = _("There is no act {act}. Choose one of: {acts}.")


class FieldMissing(RuleBroken):
    code = "field_missing"
    message = _("{field} is missing. Give it as the paper has it.")


class FieldUnknown(RuleBroken):
    code = "act_field_unknown"
    message = _("This act has no field {field}. Its fields are: {fields}.")


class FieldUnreadable(RuleBroken):
    code = "field_unreadable"
    message = _("{field}: {reason}")


class FieldsExclusive(RuleBroken):
    code = "fields_exclusive"
    message = _("{fields} exclude each other. Give one of them.")


class UnitTwice(RuleBroken):
    code = "unit_twice"
    message = _("{unit} is given two numbers. Give one.")


class LineUnreadable(RuleBroken):
    code = "line_unreadable"
    message = _("This is no JSON object: {reason}")


class FileUnreadable(RuleBroken):
    code = "file_unreadable"
    message = _("The file {file} can't be read: {reason}. Check its name and place.")


class KeyNamesNobody(RuleBroken):
    code = "key_names_nobody"
    message = _("No member was registered under the key {key}. Give the member's number.")


class PasswordMissing(RuleBroken):
    code = "password_missing"
    message = _("No password came on standard input. Write it there on one line.")


class LineRefused(Exception):
    """A line of a file that can't be recorded: its number and why. Nothing was recorded."""

    def __init__(self, line: int, reason: Exception) -> None:
        super().__init__(line, reason)
        self.line, self.reason = line, reason
