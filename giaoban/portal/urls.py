"""The addresses of the portal: each slice brings its own; what is left is a page of the site."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import include, path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as editors_urls
from wagtail.documents import urls as documents_urls

from giaoban.portal.pages.closed import ask_password, to_sign_in

handler404 = "giaoban.portal.pages.refusing.not_found"
handler500 = "giaoban.portal.pages.refusing.broken"


def healthz(_request: HttpRequest) -> HttpResponse:
    """That the portal answers."""
    return HttpResponse("ok", content_type="text/plain")


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture or file that editors brought."""
    return serve(request, path, document_root=str(settings.MEDIA_ROOT))


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("ngon-ngu/", include("django.conf.urls.i18n")),
    path("bien-tap/", include("giaoban.portal.editing.urls")),
    path("bien-tap/", include(editors_urls)),
    path("tai-ve/", include(documents_urls)),
    path("tep/<path:path>", media, name="media"),
    path("_util/login/", to_sign_in),
    # Wagtail's own address of the form, by which it is named in its pages.
    path("_util/authenticate_with_password/<int:restriction_id>/<int:page_id>/", ask_password),
    path("", include("giaoban.portal.pages.urls")),
    path("", include("giaoban.portal.living.urls")),
    path("", include("giaoban.portal.comments.urls")),
    path("", include("giaoban.portal.boards.urls")),
    path("", include(wagtail_urls)),
]
