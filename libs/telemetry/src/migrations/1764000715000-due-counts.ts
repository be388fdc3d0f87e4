import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is stored is counted anew within ten minutes, so that what is due needs no telling before. */
export class DueCounts1764000715000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE telemetry.stored_counts ADD COLUMN due_events bigint NOT NULL DEFAULT 0, ADD COLUMN due_since timestamptz',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE telemetry.stored_counts DROP COLUMN due_events, DROP COLUMN due_since');
  }
}
