/** SQL for a migration: the log of changes, and the function by which a table is followed. */
export const changeLogSql = `
  CREATE TABLE identity.changed_subjects (xid xid8 NOT NULL DEFAULT pg_current_xact_id(), subject_id uuid NOT NULL);
  CREATE INDEX ON identity.changed_subjects (xid);
  CREATE TABLE identity.changed_subjects_horizon (source text NOT NULL, oldest xid8 NOT NULL, pruned xid8 NOT NULL, noted_at timestamptz NOT NULL);
  INSERT INTO identity.changed_subjects_horizon VALUES ('', '0', '0', '-infinity');
  GRANT SELECT, INSERT, DELETE ON identity.changed_subjects TO abide_app;
  GRANT SELECT, UPDATE ON identity.changed_subjects_horizon TO abide_app;
  CREATE FUNCTION identity.log_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'TRUNCATE' THEN RAISE EXCEPTION '% is followed by a log of changes, and is emptied by DELETE', TG_TABLE_NAME; END IF;
    IF TG_OP <> 'DELETE' THEN INSERT INTO identity.changed_subjects (subject_id) VALUES (NEW.subject_id); END IF;
    IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND NEW.subject_id <> OLD.subject_id) THEN INSERT INTO identity.changed_subjects (subject_id) VALUES (OLD.subject_id); END IF;
    RETURN NULL;
  END $$;`;

/**
 * SQL for a migration of the module whose table it is: from here on the log names every subject of whom a row changes. The table has a
 * `subject_id`, unless `logs` is another function of triggers that names whom the rows are about.
 */
export function followedSql(table: string, logs = 'identity.log_change'): string {
  return `
    CREATE TRIGGER log_change AFTER INSERT OR UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION ${logs}();
    CREATE TRIGGER log_truncation BEFORE TRUNCATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION identity.log_change();
    ALTER TABLE ${table} ENABLE ALWAYS TRIGGER log_change;
    ALTER TABLE ${table} ENABLE ALWAYS TRIGGER log_truncation;`;
}

/** SQL for the migration that takes it back. */
export function unfollowedSql(table: string): string {
  return `DROP TRIGGER log_change ON ${table}; DROP TRIGGER log_truncation ON ${table};`;
}
