"""The slice as a Django app."""

from django.apps import AppConfig


class BringingConfig(AppConfig):
    name = "giaoban.portal.bringing"
    label = "portal_bringing"
