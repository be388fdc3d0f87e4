import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A holder that is gone leaves what it owes to a person. */
export class GoneHoldersAsTasks1764000855000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE rights.request_holders AS held SET task_id = gen_random_uuid()
        FROM rights.requests AS asked
       WHERE asked.subject_id = held.subject_id AND asked.id = held.request_id AND asked.round = held.round
         AND asked.state = 'fulfilling' AND held.outcome = 'withdrawn' AND held.task_id IS NULL
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("UPDATE rights.request_holders SET task_id = NULL WHERE outcome = 'withdrawn'");
  }
}
