import type { MigrationInterface, QueryRunner } from 'typeorm';

export class OperatorChanges1764000303000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE identity.operator_changes (
        id uuid PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('creation', 'amendment', 'factorReset')),
        operator_id uuid REFERENCES identity.operators (id),
        proposed jsonb NOT NULL,
        password_hash text,
        proposed_by uuid NOT NULL REFERENCES identity.operators (id),
        proposed_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        state text NOT NULL CHECK (state IN ('pending', 'confirmed', 'rejected')),
        decided_by uuid REFERENCES identity.operators (id),
        decided_at timestamptz,
        reason text,
        CHECK (decided_by <> proposed_by),
        CHECK ((state = 'pending') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)),
        CHECK (state = 'pending' OR password_hash IS NULL),
        CHECK ((operator_id IS NULL) = (kind = 'creation' AND state <> 'confirmed'))
      );
      CREATE INDEX operator_changes_proposed_at ON identity.operator_changes (proposed_at DESC, id DESC);
      GRANT SELECT, INSERT, UPDATE ON identity.operator_changes TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE identity.operator_changes');
  }
}
