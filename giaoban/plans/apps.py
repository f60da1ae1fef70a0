"""The plans floor as a Django app."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "giaoban.plans"
    label = "plans"
