import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Outreach1764000402000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE notifications.outreaches (
        id uuid PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('survey', 'marketing')),
        channel text NOT NULL CHECK (channel IN ('email', 'sms')),
        title jsonb NOT NULL,
        text jsonb NOT NULL,
        link text,
        state text NOT NULL CHECK (state IN ('running', 'completed', 'cancelled')),
        created_by uuid NOT NULL,
        created_at timestamptz NOT NULL,
        finished_at timestamptz,
        last_subject_id uuid,
        enumerated_at timestamptz,
        audience integer NOT NULL CHECK (audience >= 0),
        not_allowed integer NOT NULL CHECK (not_allowed >= 0),
        unreachable integer NOT NULL CHECK (unreachable >= 0),
        queued integer NOT NULL CHECK (queued >= 0),
        sent integer NOT NULL CHECK (sent >= 0),
        dropped integer NOT NULL CHECK (dropped >= 0),
        failed integer NOT NULL CHECK (failed >= 0)
      );
      CREATE INDEX outreaches_newest ON notifications.outreaches (created_at DESC, id DESC);
      CREATE INDEX outreaches_unfinished ON notifications.outreaches (id) WHERE state = 'running' OR queued > 0;
      GRANT SELECT, INSERT, UPDATE ON notifications.outreaches TO abide_app;

      CREATE TABLE notifications.outreach_messages (
        subject_id uuid NOT NULL,
        outreach_id uuid NOT NULL,
        state text NOT NULL CHECK (state IN ('queued', 'sent', 'dropped', 'failed')),
        tries integer NOT NULL,
        next_try_at timestamptz NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (subject_id, outreach_id)
      );
      CREATE INDEX outreach_messages_queued ON notifications.outreach_messages (outreach_id, next_try_at, subject_id) WHERE state = 'queued';
      CREATE INDEX outreach_messages_age ON notifications.outreach_messages USING brin (at);
      GRANT SELECT, INSERT, UPDATE, DELETE ON notifications.outreach_messages TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE notifications.outreach_messages, notifications.outreaches');
  }
}
