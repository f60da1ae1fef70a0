"""Ghi việc: one short form for each kind of act, its lines shown before it is recorded."""
