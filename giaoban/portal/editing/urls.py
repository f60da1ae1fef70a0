"""The addresses of the slice."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "portal_editing"
urlpatterns: list[URLPattern] = []
