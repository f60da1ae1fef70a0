"""What the doors to a browser have in common: sessions, language, keys, static files, the look."""
