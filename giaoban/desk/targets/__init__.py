"""Targets: the sheet on which they are handed down, and their revisions."""
