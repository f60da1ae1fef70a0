"""Official documents with their files, and how organisations are reached."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from docx import Document as WordDocument
from wagtail.documents.models import Document

from giaoban.portal.demonstration.hands import EDITOR, who
from giaoban.portal.demonstration.reading import data, plain
from giaoban.portal.living.models import PublicFile
from giaoban.portal.pages.models import DocumentKind, OfficialDocument, UnitContact
from giaoban.reports.issues import Issued
from giaoban.reports.rendering.rendition import Form
from giaoban.units.queries import unit_by_code

INVENTED = "Văn bản giả định của trang minh họa."
BOARD = "Ban Tổ chức Huyện ủy"


def load_papers(reports: dict[str, Issued]) -> None:
    """The documents that are not there yet."""
    for told in data("papers")["paper"]:
        facts = _report(told, reports[told["report"]]) if "report" in told else _invented(told)
        name, content = facts.pop("named"), facts.pop("content")
        same = {key: facts[key] for key in ("number", "issued_on", "issuer")}
        if not OfficialDocument.objects.filter(**same).exists():
            file = Document(title=f"{facts['number']}", uploaded_by_user=who(EDITOR),
                            file=ContentFile(content(), name=name))  # fmt: skip
            file.save()
            OfficialDocument.objects.create(file=file, **facts)


def _report(told: dict[str, Any], issued: Issued) -> dict[str, Any]:
    """A report of the books: the file is its public edition."""

    def content() -> bytes:
        file = PublicFile.objects.get(edition=issued.entry, form=Form.PDF.value)
        return bytes(file.content)

    return {
        "kind": DocumentKind.REPORT, "number": issued.symbol, "issued_on": issued.issued_on,
        "issuer": BOARD, "abstract": plain(told["abstract"]), "content": content,
        "named": f"{issued.symbol.replace('/', '-')}.pdf",
    }  # fmt: skip


def _invented(told: dict[str, Any]) -> dict[str, Any]:
    def content() -> bytes:
        word = WordDocument()
        word.add_paragraph(f"{told['issuer']}\nSố {told['number']}")
        word.add_heading(plain(told["abstract"]), 1)
        for number, text in enumerate(told["text"], start=1):
            word.add_paragraph(f"{number}. {plain(text)}")
        word.add_paragraph(INVENTED)
        written = BytesIO()
        word.save(written)
        return written.getvalue()

    return {
        "kind": told["kind"], "number": told["number"], "issued_on": told["issued_on"],
        "effective_on": told.get("effective_on"), "issuer": told["issuer"],
        "abstract": plain(told["abstract"]), "content": content,
        "named": f"{told['number'].replace('/', '-')}.docx",
    }  # fmt: skip


def load_contacts() -> None:
    """How some organisations are reached."""
    for told in data("site")["contact"]:
        facts = {key: plain(value) for key, value in told.items() if key != "unit"}
        UnitContact.objects.get_or_create(unit_id=unit_by_code(told["unit"]), defaults=facts)
