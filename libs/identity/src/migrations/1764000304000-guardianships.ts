import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Guardianships1764000304000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE identity.guardianships (
        subject_id uuid NOT NULL,
        id uuid NOT NULL,
        state text NOT NULL CHECK (state IN ('pending', 'confirmed', 'ended')),
        kind text NOT NULL CHECK (kind IN ('consent', 'advice')),
        guardian bytea,
        guardian_index bytea,
        guardian_id uuid,
        requested_at timestamptz NOT NULL,
        confirmed_at timestamptz,
        consented_at timestamptz,
        consent_withdrawn_at timestamptz,
        earlier_consents tstzmultirange NOT NULL DEFAULT '{}',
        ended_at timestamptz,
        end_reason text CHECK (end_reason IN ('guardianLeft', 'guardianErased', 'cameOfAge')),
        PRIMARY KEY (subject_id, id),
        CHECK (guardian_id <> subject_id),
        CHECK ((guardian IS NULL) = (guardian_index IS NULL)),
        CHECK ((state = 'ended') = (ended_at IS NOT NULL) AND (ended_at IS NULL) = (end_reason IS NULL)),
        CHECK (state <> 'confirmed' OR confirmed_at IS NOT NULL),
        CHECK (consented_at IS NULL OR confirmed_at IS NOT NULL),
        CHECK (consent_withdrawn_at IS NULL OR consented_at IS NOT NULL)
      );
      CREATE INDEX guardianships_id ON identity.guardianships (id);
      CREATE INDEX guardianships_guardian_id ON identity.guardianships (guardian_id) WHERE guardian_id IS NOT NULL;
      CREATE INDEX guardianships_guardian_index ON identity.guardianships (guardian_index) WHERE guardian_index IS NOT NULL;
      CREATE INDEX guardianships_pending ON identity.guardianships (requested_at) WHERE state = 'pending';
      GRANT SELECT, INSERT, UPDATE, DELETE ON identity.guardianships TO abide_app;

      ALTER TABLE identity.subjects ADD COLUMN minor_checked_on date NOT NULL DEFAULT '-infinity';
      CREATE INDEX subjects_minors ON identity.subjects (minor_checked_on, subject_id) WHERE minor_status IN ('under14', 'under18');

      ALTER TABLE identity.verifications DROP CONSTRAINT verifications_act_check;
      ALTER TABLE identity.verifications ADD CONSTRAINT verifications_act_check
        CHECK (act IN ('registration', 'guardianConsent', 'guardianLink', 'signIn', 'passwordReset', 'identifierChange'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM identity.verifications WHERE act = 'guardianLink';
      ALTER TABLE identity.verifications DROP CONSTRAINT verifications_act_check;
      ALTER TABLE identity.verifications ADD CONSTRAINT verifications_act_check
        CHECK (act IN ('registration', 'guardianConsent', 'signIn', 'passwordReset', 'identifierChange'));
      ALTER TABLE identity.subjects DROP COLUMN minor_checked_on;
      DROP TABLE identity.guardianships;
    `);
  }
}
