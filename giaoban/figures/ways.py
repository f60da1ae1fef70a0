"""One person's way through one day of reorganisation, as SQL that the figures share.

The legs of a day are taken together, so a chain of mergers on one day counts from where the person
stood that morning to where they stand that evening. Where another act lies between two
reorganisations of the day, the first unit lost goes with the first one gained.
"""

from __future__ import annotations

from giaoban.journal.kinds import Kind

_FULL = "CASE WHEN account IN (2, 4) THEN 1 ELSE 0 END"


UNSEEN = 0  # a unit whose legs the database hides: no tree holds it


def ways(which: str, *, open_ends: bool = False) -> str:
    """Common table expressions that end with ``way``: (effective_on, person_id, left_id, taken_id,
    standing, entry_id, fresh), by entries up to ``%(known)s``; ``which`` narrows the legs.

    ``fresh`` tells that the person only came into the unit on that day, by another act. Where the
    other end lies out of the reader's sight it is no way at all, or with ``open_ends`` one from or
    to ``UNSEEN``.
    """
    join = "FULL JOIN" if open_ends else "JOIN"
    return f"""
        net AS (
            SELECT effective_on, person_id, unit_id, {_FULL} AS standing,
                sum(quantity) AS n, max(entry_id) AS entry_id
            FROM ledger_leg
            WHERE kind = {int(Kind.REORGANISATION)} AND account BETWEEN 1 AND 4
                AND entry_id <= %(known)s{which}
            GROUP BY 1, 2, 3, 4 HAVING sum(quantity) <> 0
        ), numbered AS (
            SELECT net.*, n > 0 AS inward, row_number() OVER (
                PARTITION BY effective_on, person_id, standing, n > 0 ORDER BY entry_id, unit_id
            ) AS number FROM net
        ), come AS (
            SELECT effective_on, person_id, unit_id FROM ledger_leg
            WHERE kind <> {int(Kind.REORGANISATION)} AND account BETWEEN 1 AND 4
                AND entry_id <= %(known)s{which}
                AND effective_on IN (SELECT effective_on FROM net)
            GROUP BY 1, 2, 3 HAVING sum(quantity) > 0
        ), way AS (
            SELECT COALESCE(lost.effective_on, gained.effective_on) AS effective_on,
                COALESCE(lost.person_id, gained.person_id) AS person_id,
                COALESCE(lost.unit_id, {UNSEEN}) AS left_id,
                COALESCE(gained.unit_id, {UNSEEN}) AS taken_id, standing,
                GREATEST(lost.entry_id, gained.entry_id) AS entry_id,
                come.person_id IS NOT NULL AS fresh
            FROM (SELECT * FROM numbered WHERE NOT inward) AS lost
            {join} (SELECT * FROM numbered WHERE inward) AS gained
                USING (effective_on, person_id, standing, number)
            LEFT JOIN come ON come.effective_on = lost.effective_on
                AND come.person_id = lost.person_id AND come.unit_id = lost.unit_id
        )"""
