import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether a request was answered by its deadline; of those answered earlier nobody knows. */
export class AnsweredInTime1764000813000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE rights.requests ADD COLUMN is_in_time boolean;
      CREATE INDEX requests_answered ON rights.requests (closed_at) WHERE state = 'closed';
      CREATE INDEX request_holders_stuck ON rights.request_holders (subject_id, request_id) WHERE outcome IN ('unreachable', 'withdrawn');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX rights.request_holders_stuck;
      DROP INDEX rights.requests_answered;
      ALTER TABLE rights.requests DROP COLUMN is_in_time;
    `);
  }
}
