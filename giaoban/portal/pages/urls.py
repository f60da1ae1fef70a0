"""The addresses of the slice: what is no page of the tree."""

from __future__ import annotations

from django.urls import path

from giaoban.portal.pages import views
from giaoban.portal.pages.choosing_language import choose_language
from giaoban.portal.pages.closed import to_sign_in
from giaoban.portal.pages.feeds import SectionAtom, SectionFeed, SiteAtom, SiteFeed
from giaoban.portal.pages.maps import map_part, site_map

app_name = "portal_pages"
urlpatterns = [
    path("ngon-ngu/", choose_language, name="language"),
    path("vao/", to_sign_in, name="sign_in"),
    path("tim-kiem/", views.find, name="search"),
    path("the/<slug:tag>/", views.tagged, name="tag"),
    path("van-ban/", views.documents, name="papers"),
    path("van-ban/<int:pk>-<slug:slug>/", views.document, name="paper"),
    path("to-chuc/", views.organisation, name="organisation"),
    path("so-do-trang/", views.contents, name="contents"),
    path("tiep-can/", views.access, name="access"),
    path("rss/", SiteFeed(), name="rss"),
    path("atom/", SiteAtom(), name="atom"),
    path("rss/<slug:section>/", SectionFeed(), name="section_rss"),
    path("atom/<slug:section>/", SectionAtom(), name="section_atom"),
    path("sitemap.xml", site_map, name="sitemap"),
    path("sitemap-<slug:section>.xml", map_part, name="map_part"),
    path("robots.txt", views.robots, name="robots"),
]
