import type { MigrationInterface, QueryRunner } from 'typeorm';

export class OutsideHolders1764000814000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE rights.request_holders ADD COLUMN file_id uuid');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE rights.request_holders DROP COLUMN file_id');
  }
}
