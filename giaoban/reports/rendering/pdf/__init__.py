"""The pdf form of a document, for paper, signing and the archive: set with Typst."""

from giaoban.reports.rendering.pdf.typesetting import render

__all__ = ["render"]
