import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Imports1764001200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA policy_import;
      GRANT USAGE ON SCHEMA policy_import TO abide_app;

      CREATE TABLE policy_import.imports (
        id uuid PRIMARY KEY,
        file_name text NOT NULL,
        format text NOT NULL,
        locale text NOT NULL,
        remarks jsonb NOT NULL,
        clauses jsonb NOT NULL,
        proposals jsonb NOT NULL,
        decisions jsonb NOT NULL,
        translations jsonb NOT NULL,
        state text NOT NULL CHECK (state IN ('open', 'drafted', 'discarded')),
        drafted_slug text,
        drafted_revision_id uuid,
        created_by uuid NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        version integer NOT NULL,
        CHECK ((state = 'drafted') = (drafted_slug IS NOT NULL AND drafted_revision_id IS NOT NULL))
      );
      CREATE INDEX imports_newest ON policy_import.imports (state, created_at DESC, id DESC);
      GRANT SELECT, INSERT, UPDATE ON policy_import.imports TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA policy_import CASCADE');
  }
}
