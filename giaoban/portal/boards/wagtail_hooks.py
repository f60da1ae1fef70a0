"""Where the boards stand among the editors' screens."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from giaoban.portal.boards.models import BoardSettings
from giaoban.portal.boards.storing import PRICES, WEATHER
from giaoban.portal.boards.views import MAY_ENTER, boards
from giaoban.portal.caching import changed


class BoardsItem(MenuItem):
    """The item of the menu, for whoever may enter values."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this login may."""
        return request.user.has_perm(MAY_ENTER)


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]  # untyped library
def addresses() -> list[URLPattern]:
    """Wagtail lets nobody in who may not edit."""
    return [path("bang/", boards, name="portal_boards")]


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]  # untyped library
def boards_item() -> BoardsItem:
    """Prices and weather in the menu."""
    address = reverse("portal_boards")
    return BoardsItem(_("Prices, weather"), address, icon_name="table", name="boards", order=650)


@hooks.register("after_edit_setting")  # type: ignore[untyped-decorator]  # untyped library
def settings_changed(request: HttpRequest, instance: Model) -> Any:  # noqa: ARG001 - Wagtail's signature
    """Pages that show the boards are old once their settings are others."""
    if isinstance(instance, BoardSettings):
        changed(PRICES, WEATHER)
