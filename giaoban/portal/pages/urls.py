"""The addresses of the slice: what is no page of the tree."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
