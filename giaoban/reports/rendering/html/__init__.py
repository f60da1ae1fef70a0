"""A document as a page: standing alone (``render``), or inside the desk or portal (``fragment``).

One style sheet serves both, ``static/reports/document.css``: a calm page on the screen, the form's
own look in print. Whatever comes from the office is escaped; there is no script, nothing inline.
"""

from __future__ import annotations

from giaoban.reports.rendering.html.article import fragment
from giaoban.reports.rendering.html.page import render

__all__ = ["fragment", "render"]
