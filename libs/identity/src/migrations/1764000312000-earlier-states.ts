import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What state an account was in before its present one, so that what is asked about an instant is answered from the state of then. Whoever never changed has no row. */
export class EarlierStates1764000312000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE identity.subjects ADD COLUMN state_changed_at timestamptz;
      CREATE TABLE identity.earlier_states (
        subject_id uuid NOT NULL,
        id bigint GENERATED ALWAYS AS IDENTITY,
        status text NOT NULL,
        is_restricted boolean NOT NULL,
        until timestamptz NOT NULL,
        PRIMARY KEY (subject_id, id)
      );
      GRANT SELECT, INSERT, DELETE ON identity.earlier_states TO abide_app;

      CREATE FUNCTION identity.keep_earlier_state() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.state_changed_at IS NOT DISTINCT FROM OLD.state_changed_at THEN
          NEW.state_changed_at := greatest(OLD.state_changed_at, OLD.registered_at, statement_timestamp());
        END IF;
        INSERT INTO identity.earlier_states (subject_id, status, is_restricted, until) VALUES (OLD.subject_id, OLD.status, OLD.is_restricted, NEW.state_changed_at);
        RETURN NEW;
      END $$;
      CREATE TRIGGER keep_earlier_state BEFORE UPDATE ON identity.subjects FOR EACH ROW
        WHEN ((OLD.status, OLD.is_restricted) IS DISTINCT FROM (NEW.status, NEW.is_restricted)) EXECUTE FUNCTION identity.keep_earlier_state();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER keep_earlier_state ON identity.subjects;
      DROP FUNCTION identity.keep_earlier_state();
      DROP TABLE identity.earlier_states;
      ALTER TABLE identity.subjects DROP COLUMN state_changed_at;
    `);
  }
}
