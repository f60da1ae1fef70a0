"""The addresses of the slice, as readers see them."""

from __future__ import annotations

from django.urls import path

from giaoban.portal.comments import views

app_name = "portal_comments"
urlpatterns = [
    path("y-kien/viet/<int:page_id>/", views.write, name="write"),
    path("y-kien/bai/<int:page_id>/", views.all_of, name="all"),
    path("y-kien/cua-toi/<slug:key>/", views.mine, name="mine"),
    path("y-kien/cua-toi/<slug:key>/rut-lai/", views.take_back, name="take_back"),
]
