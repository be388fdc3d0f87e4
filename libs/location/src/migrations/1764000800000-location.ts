import { addMonthSql, ingestTablesSql, openMonth } from '@abide/ingest';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Location1764000800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA location;
      GRANT USAGE ON SCHEMA location TO abide_app;

      CREATE TABLE location.fixes (
        subject_id uuid NOT NULL,
        fix_id uuid NOT NULL,
        due_month date NOT NULL,
        category text NOT NULL CHECK (category IN ('location.gps', 'location.wifi')),
        service text NOT NULL,
        occurred_at timestamptz NOT NULL,
        received_at timestamptz NOT NULL,
        retain_until timestamptz,
        is_sensitive boolean NOT NULL CHECK (is_sensitive),
        coarse_cell text NOT NULL,
        precision text NOT NULL CHECK (precision ~ '^(exact|h3:(\\d|1[0-5]))$'),
        place bytea NOT NULL,
        lineage jsonb NOT NULL,
        PRIMARY KEY (subject_id, fix_id, due_month)
      ) PARTITION BY RANGE (due_month);
      CREATE INDEX fixes_trail ON location.fixes (subject_id, occurred_at, fix_id);
      CREATE INDEX fixes_retain_until ON location.fixes (retain_until) WHERE retain_until IS NOT NULL;
      CREATE INDEX fixes_occurred_at ON location.fixes USING brin (occurred_at);
      CREATE TABLE location.fixes_open PARTITION OF location.fixes FOR VALUES FROM ('${openMonth}') TO (MAXVALUE);
      GRANT SELECT, INSERT, UPDATE, DELETE ON location.fixes TO abide_app;
      ${addMonthSql('location', 'fixes')}
      ${ingestTablesSql('location')}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA location CASCADE');
  }
}
