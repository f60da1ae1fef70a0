"""The slice as a Django app."""

from django.apps import AppConfig


class CommentsConfig(AppConfig):
    name = "giaoban.portal.comments"
    label = "portal_comments"
