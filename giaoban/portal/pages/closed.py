"""Pages that are not for everybody: whoever has a login signs in at the desk, and comes back; for
a page with a password not all of them can be tried."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from wagtail.forms import PasswordViewRestrictionForm
from wagtail.models import PageViewRestriction
from wagtail.views import authenticate_with_password

from giaoban.portal.pages.errors import TooManyPasswords, TooManyPasswordsFromHere
from giaoban.portal.pages.limits import Counted, Limit, client, hashed, seconds_left

# Wrong passwords only: of a page from one network, as at the desk of all pages together, and of a
# page from anywhere, for whoever has many networks.
OF_PAGE_HERE = Limit("password-page-here", 10, 10, TooManyPasswordsFromHere)
FROM_HERE = Limit("password-here", 30, 10, TooManyPasswordsFromHere)
OF_PAGE = Limit("password-page", 100, 60, TooManyPasswords)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the desk's sign-in, and from there back to the page of this site in ``?next=``."""
    to = request.GET.get("next", "/")
    if not (to.startswith("/") and url_has_allowed_host_and_scheme(to, None)):
        to = "/"
    back = urlencode({"next": f"{settings.PORTAL_URL}{to}"})
    return HttpResponseRedirect(f"{settings.LOGIN_URL}?{back}")


@never_cache
def ask_password(request: HttpRequest, restriction_id: int, page_id: int) -> HttpResponse:
    """Wagtail's form for a page's password, but that wrong ones are counted."""
    restriction = get_object_or_404(PageViewRestriction, pk=restriction_id)
    if request.method != "POST":
        unasked: HttpResponse = authenticate_with_password(request, restriction_id, page_id)
        return unasked
    at = timezone.now()
    tries = _tries(hashed(client(request), at), restriction.pk)
    try:
        tries.check(at)
        # Before it is looked at: a hundred sent at once are a hundred tries.
        tries.count(at)
    except TooManyPasswords as refused:
        return _too_many(request, restriction, refused, at)
    answer: HttpResponse = authenticate_with_password(request, restriction_id, page_id)
    if answer.status_code == HTTPStatus.FOUND:
        tries.take_back(at)
    return answer


def _tries(address: str, restriction: int) -> Counted:
    return Counted((
        (OF_PAGE_HERE, f"{OF_PAGE_HERE.name}:{restriction}:{address}"),
        (FROM_HERE, f"{FROM_HERE.name}:{address}"),
        (OF_PAGE, f"{OF_PAGE.name}:{restriction}"),
    ))  # fmt: skip


def _too_many(
    request: HttpRequest, restriction: PageViewRestriction, refused: TooManyPasswords, at: datetime
) -> HttpResponse:
    """The form again, saying until when to wait; not whether this password was right."""
    to = request.POST.get("return_url", "/")
    form = PasswordViewRestrictionForm(instance=restriction, initial={"return_url": to})
    told = {"form": form, "action_url": request.path, "refused": refused}
    answer = render(request, "portal/pages/closed.html", told, status=429)
    answer["Retry-After"] = seconds_left(refused, at)
    return answer
