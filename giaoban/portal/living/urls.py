"""The addresses of the slice."""

from __future__ import annotations

from django.urls import path, re_path

from giaoban.portal.living import views

app_name = "portal_living"
urlpatterns = [
    path("so-lieu/", views.figures, name="figures"),
    re_path(r"^so-lieu/(?P<issue>\d{1,12})/(?P<slug>[a-z0-9.-]+)/$", views.figure, name="figure"),
    re_path(
        r"^so-lieu/(?P<issue>\d{1,12})/(?P<slug>[a-z0-9.-]+)/so-lieu\.csv$", views.figure_csv,
        name="figure_csv",
    ),
    path("bao-cao/", views.reports, name="reports"),
    path("bao-cao/<int:issue>/", views.report, name="report"),
    re_path(
        r"^bao-cao/(?P<issue>\d{1,12})/bao-cao\.(?P<form>pdf|docx|xlsx)$", views.report_file,
        name="report_file",
    ),
    path("dinh-chinh/", views.corrections, name="corrections"),
    re_path(r"^(?P<path>[a-z0-9/-]+)/so-lieu\.csv$", views.page_csv, name="page_csv"),
    re_path(r"^(?P<path>[a-z0-9/-]+)/datapackage\.json$", views.page_package, name="page_package"),
]  # fmt: skip
