"""Giao Ban: the office of a hierarchical membership organisation, counted in a ledger."""
