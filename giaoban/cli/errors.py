"""Why a command of the office does not run."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from giaoban.journal.errors import RuleBroken


class PortTaken(RuleBroken):
    code = "port_taken"
    message = _("{host}:{port} can't be used ({reason}). Choose another port: --port 8001.")


class DeskRoleMissing(RuleBroken):
    code = "desk_role_missing"
    message = _("DATABASE_DESK_URL is missing: the address of the database for the desk's role.")


class PortalRoleMissing(RuleBroken):
    code = "portal_role_missing"
    message = _(
        "DATABASE_PORTAL_URL is missing: the address of the database for the portal's role. "
        "Without the portal: giaoban serve --no-portal."
    )


class WriterHindered(RuleBroken):
    code = "writer_hindered"
    message = _(
        "The role {role} would not see the rows that it records. As the server's administrator "
        "run: ALTER ROLE {role} BYPASSRLS."
    )


class SecretMissing(RuleBroken):
    code = "secret_missing"
    message = _("There is no terminal to type a password on. Set {variable}.")


class OutMissing(RuleBroken):
    code = "out_missing"
    message = _(
        "A document ({forms}) is written to a file: name it with --out. Text, json and csv are "
        "printed."
    )


class TextOnly(RuleBroken):
    code = "text_only"
    message = _(
        "Only the report on organisation work is given as {format}. Leave --definition out, or "
        "choose another form."
    )


class FileUnwritable(RuleBroken):
    code = "file_unwritable"
    message = _("{file} can't be written: {reason}. Choose another folder.")


class NotRestated(RuleBroken):
    code = "not_restated"
    message = _(
        "--each tells every unit by the tree of its own days. Leave out --tree, or ask for one "
        "unit after the other."
    )
