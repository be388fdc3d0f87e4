import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A notice to somebody alone may say all there is, and lead nowhere. */
export class NoticesWithoutLink1764000439000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE notifications.inbox_notices ALTER COLUMN link DROP NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE notifications.inbox_notices SET link = '/policies' WHERE link IS NULL;
      ALTER TABLE notifications.inbox_notices ALTER COLUMN link SET NOT NULL;
    `);
  }
}
