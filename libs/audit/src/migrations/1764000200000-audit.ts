import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Audit1764000200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA audit;
      GRANT USAGE ON SCHEMA audit TO abide_app;

      CREATE TABLE audit.entries (
        id uuid PRIMARY KEY,
        form smallint NOT NULL CHECK (form = 1),
        at timestamptz(3) NOT NULL,
        act text NOT NULL CHECK (length(act) BETWEEN 1 AND 100),
        actor_kind text NOT NULL CHECK (actor_kind IN ('operator', 'subject', 'client', 'system')),
        actor_id text NOT NULL CHECK (length(actor_id) BETWEEN 1 AND 200),
        actor_name text,
        object_type text NOT NULL CHECK (length(object_type) BETWEEN 1 AND 100),
        object_id text NOT NULL CHECK (length(object_id) BETWEEN 1 AND 200),
        subject text,
        reason text,
        correlation_id text,
        details jsonb NOT NULL CHECK (jsonb_typeof(details) = 'object'),
        leaf_hash bytea NOT NULL CHECK (length(leaf_hash) = 32),
        written_in xid8 NOT NULL DEFAULT pg_current_xact_id()
      );
      COMMENT ON COLUMN audit.entries.actor_name IS 'Salted commitment, never the name';
      COMMENT ON COLUMN audit.entries.subject IS 'Salted commitment, never the id';
      COMMENT ON COLUMN audit.entries.reason IS 'Salted commitment, never the text';
      COMMENT ON COLUMN audit.entries.written_in IS 'The transaction that wrote the entry; a sealer orders by it, below the oldest one still open';
      CREATE INDEX entries_at ON audit.entries (at DESC, id DESC);
      CREATE INDEX entries_act ON audit.entries (act, at DESC, id DESC);
      CREATE INDEX entries_actor ON audit.entries (actor_id, at DESC, id DESC);
      CREATE INDEX entries_object ON audit.entries (object_id, at DESC, id DESC);
      CREATE INDEX entries_written_in ON audit.entries (written_in, id);
      GRANT SELECT, INSERT ON audit.entries TO abide_app;

      CREATE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'audit.entries is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
      END $$;
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.entries
        FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
      ALTER TABLE audit.entries ENABLE ALWAYS TRIGGER append_only;

      CREATE TABLE audit.openings (
        subject_id uuid NOT NULL,
        entry_id uuid NOT NULL,
        salt bytea NOT NULL CHECK (length(salt) = 32),
        pseudonym text,
        reason text,
        actor_name text,
        PRIMARY KEY (subject_id, entry_id)
      );
      CREATE INDEX openings_entry ON audit.openings (entry_id);
      GRANT SELECT, INSERT, DELETE ON audit.openings TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA audit CASCADE');
  }
}
