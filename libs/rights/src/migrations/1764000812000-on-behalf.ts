import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which operator made a request for somebody who called, wrote or came. */
export class OnBehalf1764000812000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE rights.requests ADD COLUMN opened_by uuid');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE rights.requests DROP COLUMN opened_by');
  }
}
