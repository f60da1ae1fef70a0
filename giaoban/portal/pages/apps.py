"""The slice as a Django app."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "giaoban.portal.pages"
    label = "portal_pages"
