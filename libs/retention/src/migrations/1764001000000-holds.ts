import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Holds1764001000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA retention;
      GRANT USAGE ON SCHEMA retention TO abide_app;

      CREATE TABLE retention.holds (
        subject_id uuid NOT NULL,
        id uuid NOT NULL,
        ground text NOT NULL,
        article text NOT NULL,
        categories text[] NOT NULL,
        collected_from timestamptz,
        collected_until timestamptz,
        until timestamptz NOT NULL,
        barred_article text,
        notes bytea,
        placed_by uuid NOT NULL,
        placed_at timestamptz NOT NULL,
        lifting_reason bytea,
        lifted_at timestamptz,
        kept_until timestamptz NOT NULL,
        version integer NOT NULL,
        PRIMARY KEY (subject_id, id),
        CHECK (collected_from < collected_until),
        CHECK (placed_at < until),
        CHECK (kept_until >= until)
      );
      CREATE INDEX holds_id ON retention.holds (id);
      CREATE INDEX holds_newest ON retention.holds (placed_at DESC, id DESC);
      CREATE INDEX holds_in_force ON retention.holds (subject_id, until) WHERE lifted_at IS NULL;
      CREATE INDEX holds_kept_until ON retention.holds (kept_until);
      GRANT SELECT, INSERT, UPDATE, DELETE ON retention.holds TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA retention CASCADE');
  }
}
