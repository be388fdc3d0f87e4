import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What fell due and went, what is to be looked at before it goes, and what falls due when. Nothing here is about a person. */
export class Sweeper1764001010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE retention.runs (
        id uuid PRIMARY KEY,
        is_dry boolean NOT NULL,
        state text NOT NULL CHECK (state IN ('asked', 'running', 'waiting', 'done', 'approved', 'superseded')),
        reason text NOT NULL CHECK (reason IN ('schedule', 'operator', 'overdue', 'approval')),
        asked_at timestamptz NOT NULL,
        asked_by uuid,
        due_at timestamptz NOT NULL,
        ended_at timestamptz,
        approved_by uuid,
        approved_at timestamptz,
        dry_run_id uuid REFERENCES retention.runs,
        failed text[] NOT NULL DEFAULT '{}',
        CHECK (is_dry OR state IN ('asked', 'running', 'done'))
      );
      CREATE INDEX runs_newest ON retention.runs (asked_at DESC, id DESC);
      CREATE INDEX runs_open ON retention.runs (asked_at) WHERE state IN ('asked', 'running', 'waiting');

      CREATE TABLE retention.run_counts (
        run_id uuid NOT NULL REFERENCES retention.runs,
        holder text NOT NULL,
        category text NOT NULL,
        table_name text NOT NULL,
        records bigint NOT NULL,
        spared bigint NOT NULL,
        PRIMARY KEY (run_id, holder, category, table_name)
      );

      CREATE TABLE retention.overdue (
        holder text NOT NULL,
        category text NOT NULL,
        records bigint NOT NULL,
        seen_at timestamptz NOT NULL,
        PRIMARY KEY (holder, category)
      );

      CREATE TABLE retention.forecast (
        holder text NOT NULL,
        category text NOT NULL,
        month date NOT NULL,
        records bigint NOT NULL,
        counted_at timestamptz NOT NULL,
        PRIMARY KEY (holder, category, month)
      );

      CREATE TABLE retention.sweeper (
        is_only_one boolean PRIMARY KEY DEFAULT true CHECK (is_only_one),
        looked_at timestamptz,
        swept_at timestamptz
      );
      INSERT INTO retention.sweeper DEFAULT VALUES;

      GRANT SELECT, INSERT, UPDATE ON retention.runs, retention.run_counts TO abide_app;
      GRANT SELECT, INSERT, DELETE ON retention.overdue, retention.forecast TO abide_app;
      GRANT SELECT, UPDATE ON retention.sweeper TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE retention.sweeper, retention.forecast, retention.overdue, retention.run_counts, retention.runs',
    );
  }
}
