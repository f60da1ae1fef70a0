"""Closed history as columns: a cache of the legs up to one entry of the journal, read by DuckDB.

``compacting.py`` writes a set, ``layout.py`` says how it lies on the disk and which one is in
force, ``reading.py`` decides whether it may be read, ``columns.py`` is DuckDB, ``checking.py``
holds a set against the journal. Without a set every figure is the same, only slower.
"""
