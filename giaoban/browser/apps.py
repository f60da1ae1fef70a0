"""The floor as a Django app."""

from django.apps import AppConfig


class BrowserConfig(AppConfig):
    name = "giaoban.browser"
    label = "browser"
