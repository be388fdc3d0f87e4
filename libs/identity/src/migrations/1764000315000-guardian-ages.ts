import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A guardian is somebody known to be an adult; one guardian's withdrawal stands against the others. */
export class GuardianAges1764000315000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE identity.guardianships
        ADD COLUMN adult_known_at timestamptz,
        ADD COLUMN adult_by text CHECK (adult_by IN ('account', 'evidence')),
        ADD COLUMN age_due_at timestamptz,
        ADD COLUMN age_asked_at timestamptz,
        ADD COLUMN age_lapsed_at timestamptz,
        ADD COLUMN code_confirmed_at timestamptz,
        ADD COLUMN accepted_at timestamptz,
        ADD COLUMN set_aside tstzmultirange NOT NULL DEFAULT '{}',
        ADD CHECK ((adult_known_at IS NULL) = (adult_by IS NULL));
      ALTER TABLE identity.guardianships DROP CONSTRAINT guardianships_end_reason_check;
      ALTER TABLE identity.guardianships ADD CONSTRAINT guardianships_end_reason_check
        CHECK (end_reason IN ('guardianLeft', 'guardianErased', 'cameOfAge', 'refusedByGuardian'));
      CREATE INDEX guardianships_age_due ON identity.guardianships (age_due_at) WHERE age_due_at IS NOT NULL AND adult_known_at IS NULL;

      CREATE TABLE identity.guardianship_evidence (
        subject_id uuid NOT NULL,
        id uuid NOT NULL,
        guardianship_id uuid NOT NULL,
        about text NOT NULL CHECK (about IN ('age', 'withdrawal', 'addition')),
        evidence bytea NOT NULL,
        operator_id uuid NOT NULL,
        recorded_at timestamptz NOT NULL,
        PRIMARY KEY (subject_id, id)
      );
      GRANT SELECT, INSERT, DELETE ON identity.guardianship_evidence TO abide_app;

      ALTER TABLE identity.pending_registrations DROP CONSTRAINT pending_registrations_state_check;
      ALTER TABLE identity.pending_registrations ADD CONSTRAINT pending_registrations_state_check
        CHECK (state IN ('awaitingCode', 'awaitingGuardian', 'awaitingAge'));
    `);
    await this.dropNoWithoutYes(runner);
    await this.keepWhatStood(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM identity.pending_registrations WHERE state = 'awaitingAge';
      ALTER TABLE identity.pending_registrations DROP CONSTRAINT pending_registrations_state_check;
      ALTER TABLE identity.pending_registrations ADD CONSTRAINT pending_registrations_state_check CHECK (state IN ('awaitingCode', 'awaitingGuardian'));
      DROP TABLE identity.guardianship_evidence;
      DELETE FROM identity.guardianships WHERE end_reason = 'refusedByGuardian' OR (consent_withdrawn_at IS NOT NULL AND consented_at IS NULL);
      ALTER TABLE identity.guardianships DROP CONSTRAINT guardianships_end_reason_check;
      ALTER TABLE identity.guardianships ADD CONSTRAINT guardianships_end_reason_check CHECK (end_reason IN ('guardianLeft', 'guardianErased', 'cameOfAge'));
      ALTER TABLE identity.guardianships ADD CHECK (consent_withdrawn_at IS NULL OR consented_at IS NOT NULL);
      ALTER TABLE identity.guardianships
        DROP COLUMN adult_known_at, DROP COLUMN adult_by, DROP COLUMN age_due_at, DROP COLUMN age_asked_at, DROP COLUMN age_lapsed_at,
        DROP COLUMN code_confirmed_at, DROP COLUMN accepted_at, DROP COLUMN set_aside;
    `);
  }

  /** A guardian may say no without having said yes before. */
  private async dropNoWithoutYes(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DO $$
      DECLARE named text;
      BEGIN
        FOR named IN SELECT conname FROM pg_constraint
          WHERE conrelid = 'identity.guardianships'::regclass AND contype = 'c' AND pg_get_constraintdef(oid) LIKE '%consent_withdrawn_at IS NULL%consented_at IS NOT NULL%'
        LOOP
          EXECUTE format('ALTER TABLE identity.guardianships DROP CONSTRAINT %I', named);
        END LOOP;
      END $$;
    `);
  }

  /**
   * Guardians whose account says that they are adults are known to be since they confirmed. The others' consent counts on for a fortnight, in
   * which they are asked; what counted in the past stays as it was then.
   */
  private async keepWhatStood(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE identity.guardianships held SET adult_known_at = held.confirmed_at, adult_by = 'account'
      FROM identity.subjects guardian
      WHERE guardian.subject_id = held.guardian_id AND guardian.minor_status = 'adult' AND held.confirmed_at IS NOT NULL;
      UPDATE identity.guardianships SET age_due_at = coalesce(ended_at, now() + interval '14 days') WHERE adult_known_at IS NULL AND confirmed_at IS NOT NULL;
    `);
  }
}
