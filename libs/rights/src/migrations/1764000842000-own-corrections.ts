import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether what an account says of itself is corrected without an operator. */
export class OwnCorrections1764000842000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE rights.settings ADD COLUMN corrects_itself boolean NOT NULL DEFAULT false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE rights.settings DROP COLUMN corrects_itself');
  }
}
