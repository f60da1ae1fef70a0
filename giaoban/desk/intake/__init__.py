"""Bringing a spreadsheet in: drop a file, match its columns, look, decide, record."""
