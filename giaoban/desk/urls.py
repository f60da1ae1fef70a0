"""The addresses of the desk: each slice brings its own."""

from __future__ import annotations

from django.urls import include, path

from giaoban.desk.health import healthz

# In the order of the navigation.
SLICES = ("overview", "members")

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("ngon-ngu/", include("django.conf.urls.i18n")),
    path("tai-khoan/", include("giaoban.desk.signing_in.urls")),
    path(
        "",
        include(
            (
                [path("", include(f"giaoban.desk.{name}.urls")) for name in SLICES],
                "desk",
            )
        ),
    ),
]
