"""The language of a reader's chrome: one cookie, set when the reader asks for it and never else."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from giaoban.portal.pages.origin import from_here

YEAR_SECONDS = 365 * 24 * 3600


@csrf_exempt
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Back to where the reader was, in the language chosen."""
    if not from_here(request):
        return HttpResponse(status=HTTPStatus.FORBIDDEN)
    to = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(to, {request.get_host()}, request.is_secure()):
        to = "/"
    answer = HttpResponseRedirect(to)
    if (chosen := request.POST.get("language", "")) in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, chosen, max_age=YEAR_SECONDS, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE, httponly=True,
        )  # fmt: skip
    return answer
