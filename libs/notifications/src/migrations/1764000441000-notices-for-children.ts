import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Changes of a guide are told to those whom it is for. */
export class NoticesForChildren1764000441000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE notifications.campaigns ADD COLUMN meant_for text NOT NULL DEFAULT 'everyone' CHECK (meant_for IN ('everyone', 'children'));
      ALTER TABLE notifications.notices DROP CONSTRAINT notices_audience_check;
      ALTER TABLE notifications.notices ADD CONSTRAINT notices_audience_check CHECK (audience IN ('everyone', 'children'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE notifications.notices SET audience = 'everyone', withdrawn_at = coalesce(withdrawn_at, published_at) WHERE audience <> 'everyone';
      ALTER TABLE notifications.notices DROP CONSTRAINT notices_audience_check;
      ALTER TABLE notifications.notices ADD CONSTRAINT notices_audience_check CHECK (audience IN ('everyone'));
      ALTER TABLE notifications.campaigns DROP COLUMN meant_for;
    `);
  }
}
