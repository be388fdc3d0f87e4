import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One job waits for a request at most, also where the queue was made before that was so. */
export class OneJobARequest1764000857000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DO $$ BEGIN
        IF to_regclass('jobs.queue') IS NOT NULL THEN
          UPDATE jobs.queue SET policy = 'short' WHERE name = 'rights.fulfil';
        END IF;
      END $$
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DO $$ BEGIN
        IF to_regclass('jobs.queue') IS NOT NULL THEN
          UPDATE jobs.queue SET policy = 'standard' WHERE name = 'rights.fulfil';
        END IF;
      END $$
    `);
  }
}
