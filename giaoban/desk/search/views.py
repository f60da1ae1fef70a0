"""The search, as a page of its own and as the answer in the dialog that Ctrl-K opens."""

from __future__ import annotations

from django.http import HttpResponse
from django.template.response import TemplateResponse

from giaoban.desk.door import EVERY_ROLE, DeskRequest, page
from giaoban.desk.search.groups import found
from giaoban.vietnamese import nfc

LONGEST = 100


@page(*EVERY_ROLE)
def search(request: DeskRequest) -> HttpResponse:
    """What fits the words of the address, in groups; only that for who asks for a part."""
    text = " ".join(nfc(request.GET.get("q", ""))[:LONGEST].split())
    context = {"text": text, "groups": found(request.sitting, text) if text else []}
    name = "hits" if request.htmx and not request.htmx.boosted else "search"
    return TemplateResponse(request, f"desk/search/{name}.html", context)
