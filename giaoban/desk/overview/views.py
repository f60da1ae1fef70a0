"""The overview: what needs the login today."""

from __future__ import annotations

from django.http import HttpResponse
from django.template.response import TemplateResponse

from giaoban.desk.door import DeskRequest, page


@page()
def overview(request: DeskRequest) -> HttpResponse:
    """What needs the login today."""
    return TemplateResponse(request, "desk/overview/overview.html", {})
