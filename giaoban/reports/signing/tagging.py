"""A signature's box in the structure of a tagged pdf, so that a screen reader comes to it.

PDF/UA-1 (7.18) wants a field that shows on a page inside a Form element, and each to know the
other. The element stands last in the document: a signature is of all that was read before.

Only the first signature of a file may be told of there. Whatever changes in the structure later
is, to whoever validates the first one, a change after signing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NumberObject,
    pdf_name,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import HistoricalResolver
from pyhanko.sign.diff_analysis import SuspiciousModification
from pyhanko.sign.diff_analysis.commons import compare_dicts
from pyhanko.sign.diff_analysis.rules_api import ReferenceUpdate, WhitelistRule

_TREE, _PARENTS, _NEXT = "/StructTreeRoot", "/ParentTree", "/ParentTreeNextKey"
_ELEMENT = {"/Type", "/S", "/P", "/Pg", "/K"}
_OBJECT = {"/Type", "/Obj", "/Pg"}


def tag_field(writer: IncrementalPdfFileWriter) -> bool:
    """Tell of the newest field of the form in the structure; False where there is none that is
    built as Typst builds one, and nothing is changed."""
    if _TREE not in writer.root:
        return False
    field: Any = writer.root["/AcroForm"]["/Fields"].raw_get(-1)
    tree = writer.root[_TREE]
    found = _document(tree)
    if found is None:
        return False
    document, numbers = found
    widget, key = field.get_object(), NumberObject(tree[_NEXT])
    page = widget.raw_get("/P")
    told = {"/Type": pdf_name("/OBJR"), "/Obj": field, "/Pg": page}
    element = writer.add_object(
        DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/StructElem"),
                pdf_name("/S"): pdf_name("/Form"),
                pdf_name("/P"): tree["/K"].raw_get(0),
                pdf_name("/Pg"): page,
                pdf_name("/K"): DictionaryObject({pdf_name(k): v for k, v in told.items()}),
            }
        )
    )
    document["/K"].append(element)
    numbers += [key, element]
    tree[pdf_name(_NEXT)] = NumberObject(key + 1)
    widget[pdf_name("/StructParent")] = key
    for changed in (document, tree, widget):
        writer.update_container(changed)
    return True


def _document(tree: DictionaryObject) -> tuple[DictionaryObject, ArrayObject] | None:
    """The element over all others, and the list of which element each key belongs to."""
    kids, parents = tree.raw_get("/K"), tree.raw_get(_PARENTS)
    if not isinstance(kids, ArrayObject) or len(kids) != 1 or _NEXT not in tree:
        return None
    if not isinstance(parents, DictionaryObject) or "/Nums" not in parents:
        return None
    document, numbers = kids[0], parents.raw_get("/Nums")
    if not isinstance(document.raw_get("/K"), ArrayObject) or not isinstance(numbers, ArrayObject):
        return None
    return document, numbers


class TaggedFieldRule(WhitelistRule):
    """What ``tag_field`` does, and nothing else, may be done to the structure of an issued pdf."""

    def apply(self, old: HistoricalResolver, new: HistoricalResolver) -> Iterable[ReferenceUpdate]:
        """Clear the structure if all that was is there, followed by fields that are new.

        Raises ``SuspiciousModification``.
        """
        if _TREE not in old.root or _TREE not in new.root:
            return
        ref = new.root.raw_get(_TREE)
        if not isinstance(ref, IndirectObject):
            return
        if ref.reference not in new.explicit_refs_in_revision():
            return
        was, now = old.root[_TREE], new.root[_TREE]
        compare_dicts(was, now, frozenset((_PARENTS, _NEXT)))
        before, after = _document(was), _document(now)
        if before is None or after is None:
            raise SuspiciousModification("the structure is built otherwise")
        compare_dicts(was[_PARENTS], now[_PARENTS], frozenset(("/Nums",)))
        compare_dicts(before[0], after[0], frozenset(("/K",)))
        elements = list(_appended(before[0]["/K"], after[0]["/K"]))
        numbers = list(_appended(before[1], after[1]))
        keys = range(int(was[_NEXT]), int(now[_NEXT]))
        if numbers != [one for pair in zip(keys, elements, strict=False) for one in pair]:
            raise SuspiciousModification("keys of the structure don't belong to its elements")
        document = now["/K"].raw_get(0)
        for key, element in zip(keys, elements, strict=True):
            _check(element, key, document, old, new)
            yield ReferenceUpdate(element.reference)
        yield ReferenceUpdate(ref.reference)
        yield ReferenceUpdate(document.reference)


def _appended(before: ArrayObject, after: ArrayObject) -> Iterator[Any]:
    """What stands behind all that stood there. Raises ``SuspiciousModification``."""
    was = [before.raw_get(at) for at in range(len(before))]
    now = [after.raw_get(at) for at in range(len(after))]
    if now[: len(was)] != was:
        raise SuspiciousModification("the structure is another")
    yield from now[len(was) :]


def _check(
    element: Any, key: int, document: Any, old: HistoricalResolver, new: HistoricalResolver
) -> None:
    """Refuse an element that is more, or other, than the place of a new signature field."""
    if not isinstance(element, IndirectObject) or not old.is_ref_unassignable(element.reference):
        raise SuspiciousModification("an element is none of its own")
    told = element.get_object()
    place = told.raw_get("/K") if "/K" in told else None
    if (
        told.keys() != _ELEMENT
        or not isinstance(place, DictionaryObject)
        or place.keys() != _OBJECT
    ):
        raise SuspiciousModification("an element says something")
    fields = new.root["/AcroForm"]["/Fields"]
    field = place.raw_get("/Obj")
    widget = field.get_object()
    if (
        told["/S"] != "/Form"
        or told.raw_get("/P") != document
        or place["/Type"] != "/OBJR"
        or field not in [fields.raw_get(at) for at in range(len(fields))]
        or not old.is_ref_unassignable(field.reference)
        or (widget["/FT"], widget["/StructParent"]) != ("/Sig", key)
        or not (told.raw_get("/Pg") == place.raw_get("/Pg") == widget.raw_get("/P"))
    ):
        raise SuspiciousModification("an element is no place of a new signature field")
