"""The slice as a Django app."""

from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "giaoban.portal.boards"
    label = "portal_boards"
