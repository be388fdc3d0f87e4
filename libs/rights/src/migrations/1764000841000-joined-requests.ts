import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What somebody without an account asked is found by the request that goes on as theirs. */
export class JoinedRequests1764000841000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX requests_joined_to ON rights.requests (joined_to) WHERE joined_to IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX rights.requests_joined_to');
  }
}
