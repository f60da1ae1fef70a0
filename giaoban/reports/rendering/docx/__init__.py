"""The docx form of a document, to be worked on in Word: real styles, tables, sections, pictures."""

from giaoban.reports.rendering.docx.composing import render

__all__ = ["render"]
