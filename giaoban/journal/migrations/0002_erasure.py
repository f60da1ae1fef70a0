"""The one way in which personal content leaves a book: an erasure, carried out by the owner."""

from django.db import migrations

# In a sealed book exactly the erasable columns may be NULL; tests hold this.
CREATE = """
CREATE FUNCTION journal_erase() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    one record;
    emptied text;
BEGIN
    FOR one IN SELECT * FROM fresh LOOP
        IF NOT EXISTS (
            SELECT FROM journal_entry WHERE id = one.entry_id AND kind = 35
                AND xid = pg_current_xact_id()
        ) THEN
            RAISE EXCEPTION 'erasure_without_entry: entry %', one.entry_id;
        END IF;
        SELECT string_agg(format('%I = NULL', a.attname), ', ') INTO emptied
        FROM pg_attribute AS a
        WHERE a.attrelid = to_regclass(quote_ident(one.book)) AND a.attnum > 0
            AND NOT a.attisdropped AND NOT a.attnotnull
            AND EXISTS (SELECT FROM pg_attribute AS s WHERE s.attrelid = a.attrelid
                AND s.attname = 'seal');
        IF emptied IS NULL THEN
            RAISE EXCEPTION 'erasure_unknown_book: %', one.book;
        END IF;
        EXECUTE format('UPDATE %I SET %s WHERE entry_id = $1 AND line = $2', one.book, emptied)
            USING one.erased_entry_id, one.erased_line;
    END LOOP;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION journal_erase() FROM PUBLIC;
CREATE TRIGGER erase AFTER INSERT ON journal_erasure REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION journal_erase();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [
        migrations.RunSQL(
            CREATE, "DROP TRIGGER erase ON journal_erasure; DROP FUNCTION journal_erase();"
        )
    ]
