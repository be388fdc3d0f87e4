import type { MigrationInterface, QueryRunner } from 'typeorm';

const keepEarlierState = (columns: string, values: string) => `
  CREATE OR REPLACE FUNCTION identity.keep_earlier_state() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.state_changed_at IS NOT DISTINCT FROM OLD.state_changed_at THEN
      NEW.state_changed_at := greatest(OLD.state_changed_at, OLD.registered_at, statement_timestamp());
    END IF;
    INSERT INTO identity.earlier_states (subject_id, ${columns}, until) VALUES (OLD.subject_id, ${values}, NEW.state_changed_at);
    RETURN NEW;
  END $$;`;

const watch = (columns: readonly string[]) => `
  DROP TRIGGER keep_earlier_state ON identity.subjects;
  CREATE TRIGGER keep_earlier_state BEFORE UPDATE ON identity.subjects FOR EACH ROW
    WHEN ((${columns.map((column) => `OLD.${column}`).join(', ')}) IS DISTINCT FROM (${columns.map((column) => `NEW.${column}`).join(', ')}))
    EXECUTE FUNCTION identity.keep_earlier_state();`;

/** A single category may be stored only, as everything may; each restriction has its date and its ground. */
export class Restrictions1764000331000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE identity.subjects ADD COLUMN restricted_categories text[] NOT NULL DEFAULT '{}';
      ALTER TABLE identity.earlier_states ADD COLUMN restricted_categories text[] NOT NULL DEFAULT '{}';
      CREATE TABLE identity.restrictions (
        subject_id uuid NOT NULL,
        category text NOT NULL,
        since timestamptz NOT NULL,
        ground text NOT NULL,
        lifted_at timestamptz,
        lift_ground text,
        PRIMARY KEY (subject_id, category, since),
        CHECK ((lifted_at IS NULL) = (lift_ground IS NULL))
      );
      GRANT SELECT, INSERT, UPDATE (lifted_at, lift_ground), DELETE ON identity.restrictions TO abide_app;
      ${keepEarlierState('status, is_restricted, restricted_categories', 'OLD.status, OLD.is_restricted, OLD.restricted_categories')}
      ${watch(['status', 'is_restricted', 'restricted_categories'])}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${keepEarlierState('status, is_restricted', 'OLD.status, OLD.is_restricted')}
      ${watch(['status', 'is_restricted'])}
      DROP TABLE identity.restrictions;
      ALTER TABLE identity.earlier_states DROP COLUMN restricted_categories;
      ALTER TABLE identity.subjects DROP COLUMN restricted_categories;
    `);
  }
}
