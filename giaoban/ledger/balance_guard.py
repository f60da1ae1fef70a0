"""The trigger that keeps the ledger true, whatever Python believes.

One statement-level trigger over the inserted legs, set-based, so that COPY stays fast. It refuses:
an entry that is not of this transaction or says otherwise than its legs; a movement that does not
sum to zero in a unit; a person who would stand twice in one family, or a book below zero, on any
day, backdated acts included; anybody standing in a unit outside its life.
"""

from __future__ import annotations

import pgtrigger

from giaoban.journal.guards import Guard

# Accounts 1 to 4 are standings (ledger/accounts.py), 9 is "the unit exists".
_FUNCTION = """
    -- 0. One look at what came in.
    SELECT min(entry_id), max(entry_id), array_agg(DISTINCT unit_id),
        array_agg(DISTINCT person_id) FILTER (WHERE person_id IS NOT NULL),
        array_agg(DISTINCT unit_id) FILTER (WHERE account = 9),
        bool_or(account BETWEEN 1 AND 4 AND person_id IS NULL
            OR account = 9 AND person_id IS NOT NULL)
    INTO first_id, last_id, units, persons, founded, misfit FROM fresh;

    -- 1. Legs belong to an entry of this very transaction and repeat what it says.
    -- 2. Zero in every unit of every movement, for each person and for the unit itself.
    IF first_id = last_id THEN  -- a single act: the same without the cost of a join
        SELECT kind, effective_on, reverses_id IS NOT NULL AS reversal INTO act
        FROM journal_entry WHERE id = first_id AND xid = pg_current_xact_id();
        SELECT first_id AS entry_id, f.unit_id, sum(f.quantity) AS total,
            bool_and((f.kind, f.effective_on, f.reversal)
                IS NOT DISTINCT FROM (act.kind, act.effective_on, act.reversal)) AS follows
        INTO bad
        FROM fresh AS f
        GROUP BY f.unit_id, f.person_id
        HAVING sum(f.quantity) <> 0 OR NOT bool_and((f.kind, f.effective_on, f.reversal)
            IS NOT DISTINCT FROM (act.kind, act.effective_on, act.reversal))
        ORDER BY follows LIMIT 1;
    ELSE
        SELECT f.entry_id, f.unit_id, sum(f.quantity) AS total, count(e.id) = count(*) AS follows
        INTO bad
        FROM fresh AS f LEFT JOIN (
            SELECT * FROM journal_entry
            WHERE id BETWEEN first_id AND last_id AND xid = pg_current_xact_id()
        ) AS e ON e.id = f.entry_id AND e.kind = f.kind AND e.effective_on = f.effective_on
            AND (e.reverses_id IS NOT NULL) = f.reversal
        GROUP BY f.entry_id, f.unit_id, f.person_id
        HAVING sum(f.quantity) <> 0 OR count(e.id) <> count(*)
        ORDER BY follows LIMIT 1;
    END IF;
    IF FOUND AND NOT bad.follows THEN
        RAISE EXCEPTION 'ledger_foreign_entry: legs of entry % do not follow it', bad.entry_id;
    ELSIF FOUND THEN
        RAISE EXCEPTION 'ledger_unbalanced: entry %, unit %, total %',
            bad.entry_id, bad.unit_id, bad.total;
    END IF;

    -- 3. Units and persons are known; persons have standings, units exist.
    IF misfit OR cardinality(units) <> (
            SELECT count(*) FROM (
                SELECT id FROM units_unit WHERE id = ANY (units) ORDER BY id OFFSET 0) AS known)
        OR cardinality(persons) <> (
            SELECT count(*) FROM (
                SELECT id FROM people_person WHERE id = ANY (persons) ORDER BY id OFFSET 0
            ) AS known)
    THEN
        SELECT f.unit_id, f.person_id INTO bad FROM fresh AS f
        LEFT JOIN units_unit AS u ON u.id = f.unit_id
        LEFT JOIN people_person AS p ON p.id = f.person_id
        WHERE u.id IS NULL OR f.person_id IS NOT NULL AND p.id IS NULL
            OR f.account BETWEEN 1 AND 4 AND f.person_id IS NULL
            OR f.account = 9 AND f.person_id IS NOT NULL
        LIMIT 1;
        RAISE EXCEPTION 'ledger_unknown: unit %, person %', bad.unit_id, bad.person_id;
    END IF;

    -- 4. Whoever is touched stands at most once in a family on every day, no book is below
    --    zero, and nobody stands in a unit outside its life.
    --    First a quick acquittal: somebody whose standing legs, by day, go +1, −1, +1, −1 …,
    --    each −1 from where the +1 before it led, stands once at most in all families together,
    --    and from each +1 to the next leg in that unit. Whoever is not acquitted is judged below.
    WITH steps AS (
        SELECT person_id, unit_id, effective_on, quantity > 0 AS comes,
            CASE WHEN row_number() OVER book % 2 = 1 THEN quantity <> 1
                ELSE quantity <> -1 OR unit_id <> lag(unit_id) OVER book
                    OR account <> lag(account) OVER book END AS odd,
            lead(effective_on, 1, 'infinity') OVER book AS until
        FROM ledger_leg WHERE person_id = ANY (persons) AND account BETWEEN 1 AND 4
        WINDOW book AS (PARTITION BY person_id ORDER BY effective_on, quantity)
    ), stays AS (
        SELECT unit_id, array_agg(person_id) AS everybody,
            array_agg(person_id) FILTER (WHERE odd) AS odd,
            min(effective_on) FILTER (WHERE comes) AS first_on,
            max(until) FILTER (WHERE comes) AS until
        FROM steps GROUP BY unit_id
    )
    SELECT array_agg(DISTINCT suspect) INTO suspects
    FROM stays AS s CROSS JOIN LATERAL (
        SELECT min(effective_on) FILTER (WHERE net > 0) AS opened,
            COALESCE(min(effective_on) FILTER (WHERE net < 0), 'infinity') AS closed
        FROM (
            SELECT effective_on, sum(quantity) OVER (PARTITION BY effective_on) AS net
            FROM ledger_leg WHERE account = 9 AND unit_id = s.unit_id
        ) AS days
    ) AS life CROSS JOIN LATERAL unnest(
        CASE WHEN s.first_on >= life.opened AND s.until <= life.closed THEN s.odd
            ELSE s.everybody END
    ) AS suspect;

    IF suspects IS NOT NULL THEN
        SELECT array_agg(DISTINCT unit_id) INTO stood FROM (
            SELECT unit_id FROM ledger_leg WHERE person_id = ANY (suspects)
                AND account BETWEEN 1 AND 4 ORDER BY person_id, effective_on OFFSET 0
        ) AS legs;
        WITH days AS (
            SELECT person_id, unit_id, account, effective_on, sum(quantity) AS quantity
            FROM (
                SELECT * FROM ledger_leg WHERE person_id = ANY (suspects)
                    AND account BETWEEN 1 AND 4 ORDER BY person_id, effective_on OFFSET 0
            ) AS legs GROUP BY person_id, unit_id, account, effective_on
        ), units AS (
            SELECT id, kind_id FROM units_unit WHERE id = ANY (stood) ORDER BY id OFFSET 0
        ), life AS (
            SELECT s.unit_id, l.opened, l.closed
            FROM unnest(stood) AS s (unit_id) CROSS JOIN LATERAL (
                SELECT min(effective_on) FILTER (WHERE net > 0) AS opened,
                    COALESCE(min(effective_on) FILTER (WHERE net < 0), 'infinity') AS closed
                FROM (
                    SELECT effective_on, sum(quantity) OVER (PARTITION BY effective_on) AS net
                    FROM ledger_leg WHERE account = 9 AND unit_id = s.unit_id
                ) AS days
            ) AS l
        ), running AS (
            SELECT d.person_id, d.unit_id, d.effective_on,
                sum(d.quantity) OVER (
                    PARTITION BY d.person_id, d.unit_id, d.account ORDER BY d.effective_on) AS book,
                sum(d.quantity) OVER (
                    PARTITION BY d.person_id, k.family_id ORDER BY d.effective_on) AS standing,
                lead(d.effective_on, 1, 'infinity') OVER (
                    PARTITION BY d.person_id, d.unit_id, d.account ORDER BY d.effective_on
                ) AS until,
                v.opened, v.closed
            FROM days AS d
            JOIN units AS u ON u.id = d.unit_id
            JOIN units_unitkind AS k ON k.code = u.kind_id
            LEFT JOIN life AS v ON v.unit_id = d.unit_id
        )
        SELECT * INTO bad FROM running
        WHERE book NOT IN (0, 1) OR standing NOT IN (0, 1)
            OR (book > 0 AND (opened IS NULL OR effective_on < opened OR until > closed))
        LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION
                'ledger_standing: person % on %: unit % has %, family has %, the unit lives % to %',
                bad.person_id, bad.effective_on, bad.unit_id, bad.book, bad.standing,
                bad.opened, bad.closed;
        END IF;
    END IF;

    -- 5. A unit exists once at most, and whoever stood in it is gone when it closes.
    IF founded IS NOT NULL THEN
        WITH lives AS (
            SELECT unit_id, effective_on, sum(quantity) AS net FROM (
                SELECT * FROM ledger_leg WHERE account = 9 AND unit_id = ANY (founded)
                ORDER BY unit_id, effective_on OFFSET 0
            ) AS legs GROUP BY unit_id, effective_on
        ), running AS (
            SELECT unit_id, effective_on,
                sum(net) OVER (PARTITION BY unit_id ORDER BY effective_on) AS alive,
                lead(effective_on, 1, 'infinity') OVER (
                    PARTITION BY unit_id ORDER BY effective_on) AS until
            FROM lives
        ), members AS (
            SELECT unit_id, effective_on,
                sum(sum(quantity)) OVER (PARTITION BY unit_id ORDER BY effective_on) AS strength,
                lead(effective_on, 1, 'infinity') OVER (
                    PARTITION BY unit_id ORDER BY effective_on) AS until
            FROM (
                SELECT * FROM ledger_leg WHERE account BETWEEN 1 AND 4 AND unit_id = ANY (founded)
                ORDER BY unit_id OFFSET 0
            ) AS legs GROUP BY unit_id, effective_on
        )
        SELECT r.unit_id, r.effective_on, r.alive, m.strength INTO bad
        FROM running AS r
        LEFT JOIN members AS m ON m.unit_id = r.unit_id AND m.strength > 0 AND r.alive = 0
            AND m.effective_on < r.until AND m.until > r.effective_on
        WHERE r.alive NOT IN (0, 1) OR m.strength > 0
        LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'ledger_unit_life: unit % on %: exists %, members %',
                bad.unit_id, bad.effective_on, bad.alive, bad.strength;
        END IF;
    END IF;
    RETURN NULL;
"""

TRIGGER = Guard(
    name="balance",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    referencing=pgtrigger.Referencing(new="fresh"),
    declare=[
        ("bad", "record"),
        ("act", "record"),
        ("first_id", "bigint"),
        ("last_id", "bigint"),
        ("units", "bigint[]"),
        ("persons", "bigint[]"),
        ("founded", "bigint[]"),
        ("misfit", "boolean"),
        ("suspects", "bigint[]"),
        ("stood", "bigint[]"),
    ],
    func=_FUNCTION,
)
