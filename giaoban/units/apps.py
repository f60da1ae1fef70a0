"""The units floor as a Django app."""

from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "giaoban.units"
    label = "units"
