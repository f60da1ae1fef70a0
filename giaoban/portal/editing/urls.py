"""The addresses of the slice: they stand before Wagtail's own of the same path."""

from __future__ import annotations

from django.conf import settings
from django.urls import path
from django.views.generic import RedirectView
from wagtail.admin.auth import require_admin_access

from giaoban.portal.editing.account import OwnAccountView
from giaoban.portal.editing.saving import CarefulEditView

app_name = "portal_editing"
# Passwords are the desk's: what Wagtail has of them is not reached.
_TO_THE_DESK = RedirectView.as_view(url=settings.LOGIN_URL)
urlpatterns = [
    path("login/", _TO_THE_DESK),
    path("password_reset/", _TO_THE_DESK),
    path("account/", require_admin_access(OwnAccountView.as_view())),
    path("pages/<int:page_id>/edit/", require_admin_access(CarefulEditView.as_view())),
]
