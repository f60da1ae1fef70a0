"""Definitions of reports by code: those that come with the package, and the office's own.

Saving makes a new version; an old one never changes, since drafts and issued documents name it.
"""

from __future__ import annotations

from django.db import connection, transaction
from msgspec.structs import replace

from giaoban.journal.queries import head
from giaoban.journal.rights import writers_rights
from giaoban.journal.writing import Recorder
from giaoban.people import scope
from giaoban.reports.definitions.definition import Definition, read, written
from giaoban.reports.definitions.shipping import shipped
from giaoban.reports.errors import (
    DefinitionShipped,
    DefinitionUnknown,
    DefinitionVersionUnknown,
)
from giaoban.reports.models import DefinitionVersion

# What is begun at a document that it corrects, and nowhere else.
NOTICE = "correction"
# One saving at a time; the number spells "DEFS".
_LOCK = 0x44454653


def definition_named(code: str, version: int | None = None) -> Definition:
    """A definition, its newest version by default.

    Raises ``DefinitionUnknown``, ``DefinitionVersionUnknown``.
    """
    if code in (ours := shipped()):
        found = ours[code]
        if version not in (None, found.version):
            raise DefinitionVersionUnknown(
                definition=code, version=str(version), last=str(found.version)
            )
        return found
    saved = DefinitionVersion.objects.filter(code=code).order_by("-version")
    newest = saved.first()
    if newest is None:
        raise DefinitionUnknown(definition=code, choices=sorted(definitions()))
    wanted = newest if version is None else saved.filter(version=version).first()
    if wanted is None:
        raise DefinitionVersionUnknown(
            definition=code, version=str(version), last=str(newest.version)
        )
    return read(bytes(wanted.content))


def definitions() -> dict[str, Definition]:
    """The newest version of every definition, by code: the package's, then the office's own."""
    newest = DefinitionVersion.objects.order_by("code", "-version").distinct("code")
    return {**shipped(), **{one.code: read(bytes(one.content)) for one in newest}}


def save_definition(definition: Definition, *, by: Recorder) -> int:
    """Save the office's own definition as a new version and return its number.

    The version that it names is not looked at; saving what is the newest already changes nothing.
    Raises ``DefinitionShipped``, ``NotARecorder``.
    """
    if definition.code in shipped():
        raise DefinitionShipped(definition=definition.code)
    with transaction.atomic(), writers_rights(), connection.cursor() as cursor:
        scope.require_recorder(by.name, on=by.today, known=head().number)
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [_LOCK])
        saved = DefinitionVersion.objects.filter(code=definition.code).order_by("-version")
        newest = saved.first()
        last = newest.version if newest else 0
        if newest and bytes(newest.content) == written(replace(definition, version=last)):
            return last
        DefinitionVersion.objects.create(
            code=definition.code, version=last + 1,
            content=written(replace(definition, version=last + 1)), by=by.name, at=by.at,
        )  # fmt: skip
        return last + 1
