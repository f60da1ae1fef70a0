"""What stands in a Word file beside its text: properties, settings, and nothing of the template."""

from __future__ import annotations

from datetime import UTC, datetime, time

from docx.document import Document as Word
from docx.opc.rel import Relationships

from giaoban.reports.documents.blocks import Document
from giaoban.reports.rendering.docx.markup import Element, w
from giaoban.reports.rendering.printable import printable
from giaoban.reports.rendering.properties import LANGUAGES, author_of, title_of

# Parts of the template that say nothing of this document; the last says which Word it was made by.
_LEFT_OUT = ("customXml", "stylesWithEffects", "webSettings", "fontTable", "thumbnail",
             "extended-properties")  # fmt: skip
# Of decimals and of lists, by which Word adds up a table: the office's numbers are written one way
# in both languages.
_SIGNS = (",", ";")
_LONGEST = 255
_WORD = "http://schemas.microsoft.com/office/word"


def furnish(word: Word, document: Document) -> None:
    """Set properties and settings from the document, and drop what the template brought."""
    _say_what_it_is(word, document)
    _settings(word.settings.element, document.language)
    package = word.part.package
    assert package is not None
    _leave_out(package.rels)
    _leave_out(word.part.rels)


def _say_what_it_is(word: Word, document: Document) -> None:
    about = word.core_properties
    about.title, about.author = _short(title_of(document)), _short(author_of(document))
    about.subject, about.identifier = _short(document.title.subject), _short(document.name)
    about.last_modified_by, about.language = about.author, LANGUAGES[document.language]
    about.comments, about.keywords, about.category, about.revision = "", "", "", 1
    about.created = about.modified = datetime.combine(document.dated_on, time(), UTC)


def _short(text: str) -> str:
    """A property; python-docx refuses one of more than 255 signs."""
    return printable(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")


def _settings(settings: Element, language: str) -> None:
    """Those of the Word of today; without them it opens files in a mode for those of 2010."""
    decimal, listed = _SIGNS
    settings[:] = [
        w("zoom", percent=100),
        w("defaultTabStop", val=720),
        w("characterSpacingControl", val="doNotCompress"),
        w("compat", *(
            w("compatSetting", name=name, uri=_WORD, val=value)
            for name, value in (
                ("compatibilityMode", 15), ("overrideTableStyleFontSizeAndJustification", 1),
                ("enableOpenTypeFeatures", 1), ("doNotFlipMirrorIndents", 1),
                ("differentiateMultirowTableHeaders", 1)))),
        w("themeFontLang", val=LANGUAGES[language]),
        w("decimalSymbol", val=decimal),
        w("listSeparator", val=listed),
    ]  # fmt: skip


def _leave_out(rels: Relationships) -> None:
    for key in [key for key, rel in rels.items() if rel.reltype.endswith(_LEFT_OUT)]:
        rels.pop(key)
