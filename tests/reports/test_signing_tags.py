"""The box of a signature in the structure of the pdf: a screen reader comes to it, and what else
somebody writes into the structure is noticed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from typing import Any

import pypdf
import pytest
import typst
from django.utils import translation
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    NumberObject,
    TextStringObject,
    pdf_name,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from giaoban.reports.signing import pades
from giaoban.reports.signing.appearance import Box
from giaoban.reports.signing.tagging import tag_field
from giaoban.reports.signing.validation import validate
from tests.reports.authorities import SIGNER, authority, second_signer
from tests.reports.signed import issued_pdf, sign, signed_pdf, the_one

BOX = Box(page=1, left=110, top=200, width=80, height=14)
BESIDE = Box(page=1, left=20, top=200, width=80, height=14)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@cache
def shown() -> bytes:
    """The report's pdf, signed in a box on its second page."""
    return sign(issued_pdf(), box=BOX)


def tree_of(pdf: bytes) -> Any:
    return pypdf.PdfReader(BytesIO(pdf)).root_object["/StructTreeRoot"]


def elements(pdf: bytes) -> list[Any]:
    """What stands directly in the document, in the order of reading."""
    [document] = tree_of(pdf)["/K"]
    assert document["/S"] == "/Document"
    return list(document["/K"])


def test_the_box_is_a_form_at_the_end_of_the_structure_and_each_knows_the_other() -> None:
    *before, form = elements(shown())
    assert [one.idnum for one in before] == [one.idnum for one in elements(issued_pdf())]
    told = form.get_object()
    [widget] = pypdf.PdfReader(BytesIO(shown())).pages[1]["/Annots"]
    assert told["/S"] == "/Form"
    assert told["/K"]["/Type"] == "/OBJR"
    assert told["/K"].raw_get("/Obj").idnum == widget.idnum
    assert widget.get_object()["/TU"].endswith(SIGNER), "what a screen reader says of it"
    numbers = list(tree_of(shown())["/ParentTree"]["/Nums"])
    owners = dict(zip(numbers[::2], numbers[1::2], strict=True))
    assert owners[widget.get_object()["/StructParent"]].idnum == form.idnum
    assert tree_of(shown())["/ParentTreeNextKey"] == max(owners) + 1
    assert [page["/Tabs"] for page in pypdf.PdfReader(BytesIO(shown())).pages] == ["/S"] * 4


def test_what_was_in_the_structure_stays() -> None:
    before, after = tree_of(issued_pdf()), tree_of(shown())
    for key in set(before) - {"/ParentTree", "/ParentTreeNextKey"}:
        assert written(after.raw_get(key)) == written(before.raw_get(key)), key
    were, are = (written(one["/ParentTree"]["/Nums"]) for one in (before, after))
    assert are.startswith(were.rstrip(b" ]"))


def written(thing: Any) -> bytes:
    """An object as it is written down, to the references in it."""
    out = BytesIO()
    thing.write_to_stream(out)
    return out.getvalue()


def test_it_is_the_issued_report_and_sound() -> None:
    found = the_one(shown(), original=issued_pdf(), roots=[authority().asn1])
    assert found.is_issued
    assert found.sound
    assert not found.changed_after
    assert found.shown_on_page == 2


def test_a_second_box_leaves_the_structure_that_the_first_signed() -> None:
    both = sign(shown(), second_signer(), box=BESIDE)
    assert len(elements(both)) == len(elements(shown()))
    found = validate(both, original=issued_pdf(), roots=[authority().asn1])
    assert [one.shown_on_page for one in found] == [2, 2]
    assert all(one.sound and one.is_issued and not one.changed_after for one in found)


def test_a_box_after_a_signature_without_one_leaves_it_sound() -> None:
    both = sign(signed_pdf(), second_signer(), box=BOX)
    assert len(elements(both)) == len(elements(issued_pdf()))
    assert all(one.sound for one in validate(both, original=issued_pdf(),
                                             roots=[authority().asn1]))  # fmt: skip


def test_without_a_box_nothing_is_told_in_the_structure() -> None:
    assert len(elements(signed_pdf())) == len(elements(issued_pdf()))


def test_a_pdf_without_tags_is_signed_in_a_box_too() -> None:
    plain = typst.compile(b"a #pagebreak() b", format="pdf", pdf_tags=False)
    found = the_one(sign(plain, box=BOX), original=plain)
    assert found.is_issued
    assert found.intact


# What somebody else writes into the structure


def _document(writer: IncrementalPdfFileWriter) -> Any:
    return writer.root["/StructTreeRoot"]["/K"][0]


def _told_otherwise(writer: IncrementalPdfFileWriter) -> None:
    """The box would be read out as a text of somebody's own."""
    form = _document(writer)["/K"][-1]
    form[pdf_name("/ActualText")] = TextStringObject("Số liệu trên không còn giá trị")
    writer.update_container(form)


def _another_kind(writer: IncrementalPdfFileWriter) -> None:
    form = _document(writer)["/K"][-1]
    form[pdf_name("/S")] = pdf_name("/P")
    writer.update_container(form)


def _of_the_page(writer: IncrementalPdfFileWriter) -> None:
    """The element is of a page's own content instead of the box."""
    _document(writer)["/K"][-1]["/K"][pdf_name("/Obj")] = writer.find_page_for_modification(0)[0]
    writer.update_container(_document(writer)["/K"][-1])


def _one_left_out(writer: IncrementalPdfFileWriter) -> None:
    """A paragraph is no longer read out."""
    document = _document(writer)
    kids = [document["/K"].raw_get(at) for at in range(len(document["/K"]))]
    document[pdf_name("/K")] = ArrayObject(kids[1:])
    writer.update_container(document)


def _another_order(writer: IncrementalPdfFileWriter) -> None:
    document = _document(writer)
    kids = [document["/K"].raw_get(at) for at in range(len(document["/K"]))]
    document[pdf_name("/K")] = ArrayObject([kids[1], kids[0], *kids[2:]])
    writer.update_container(document)


def _one_twice(writer: IncrementalPdfFileWriter) -> None:
    document = _document(writer)
    document["/K"].append(document["/K"].raw_get(0))
    writer.update_container(document)


def _an_old_one_reads_otherwise(writer: IncrementalPdfFileWriter) -> None:
    first = _document(writer)["/K"][0]
    first[pdf_name("/ActualText")] = TextStringObject("khác")
    writer.update_container(first)


def _roles(writer: IncrementalPdfFileWriter) -> None:
    """A role of the whole structure is another."""
    tree = writer.root["/StructTreeRoot"]
    tree[pdf_name("/RoleMap")] = DictionaryObject({pdf_name("/Form"): pdf_name("/Artifact")})
    writer.update_container(tree)


def _key_of_another(writer: IncrementalPdfFileWriter) -> None:
    """What is on a page would belong to the new element."""
    tree = writer.root["/StructTreeRoot"]
    numbers = tree["/ParentTree"]["/Nums"]
    numbers[1] = numbers.raw_get(-1)
    writer.update_container(tree)


def _a_key_too_many(writer: IncrementalPdfFileWriter) -> None:
    tree = writer.root["/StructTreeRoot"]
    tree["/ParentTree"]["/Nums"] += [NumberObject(99), _document(writer)["/K"].raw_get(-1)]
    writer.update_container(tree)


def _without_the_structure(writer: IncrementalPdfFileWriter) -> None:
    del writer.root["/StructTreeRoot"]
    writer.update_root()


BENT: list[Callable[[IncrementalPdfFileWriter], None]] = [
    _told_otherwise, _another_kind, _of_the_page, _one_left_out, _another_order, _one_twice,
    _an_old_one_reads_otherwise, _roles, _key_of_another, _a_key_too_many, _without_the_structure,
]  # fmt: skip


@pytest.mark.parametrize("bend", BENT)
def test_whatever_else_is_written_into_the_structure_is_no_longer_the_issued_report(
    bend: Callable[[IncrementalPdfFileWriter], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By who signs, with a program of their own."""

    def tag_and_bend(writer: IncrementalPdfFileWriter) -> bool:
        done = tag_field(writer)
        bend(writer)
        return done

    monkeypatch.setattr(pades, "tag_field", tag_and_bend)
    found = the_one(sign(issued_pdf(), box=BOX), original=issued_pdf())
    assert found.intact
    assert found.is_issued is False


@pytest.mark.parametrize("bend", BENT)
def test_what_is_written_into_the_structure_after_signing_is_noticed(
    bend: Callable[[IncrementalPdfFileWriter], None],
) -> None:
    writer, out = IncrementalPdfFileWriter(BytesIO(shown())), BytesIO()
    bend(writer)
    writer.write(out)
    found = the_one(out.getvalue(), original=issued_pdf())
    assert not found.holds
    assert found.is_issued is False
