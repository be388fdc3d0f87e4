/** The log as it was first made, in consent's schema, with triggers on the tables that it followed. */
export function changeLogSql(
  table: string,
  { follows, app }: { readonly follows: readonly string[]; readonly app: string },
): string {
  return `
    CREATE TABLE ${table} (xid xid8 NOT NULL DEFAULT pg_current_xact_id(), subject_id uuid NOT NULL);
    CREATE INDEX ON ${table} (xid);
    CREATE TABLE ${table}_horizon (source text NOT NULL, oldest xid8 NOT NULL, pruned xid8 NOT NULL, noted_at timestamptz NOT NULL);
    INSERT INTO ${table}_horizon VALUES ('', '0', '0', '-infinity');
    GRANT SELECT, INSERT, DELETE ON ${table} TO ${app};
    GRANT SELECT, UPDATE ON ${table}_horizon TO ${app};
    CREATE FUNCTION ${table}_note() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'TRUNCATE' THEN RAISE EXCEPTION '% is followed by a log of changes, and is emptied by DELETE', TG_TABLE_NAME; END IF;
      IF TG_OP <> 'DELETE' THEN INSERT INTO ${table} (subject_id) VALUES (NEW.subject_id); END IF;
      IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND NEW.subject_id <> OLD.subject_id) THEN INSERT INTO ${table} (subject_id) VALUES (OLD.subject_id); END IF;
      RETURN NULL;
    END $$;
    ${follows
      .map(
        (followed) => `
      CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE ON ${followed} FOR EACH ROW EXECUTE FUNCTION ${table}_note();
      CREATE TRIGGER note_truncation BEFORE TRUNCATE ON ${followed} FOR EACH STATEMENT EXECUTE FUNCTION ${table}_note();
      ALTER TABLE ${followed} ENABLE ALWAYS TRIGGER note_change;
      ALTER TABLE ${followed} ENABLE ALWAYS TRIGGER note_truncation;`,
      )
      .join('')}
  `;
}
