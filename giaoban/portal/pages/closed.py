"""Pages that are not for everybody: whoever has a login signs in at the desk, and comes back."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the desk's sign-in, and from there back to the page of this site in ``?next=``."""
    to = request.GET.get("next", "/")
    if not (to.startswith("/") and url_has_allowed_host_and_scheme(to, None)):
        to = "/"
    back = urlencode({"next": f"{settings.PORTAL_URL}{to}"})
    return HttpResponseRedirect(f"{settings.LOGIN_URL}?{back}")
