import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Until when a record of a sign-in outlives its subject, because the law has it kept. */
export class KeptSignIns1764000330000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE identity.sign_ins ADD COLUMN kept_until timestamptz;
      CREATE INDEX sign_ins_kept_until ON identity.sign_ins (kept_until) WHERE kept_until IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE identity.sign_ins DROP COLUMN kept_until');
  }
}
