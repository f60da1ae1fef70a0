"""The overview: what needs the login today."""
