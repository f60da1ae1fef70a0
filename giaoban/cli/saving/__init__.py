"""Keeping the books safe: a dump of one moment, and bringing one back once it has been checked."""
