"""Where a reorganisation begins: what one may do, what was begun, and what is thrown away."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from giaoban.desk.door import DeskRequest, page
from giaoban.desk.units import drafts
from giaoban.desk.units.verbs import VERBS
from giaoban.people import scope
from giaoban.units.queries import lives

CLERKS = scope.RECORDS


@page(*CLERKS)
def choose(request: DeskRequest) -> HttpResponse:
    """What one may begin, and what was begun."""
    sitting = request.sitting
    code = request.GET.get("unit", "")
    unit = lives([sitting.unit(code)], sitting.as_of)[sitting.unit(code)] if code else None
    begun = [(one, VERBS[one.verb]) for one in drafts.drafts_of(sitting.login) if one.verb in VERBS]
    context = {"verbs": list(VERBS.values()), "unit": unit, "begun": begun}
    return TemplateResponse(request, "desk/units/choose.html", context)


@page(*CLERKS)
def drop(request: DeskRequest, slug: str, number: UUID) -> HttpResponse:
    """Throw a draft away."""
    draft = drafts.draft_of(request.sitting.login, slug, number)
    if request.method == "POST":
        drafts.drop_draft(draft)
        messages.success(request, _("The draft is thrown away; nothing of it was recorded."))
    return HttpResponseRedirect(reverse("desk:units-reorganise"))
