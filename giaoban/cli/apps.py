"""The cli floor as a Django app."""

from django.apps import AppConfig


class CliConfig(AppConfig):
    name = "giaoban.cli"
    label = "cli"
