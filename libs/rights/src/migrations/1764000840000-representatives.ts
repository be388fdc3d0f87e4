import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who asked for an enterprise, and who did what for it. A request is found by the code that was sent for it, whoever it went to. */
export class Representatives1764000840000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE rights.requests ADD COLUMN asked_by uuid, ADD COLUMN asked_as text,
        ADD CHECK (asked_by IS NULL OR asked_as IS NOT NULL);
      CREATE INDEX requests_asked_by ON rights.requests (asked_by) WHERE asked_by IS NOT NULL;
      CREATE INDEX requests_verification_id ON rights.requests (verification_id) WHERE verification_id IS NOT NULL;
      ALTER TABLE rights.request_events DROP CONSTRAINT request_events_by_kind_check,
        ADD CONSTRAINT request_events_by_kind_check CHECK (by_kind IN ('subject', 'representative', 'operator', 'system'));
      CREATE INDEX request_events_representative ON rights.request_events (by_id) WHERE by_kind = 'representative';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE rights.request_events SET by_kind = 'subject', by_id = NULL WHERE by_kind = 'representative';
      DROP INDEX rights.request_events_representative;
      ALTER TABLE rights.request_events DROP CONSTRAINT request_events_by_kind_check,
        ADD CONSTRAINT request_events_by_kind_check CHECK (by_kind IN ('subject', 'operator', 'system'));
      DROP INDEX rights.requests_verification_id;
      ALTER TABLE rights.requests DROP COLUMN asked_by, DROP COLUMN asked_as;
    `);
  }
}
