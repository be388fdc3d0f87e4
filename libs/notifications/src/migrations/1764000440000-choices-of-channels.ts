import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Several channels of which one is enough for each subject. */
export class ChoicesOfChannels1764000440000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE notifications.campaigns ADD COLUMN any_of jsonb NOT NULL DEFAULT '[]'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE notifications.campaigns DROP COLUMN any_of');
  }
}
