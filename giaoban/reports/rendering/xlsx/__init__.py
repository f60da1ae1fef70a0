"""The xlsx form of a document, to be reckoned with: a sheet a table, and before them the text."""

from giaoban.reports.rendering.xlsx.book import render

__all__ = ["render"]
