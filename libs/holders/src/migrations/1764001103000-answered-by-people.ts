import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Places that only people answer for. */
export class AnsweredByPeople1764001103000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE holders.outside_holders ADD COLUMN answered_by jsonb,
        ADD CONSTRAINT outside_holders_one_kind CHECK (answered_by IS NULL OR (manifest IS NULL AND base_url = ''));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE holders.outside_holders DROP COLUMN answered_by');
  }
}
