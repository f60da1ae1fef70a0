"""The nation's benchmark: one question, ours and the rivals, on the same legs (docs/benchmarks.md).

Every module runs alone from the folder ``benchmarks`` as ``python -m nation.<name> --home …``,
and exposes ``measure(options) -> list[Outcome]``; ``nation.run`` runs them all. A home is one that
``giaoban synth nation`` filled; its books are only read, tables of the rivals' own stand in a
schema ``bench``, which goes when the run ends.
"""
