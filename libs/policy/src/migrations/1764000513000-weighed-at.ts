import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When what a revision changed was weighed beside everything in force at its effect; null for what took effect before that was done. */
export class WeighedAt1764000513000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE policy.revisions ADD COLUMN weighed_at timestamptz NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE policy.revisions DROP COLUMN weighed_at');
  }
}
