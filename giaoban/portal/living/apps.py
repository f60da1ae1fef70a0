"""The slice as a Django app."""

from django.apps import AppConfig


class LivingConfig(AppConfig):
    name = "giaoban.portal.living"
    label = "portal_living"
