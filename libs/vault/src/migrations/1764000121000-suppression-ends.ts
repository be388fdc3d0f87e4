import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A suppressed index is still about somebody: it says why it is kept, and goes in the end. */
export class SuppressionEnds1764000121000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE vault.suppressed_indexes ADD COLUMN ground text NOT NULL DEFAULT 'erasure', ADD COLUMN suppressed_until timestamptz;
      UPDATE vault.suppressed_indexes SET suppressed_until = suppressed_at + interval '3 years';
      ALTER TABLE vault.suppressed_indexes ALTER COLUMN suppressed_until SET NOT NULL, ALTER COLUMN ground DROP DEFAULT;
      CREATE INDEX suppressed_indexes_until ON vault.suppressed_indexes (suppressed_until);
      GRANT UPDATE (suppressed_until), DELETE ON vault.suppressed_indexes TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      REVOKE UPDATE (suppressed_until), DELETE ON vault.suppressed_indexes FROM abide_app;
      DROP INDEX vault.suppressed_indexes_until;
      ALTER TABLE vault.suppressed_indexes DROP COLUMN ground, DROP COLUMN suppressed_until;
    `);
  }
}
