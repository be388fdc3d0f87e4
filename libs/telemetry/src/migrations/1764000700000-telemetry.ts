import { addMonthSql, ingestTablesSql, openMonth } from '@abide/ingest';
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
      ${ingestTablesSql('telemetry')}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA telemetry CASCADE');
  }
}
