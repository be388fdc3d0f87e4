import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far the rows have been looked through that were stored before collecting asked whether it was allowed when it happened; no row where none were. */
export class LaterConsents1764000712000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE telemetry.later_consents (
        id integer PRIMARY KEY DEFAULT 1 CHECK (id = 1),
        last_subject_id uuid,
        rows bigint NOT NULL DEFAULT 0,
        purposes bigint NOT NULL DEFAULT 0,
        finished_at timestamptz
      );
      INSERT INTO telemetry.later_consents (id) SELECT 1 WHERE EXISTS (SELECT FROM telemetry.events);
      GRANT SELECT, UPDATE ON telemetry.later_consents TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE telemetry.later_consents');
  }
}
