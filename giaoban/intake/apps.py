"""Intake as a Django app."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "giaoban.intake"
    label = "intake"
