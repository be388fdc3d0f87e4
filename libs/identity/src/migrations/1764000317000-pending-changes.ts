import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Clients made earlier keep null for purposes and services: they are unbounded, as they were, until somebody bounds them. */
export class PendingChanges1764000317000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE identity.pending_changes (
        id uuid PRIMARY KEY,
        kind text NOT NULL,
        object_type text NOT NULL,
        object_id text NOT NULL,
        name jsonb NOT NULL,
        proposed jsonb NOT NULL,
        basis text,
        opens jsonb NOT NULL,
        opens_more integer NOT NULL CHECK (opens_more >= 0),
        beneficiaries uuid[] NOT NULL,
        proposed_by uuid NOT NULL REFERENCES identity.operators (id),
        proposed_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        state text NOT NULL CHECK (state IN ('waiting', 'confirmed', 'rejected')),
        decided_by uuid REFERENCES identity.operators (id),
        decided_at timestamptz,
        reason text,
        CHECK (decided_by <> proposed_by),
        CHECK (state <> 'confirmed' OR decided_by <> ALL (beneficiaries)),
        CHECK ((state = 'waiting') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL))
      );
      CREATE INDEX pending_changes_proposed_at ON identity.pending_changes (proposed_at DESC, id DESC);
      GRANT SELECT, INSERT, UPDATE ON identity.pending_changes TO abide_app;

      ALTER TABLE identity.service_clients ADD COLUMN purposes text[], ADD COLUMN services text[];
      ALTER TABLE identity.service_client_secrets ADD COLUMN issued_to uuid REFERENCES identity.operators (id);
      CREATE TABLE identity.due_client_secrets (
        client_id text PRIMARY KEY REFERENCES identity.service_clients (id),
        operator_id uuid NOT NULL REFERENCES identity.operators (id),
        overlap_days integer NOT NULL,
        expires_in_days integer NOT NULL,
        expires_at timestamptz NOT NULL
      );
      GRANT SELECT, INSERT, UPDATE, DELETE ON identity.due_client_secrets TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE identity.due_client_secrets, identity.pending_changes;
      ALTER TABLE identity.service_client_secrets DROP COLUMN issued_to;
      ALTER TABLE identity.service_clients DROP COLUMN purposes, DROP COLUMN services;
    `);
  }
}
