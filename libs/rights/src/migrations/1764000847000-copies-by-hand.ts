import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Copies of what a person found where nobody else looks, for the package. */
export class CopiesByHand1764000847000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE rights.request_holders ADD COLUMN copy_ids uuid[] NOT NULL DEFAULT '{}'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE rights.request_holders DROP COLUMN copy_ids');
  }
}
