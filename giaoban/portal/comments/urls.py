"""The addresses of the slice."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "portal_comments"
urlpatterns: list[URLPattern] = []
