"""The figures floor as a Django app."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "giaoban.figures"
    label = "figures"
