"""The access log (nhật ký truy cập): who saw or took away which member's record."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from giaoban.journal.rights import writers_rights
from giaoban.journal.writing import Recorder
from giaoban.people.models import Access


def note_access(what: Access.What, persons: Iterable[int], *, by: Recorder, told: str = "") -> None:
    """Write down that ``by`` saw or exported these persons' records: a line for each.

    ``told`` says what of them: the filters of an export, the fields that were asked for.
    """
    rows = [(by.name, by.at, int(what), person, told[:500]) for person in persons]
    with writers_rights(), connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO people_access (login_name, at, what, person_id, told)"
            " VALUES (%s, %s, %s, %s, %s)",
            rows,
        )
