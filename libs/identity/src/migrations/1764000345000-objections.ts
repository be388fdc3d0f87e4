import type { MigrationInterface, QueryRunner } from 'typeorm';

const keepEarlierState = (columns: readonly string[]) => `
  CREATE OR REPLACE FUNCTION identity.keep_earlier_state() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.state_changed_at IS NOT DISTINCT FROM OLD.state_changed_at THEN
      NEW.state_changed_at := greatest(OLD.state_changed_at, OLD.registered_at, statement_timestamp());
    END IF;
    INSERT INTO identity.earlier_states (subject_id, ${columns.join(', ')}, until)
      VALUES (OLD.subject_id, ${columns.map((column) => `OLD.${column}`).join(', ')}, NEW.state_changed_at);
    RETURN NEW;
  END $$;
  DROP TRIGGER keep_earlier_state ON identity.subjects;
  CREATE TRIGGER keep_earlier_state BEFORE UPDATE ON identity.subjects FOR EACH ROW
    WHEN ((${columns.map((column) => `OLD.${column}`).join(', ')}) IS DISTINCT FROM (${columns.map((column) => `NEW.${column}`).join(', ')}))
    EXECUTE FUNCTION identity.keep_earlier_state();`;

/** To which purposes a subject objects, as it stands where the gate reads it, and each objection with its dates and its ground. */
export class Objections1764000345000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE identity.subjects ADD COLUMN objected_purposes text[] NOT NULL DEFAULT '{}';
      ALTER TABLE identity.earlier_states ADD COLUMN objected_purposes text[] NOT NULL DEFAULT '{}';
      CREATE TABLE identity.objections (
        subject_id uuid NOT NULL,
        purpose text NOT NULL,
        since timestamptz NOT NULL,
        ground text NOT NULL,
        taken_back_at timestamptz,
        PRIMARY KEY (subject_id, purpose, since)
      );
      GRANT SELECT, INSERT, UPDATE (taken_back_at), DELETE ON identity.objections TO abide_app;
      ${keepEarlierState(['status', 'is_restricted', 'restricted_categories', 'objected_purposes'])}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${keepEarlierState(['status', 'is_restricted', 'restricted_categories'])}
      DROP TABLE identity.objections;
      ALTER TABLE identity.earlier_states DROP COLUMN objected_purposes;
      ALTER TABLE identity.subjects DROP COLUMN objected_purposes;
    `);
  }
}
