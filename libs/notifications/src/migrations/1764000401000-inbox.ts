import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Inbox1764000401000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE notifications.inbox_notices (
        subject_id uuid NOT NULL,
        id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('consentExpiring', 'consentAgain', 'handOver')),
        title jsonb NOT NULL,
        summary jsonb NOT NULL,
        link text NOT NULL,
        published_at timestamptz NOT NULL,
        read_at timestamptz,
        PRIMARY KEY (subject_id, id)
      );
      CREATE INDEX inbox_notices_newest ON notifications.inbox_notices (subject_id, published_at DESC, id DESC);
      CREATE INDEX inbox_notices_age ON notifications.inbox_notices USING brin (published_at);
      GRANT SELECT, INSERT, UPDATE, DELETE ON notifications.inbox_notices TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE notifications.inbox_notices');
  }
}
