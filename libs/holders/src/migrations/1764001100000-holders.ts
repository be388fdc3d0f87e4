import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Holders1764001100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA holders;
      GRANT USAGE ON SCHEMA holders TO abide_app;

      CREATE TABLE holders.outside_holders (
        id uuid PRIMARY KEY,
        code text NOT NULL UNIQUE,
        name jsonb NOT NULL,
        base_url text NOT NULL,
        networks text[] NOT NULL,
        categories text[] NOT NULL,
        state text NOT NULL CHECK (state IN ('active', 'suspended', 'removed')),
        secret bytea NOT NULL,
        secret_for uuid,
        created_at timestamptz NOT NULL,
        version integer NOT NULL,
        last_asked_at timestamptz,
        last_answered_at timestamptz,
        failing_since timestamptz,
        last_failure text,
        CHECK ((failing_since IS NULL) = (last_failure IS NULL))
      );
      GRANT SELECT, INSERT, UPDATE ON holders.outside_holders TO abide_app;

      CREATE TABLE holders.calls (
        id uuid PRIMARY KEY,
        holder_id uuid NOT NULL REFERENCES holders.outside_holders,
        reference uuid NOT NULL,
        request_id text NOT NULL,
        operation text NOT NULL,
        state text NOT NULL CHECK (state IN ('asked', 'accepted', 'failed', 'answered', 'dead')),
        attempts integer NOT NULL,
        failure text,
        answer jsonb,
        asked_at timestamptz NOT NULL,
        answered_at timestamptz,
        next_attempt_at timestamptz,
        UNIQUE (holder_id, request_id, operation),
        CHECK ((state = 'answered') = (answer IS NOT NULL)),
        CHECK ((state IN ('answered', 'dead')) = (next_attempt_at IS NULL))
      );
      CREATE INDEX calls_reference ON holders.calls (reference);
      CREATE INDEX calls_due ON holders.calls (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
      CREATE INDEX calls_newest ON holders.calls (holder_id, asked_at DESC, id DESC);
      GRANT SELECT, INSERT, UPDATE, DELETE ON holders.calls TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA holders CASCADE');
  }
}
