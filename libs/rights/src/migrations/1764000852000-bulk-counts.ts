import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many records each request of a decision for many was about when it was proposed; not known of those proposed before. */
export class BulkCounts1764000852000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE rights.bulk_decision_items ADD COLUMN records bigint');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE rights.bulk_decision_items DROP COLUMN records');
  }
}
