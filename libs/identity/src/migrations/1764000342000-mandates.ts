import type { MigrationInterface, QueryRunner } from 'typeorm';

const acts = [
  'registration',
  'guardianConsent',
  'guardianLink',
  'signIn',
  'passwordReset',
  'identifierChange',
  'request',
  'addressProof',
];

const allow = (names: readonly string[]) => `
  ALTER TABLE identity.verifications DROP CONSTRAINT verifications_act_check;
  ALTER TABLE identity.verifications ADD CONSTRAINT verifications_act_check CHECK (act IN (${names.map((name) => `'${name}'`).join(', ')}));`;

/** Who may act for an enterprise: its contact person, noted with the subject until now, and members. */
export class Mandates1764000342000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE identity.mandates (
        subject_id uuid NOT NULL,
        id uuid NOT NULL,
        role text NOT NULL CHECK (role IN ('contact', 'member')),
        person_id uuid NOT NULL,
        acts text[] NOT NULL,
        named_at timestamptz NOT NULL,
        verification_id uuid,
        confirmed_at timestamptz,
        expires_at timestamptz,
        ended_at timestamptz,
        end_reason text CHECK (end_reason IN ('replaced', 'ended', 'left', 'endedByOperator')),
        PRIMARY KEY (subject_id, id),
        CHECK (person_id <> subject_id),
        CHECK ((role = 'member') = (expires_at IS NOT NULL)),
        CHECK ((ended_at IS NULL) = (end_reason IS NULL))
      );
      CREATE INDEX mandates_id ON identity.mandates (id);
      CREATE INDEX mandates_person_id ON identity.mandates (person_id);
      CREATE UNIQUE INDEX mandates_one_contact ON identity.mandates (subject_id) WHERE role = 'contact' AND ended_at IS NULL;
      GRANT SELECT, INSERT, UPDATE, DELETE ON identity.mandates TO abide_app;

      INSERT INTO identity.mandates (subject_id, id, role, person_id, acts, named_at)
        SELECT subject_id, uuidv7(), 'contact', contact_person_id, '{}', registered_at FROM identity.subjects WHERE contact_person_id IS NOT NULL;
      ALTER TABLE identity.subjects DROP COLUMN contact_person_id;
      ${allow([...acts, 'mandate'])}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM identity.verifications WHERE act = 'mandate';
      ${allow(acts)}
      ALTER TABLE identity.subjects ADD COLUMN contact_person_id uuid;
      UPDATE identity.subjects enterprise SET contact_person_id = held.person_id FROM identity.mandates held
        WHERE held.subject_id = enterprise.subject_id AND held.role = 'contact' AND held.ended_at IS NULL;
      DROP TABLE identity.mandates;
    `);
  }
}
