import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where the answer goes once the account is no more, and when what waited may be carried out. */
export class Erasures1764000860000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE rights.requests ADD COLUMN farewell bytea;
      CREATE INDEX requests_farewells ON rights.requests (closed_at) WHERE farewell IS NOT NULL;
      CREATE INDEX requests_waiting ON rights.requests (waiting_until) WHERE state = 'waiting';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX rights.requests_waiting;
      DROP INDEX rights.requests_farewells;
      ALTER TABLE rights.requests DROP COLUMN farewell;
    `);
  }
}
