import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Notices that tell somebody how a request of theirs stands. */
export class RequestNotices1764000438000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE notifications.inbox_notices DROP CONSTRAINT inbox_notices_kind_check;
      ALTER TABLE notifications.inbox_notices ADD CONSTRAINT inbox_notices_kind_check
        CHECK (kind IN ('consentExpiring', 'consentAgain', 'handOver', 'request'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM notifications.inbox_notices WHERE kind = 'request';
      ALTER TABLE notifications.inbox_notices DROP CONSTRAINT inbox_notices_kind_check;
      ALTER TABLE notifications.inbox_notices ADD CONSTRAINT inbox_notices_kind_check
        CHECK (kind IN ('consentExpiring', 'consentAgain', 'handOver'));
    `);
  }
}
