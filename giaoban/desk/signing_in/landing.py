"""Where a login begins: the first page of the navigation that it may see."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import resolve, reverse
from django.utils import timezone

from giaoban.desk.door import allows
from giaoban.journal.queries import head
from giaoban.journal.writing import VIETNAM
from giaoban.people import scope


def landing(request: HttpRequest) -> str:
    """The address; a login that is appointed to nothing has only its own page."""
    from giaoban.desk.context import PAGES

    today = timezone.now().astimezone(VIETNAM).date()
    name = request.user.get_username()
    held = scope.roles_of(name, on=today, known=head().number)
    for page, _label in PAGES:
        url = reverse(page)
        if allows(resolve(url).func, held):
            return url
    return reverse("desk:account")
