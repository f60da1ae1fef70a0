"""Intake: spreadsheets of an office become acts, all of a file or none of it.

file → ``reading`` (cells) → ``heading`` and ``matching`` (which column is what) → ``rows`` (what
each says, or why it can't be taken) → ``recording`` (acts, under keys of the file's own).
"""
