import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What somebody does not let their relatives do after their death. */
export class AfterDeath1764000347000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE identity.subjects ADD COLUMN relatives_may_not text[] NOT NULL DEFAULT '{}'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE identity.subjects DROP COLUMN relatives_may_not');
  }
}
