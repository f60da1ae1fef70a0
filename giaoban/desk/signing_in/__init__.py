"""Signing in: django-allauth's pages in the desk's own look, and the login's own settings."""
