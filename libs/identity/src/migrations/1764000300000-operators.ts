import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Operators1764000300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA identity;
      GRANT USAGE ON SCHEMA identity TO abide_app;

      CREATE TABLE identity.operators (
        id uuid PRIMARY KEY,
        email text NOT NULL UNIQUE CHECK (email = lower(email)),
        name text NOT NULL,
        locale text NOT NULL CHECK (locale IN ('zh-CN', 'en')),
        password_hash text NOT NULL,
        roles text[] NOT NULL CHECK (
          roles <@ ARRAY['administrator', 'policyEditor', 'policyApprover', 'supportAgent', 'privacyOfficer', 'auditor']
        ),
        is_active boolean NOT NULL,
        totp_secret bytea,
        totp_candidate bytea,
        totp_last_step bigint,
        created_at timestamptz NOT NULL,
        version integer NOT NULL
      );
      GRANT SELECT, INSERT, UPDATE ON identity.operators TO abide_app;

      CREATE TABLE identity.operator_recovery_codes (
        operator_id uuid NOT NULL REFERENCES identity.operators (id),
        code_hash bytea NOT NULL,
        PRIMARY KEY (operator_id, code_hash)
      );
      GRANT SELECT, INSERT, DELETE ON identity.operator_recovery_codes TO abide_app;

      CREATE TABLE identity.operator_sessions (
        id uuid PRIMARY KEY,
        operator_id uuid NOT NULL REFERENCES identity.operators (id),
        token_hash bytea NOT NULL UNIQUE,
        address text NOT NULL,
        user_agent text NOT NULL,
        created_at timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        step_up_until timestamptz,
        ended_at timestamptz
      );
      CREATE INDEX operator_sessions_operator ON identity.operator_sessions (operator_id, created_at DESC);
      CREATE INDEX operator_sessions_created_at ON identity.operator_sessions (created_at);
      GRANT SELECT, INSERT, UPDATE, DELETE ON identity.operator_sessions TO abide_app;

      CREATE TABLE identity.attempt_counters (
        key bytea PRIMARY KEY,
        failures integer NOT NULL,
        started_at timestamptz NOT NULL,
        last_at timestamptz NOT NULL
      );
      CREATE INDEX attempt_counters_last_at ON identity.attempt_counters (last_at);
      GRANT SELECT, INSERT, UPDATE, DELETE ON identity.attempt_counters TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA identity CASCADE');
  }
}
