import { addMonthSql, openMonth } from '@abide/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Telemetry1764000700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA telemetry;
      GRANT USAGE ON SCHEMA telemetry TO abide_app;

      CREATE TABLE telemetry.events (
        subject_id uuid NOT NULL,
        event_id uuid NOT NULL,
        due_month date NOT NULL,
        category text NOT NULL,
        service text NOT NULL,
        third_party_service text,
        means text CHECK (means IN ('cookie', 'web', 'app')),
        occurred_at timestamptz NOT NULL,
        received_at timestamptz NOT NULL,
        retain_until timestamptz,
        is_sensitive boolean NOT NULL,
        attributes jsonb NOT NULL,
        personal bytea,
        lineage jsonb NOT NULL,
        PRIMARY KEY (subject_id, event_id, due_month)
      ) PARTITION BY RANGE (due_month);
      CREATE TABLE telemetry.events_open PARTITION OF telemetry.events FOR VALUES FROM ('${openMonth}') TO (MAXVALUE);
      GRANT SELECT, INSERT, UPDATE, DELETE ON telemetry.events TO abide_app;
      ${addMonthSql('telemetry', 'events')}

      CREATE TABLE telemetry.batches (
        owner text NOT NULL,
        batch_id uuid NOT NULL,
        received_at timestamptz NOT NULL,
        accepted integer NOT NULL,
        already_stored integer NOT NULL,
        refused jsonb NOT NULL,
        kept_until timestamptz,
        PRIMARY KEY (owner, batch_id)
      );
      CREATE INDEX batches_kept_until ON telemetry.batches (kept_until) WHERE kept_until IS NOT NULL;
      GRANT SELECT, INSERT, UPDATE, DELETE ON telemetry.batches TO abide_app;

      CREATE TABLE telemetry.ingest_counts (
        minute timestamptz NOT NULL,
        category text NOT NULL,
        code text NOT NULL,
        events bigint NOT NULL,
        lag_ms bigint NOT NULL,
        PRIMARY KEY (minute, category, code)
      );
      GRANT SELECT, INSERT, UPDATE, DELETE ON telemetry.ingest_counts TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA telemetry CASCADE');
  }
}
