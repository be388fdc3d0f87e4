import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The newest of an operator, and of a kind, are read in their order. */
export class NewestOf1764000856000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX requests_newest_of_assignee ON rights.requests (assignee, opened_at DESC, id DESC) WHERE assignee IS NOT NULL;
      CREATE INDEX requests_newest_of_type ON rights.requests (type, opened_at DESC, id DESC);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX rights.requests_newest_of_assignee, rights.requests_newest_of_type');
  }
}
