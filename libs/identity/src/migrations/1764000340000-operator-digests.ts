import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether an operator is told once a day by mail that something waits for them, and when that was last looked at. */
export class OperatorDigests1764000340000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE identity.operators ADD COLUMN wants_digest boolean NOT NULL DEFAULT true, ADD COLUMN digest_at timestamptz;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE identity.operators DROP COLUMN wants_digest, DROP COLUMN digest_at');
  }
}
