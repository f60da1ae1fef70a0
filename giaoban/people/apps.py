"""The people floor as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "giaoban.people"
    label = "people"
