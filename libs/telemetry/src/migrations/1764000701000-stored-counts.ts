import type { MigrationInterface, QueryRunner } from 'typeorm';

export class StoredCounts1764000701000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE telemetry.stored_counts (
        category text NOT NULL,
        service text NOT NULL,
        is_sensitive boolean NOT NULL,
        events bigint NOT NULL,
        counted_at timestamptz NOT NULL,
        PRIMARY KEY (category, service, is_sensitive)
      );
      GRANT SELECT, INSERT, UPDATE, DELETE ON telemetry.stored_counts TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE telemetry.stored_counts');
  }
}
