"""The ledger floor as a Django app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "giaoban.ledger"
    label = "ledger"
