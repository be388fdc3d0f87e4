import type { MigrationInterface, QueryRunner } from 'typeorm';

/** In which session a code for a request was given; of what was proven before nobody knows, and a code is asked for again. */
export class ProofsOfSessions1764000858000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE rights.request_events ADD COLUMN session_id uuid');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE rights.request_events DROP COLUMN session_id');
  }
}
