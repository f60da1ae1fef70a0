"""The addresses of the desk: each slice brings its own."""

from __future__ import annotations

from django.urls import include, path

from giaoban.desk.health import healthz

handler400 = "giaoban.desk.refusing.bad_request"
handler403 = "giaoban.desk.refusing.not_allowed"
handler404 = "giaoban.desk.refusing.not_found"
handler429 = "giaoban.desk.refusing.too_many"
handler500 = "giaoban.desk.refusing.broken"

# In the order of the navigation.
SLICES = (
    "overview",
    "units",
    "members",
    "acts",
    "journal",
    "targets",
    "figures",
    "reports",
    "intake",
    "access",
    "search",
)

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("ngon-ngu/", include("django.conf.urls.i18n")),
    path("tai-khoan/", include("giaoban.desk.signing_in.urls")),
    path(
        "",
        include(
            (
                [
                    path("", include("giaoban.desk.signing_in.account_urls")),
                    *(path("", include(f"giaoban.desk.{name}.urls")) for name in SLICES),
                ],
                "desk",
            )
        ),
    ),
]
