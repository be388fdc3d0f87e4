import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Notifications1764000400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA notifications;
      GRANT USAGE ON SCHEMA notifications TO abide_app;

      CREATE TABLE notifications.campaigns (
        id uuid PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('policyChange')),
        revision_id uuid NOT NULL,
        policy_slug text NOT NULL,
        revision_number integer NOT NULL,
        materiality text NOT NULL CHECK (materiality IN ('editorial', 'informational', 'reductionOfRights', 'freshConsent')),
        channels text[] NOT NULL,
        lead_days integer NOT NULL CHECK (lead_days >= 0),
        state text NOT NULL CHECK (state IN ('running', 'live', 'completed', 'cancelled')),
        created_at timestamptz NOT NULL,
        live_at timestamptz NOT NULL,
        effective_at timestamptz NOT NULL,
        in_effect_at timestamptz,
        cancelled_at timestamptz,
        last_subject_id uuid,
        enumerated_at timestamptz,
        first_pass_completed_at timestamptz,
        audience integer NOT NULL CHECK (audience >= 0),
        reachable integer NOT NULL CHECK (reachable >= 0),
        unreachable integer NOT NULL CHECK (unreachable >= 0),
        attempted integer NOT NULL CHECK (attempted >= 0),
        queued integer NOT NULL CHECK (queued >= 0),
        channel_counts jsonb NOT NULL
      );
      CREATE UNIQUE INDEX campaigns_one_per_revision ON notifications.campaigns (revision_id) WHERE state <> 'cancelled';
      CREATE INDEX campaigns_newest ON notifications.campaigns (created_at DESC, id DESC);
      CREATE INDEX campaigns_unfinished ON notifications.campaigns (id)
        WHERE queued > 0 OR (state <> 'cancelled' AND (enumerated_at IS NULL OR first_pass_completed_at IS NULL));
      GRANT SELECT, INSERT, UPDATE ON notifications.campaigns TO abide_app;

      CREATE TABLE notifications.notices (
        id uuid PRIMARY KEY,
        campaign_id uuid NOT NULL UNIQUE REFERENCES notifications.campaigns (id),
        audience text NOT NULL CHECK (audience IN ('everyone')),
        title jsonb NOT NULL,
        summary jsonb NOT NULL,
        link text NOT NULL,
        published_at timestamptz NOT NULL,
        shown_until timestamptz,
        withdrawn_at timestamptz
      );
      CREATE INDEX notices_newest ON notifications.notices (published_at DESC, id DESC) WHERE withdrawn_at IS NULL;
      GRANT SELECT, INSERT, UPDATE ON notifications.notices TO abide_app;

      CREATE TABLE notifications.notice_read_counts (
        notice_id uuid NOT NULL,
        slot smallint NOT NULL,
        reads integer NOT NULL,
        PRIMARY KEY (notice_id, slot)
      );
      GRANT SELECT, INSERT, UPDATE ON notifications.notice_read_counts TO abide_app;

      CREATE TABLE notifications.notice_reads (
        subject_id uuid NOT NULL,
        notice_id uuid NOT NULL,
        read_at timestamptz NOT NULL,
        PRIMARY KEY (subject_id, notice_id)
      );
      CREATE INDEX notice_reads_age ON notifications.notice_reads USING brin (read_at);
      GRANT SELECT, INSERT, DELETE ON notifications.notice_reads TO abide_app;

      CREATE TABLE notifications.deliveries (
        subject_id uuid NOT NULL,
        campaign_id uuid NOT NULL,
        channel text NOT NULL CHECK (channel IN ('email', 'sms')),
        state text NOT NULL CHECK (state IN ('queued', 'attempted', 'failed')),
        tries integer NOT NULL,
        next_try_at timestamptz NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (subject_id, campaign_id, channel)
      );
      CREATE INDEX deliveries_open ON notifications.deliveries (campaign_id, next_try_at, subject_id) WHERE state <> 'attempted';
      CREATE INDEX deliveries_age ON notifications.deliveries USING brin (at);
      GRANT SELECT, INSERT, UPDATE, DELETE ON notifications.deliveries TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA notifications CASCADE');
  }
}
