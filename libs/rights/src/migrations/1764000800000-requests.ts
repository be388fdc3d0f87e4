import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Requests1764000800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA rights;
      GRANT USAGE ON SCHEMA rights TO abide_app;

      CREATE TABLE rights.requests (
        subject_id uuid NOT NULL,
        id uuid NOT NULL,
        number text NOT NULL,
        type text NOT NULL,
        state text NOT NULL CHECK (state IN ('awaitingIdentity', 'open', 'awaitingSubject', 'awaitingSecond', 'waiting', 'fulfilling', 'closed', 'lapsed', 'cancelled')),
        channel text NOT NULL,
        locale text NOT NULL,
        categories text[] NOT NULL,
        purpose text,
        content bytea,
        answer bytea,
        scope bytea,
        verification_id uuid,
        opened_at timestamptz NOT NULL,
        verified_at timestamptz,
        clock jsonb NOT NULL,
        due_at timestamptz,
        is_provisional boolean NOT NULL,
        assignee uuid,
        decided_by uuid,
        decided_at timestamptz,
        outcome text CHECK (outcome IN ('granted', 'partlyGranted', 'refused')),
        round integer NOT NULL,
        waiting_until timestamptz,
        closed_at timestamptz,
        joined_to uuid,
        escalation integer NOT NULL CHECK (escalation BETWEEN 0 AND 2),
        kept_until timestamptz,
        version integer NOT NULL,
        PRIMARY KEY (subject_id, id),
        CHECK ((state IN ('closed', 'lapsed', 'cancelled')) = (closed_at IS NOT NULL))
      );
      CREATE INDEX requests_id ON rights.requests (id);
      CREATE INDEX requests_number ON rights.requests (number);
      CREATE INDEX requests_newest ON rights.requests (opened_at DESC, id DESC);
      CREATE INDEX requests_due ON rights.requests (due_at, id) WHERE due_at IS NOT NULL;
      CREATE INDEX requests_under_way ON rights.requests (state, opened_at DESC, id DESC) WHERE closed_at IS NULL;
      CREATE INDEX requests_kept_until ON rights.requests (kept_until) WHERE kept_until IS NOT NULL;
      GRANT SELECT, INSERT, UPDATE, DELETE ON rights.requests TO abide_app;

      CREATE TABLE rights.request_events (
        subject_id uuid NOT NULL,
        request_id uuid NOT NULL,
        id uuid NOT NULL,
        at timestamptz NOT NULL,
        act text NOT NULL,
        by_kind text NOT NULL CHECK (by_kind IN ('subject', 'operator', 'system')),
        by_id uuid,
        text bytea,
        PRIMARY KEY (subject_id, request_id, id)
      );
      GRANT SELECT, INSERT, UPDATE, DELETE ON rights.request_events TO abide_app;

      CREATE TABLE rights.request_decisions (
        subject_id uuid NOT NULL,
        request_id uuid NOT NULL,
        round integer NOT NULL,
        holder text NOT NULL,
        category text NOT NULL,
        count integer NOT NULL,
        outcome text NOT NULL CHECK (outcome IN ('grant', 'refuse', 'keep', 'restrict')),
        ground text,
        article text,
        until timestamptz,
        reason bytea,
        PRIMARY KEY (subject_id, request_id, round, holder, category)
      );
      GRANT SELECT, INSERT, UPDATE, DELETE ON rights.request_decisions TO abide_app;

      CREATE TABLE rights.request_holders (
        subject_id uuid NOT NULL,
        request_id uuid NOT NULL,
        holder text NOT NULL,
        phase text NOT NULL,
        outcome text,
        counts jsonb NOT NULL,
        retained jsonb NOT NULL,
        answered_at timestamptz,
        PRIMARY KEY (subject_id, request_id, holder),
        CHECK ((outcome IS NULL) = (answered_at IS NULL))
      );
      GRANT SELECT, INSERT, UPDATE, DELETE ON rights.request_holders TO abide_app;

      CREATE TABLE rights.request_packages (
        subject_id uuid NOT NULL,
        request_id uuid NOT NULL,
        file_id uuid NOT NULL,
        made_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        downloads integer NOT NULL,
        PRIMARY KEY (subject_id, request_id)
      );
      GRANT SELECT, INSERT, UPDATE, DELETE ON rights.request_packages TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA rights CASCADE');
  }
}
