import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a holder leaves to a person is a task, with an id of its own. */
export class ManualTasks1764000845000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE rights.request_holders ADD COLUMN task_id uuid;
      UPDATE rights.request_holders SET task_id = gen_random_uuid() WHERE outcome IN ('manual', 'needsIdentifier');
      ALTER TABLE rights.request_holders ADD CHECK ((outcome IN ('manual', 'needsIdentifier')) IS NOT TRUE OR task_id IS NOT NULL);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE rights.request_holders DROP COLUMN task_id');
  }
}
