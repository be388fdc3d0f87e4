import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Changes of operators move to where every change waits. Nobody is yet who is to be added: they go by the id of the change. What a change
 * would open was not said before; and whoever once decided on a change to their own access did decide.
 */
export class OneTableOfChanges1764000336000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      INSERT INTO identity.pending_changes (id, kind, object_type, object_id, name, proposed, basis, opens, opens_more, beneficiaries,
        proposed_by, proposed_at, expires_at, state, decided_by, decided_at, reason)
      SELECT change.id,
        CASE WHEN change.kind = 'creation' THEN 'operatorCreation' WHEN change.kind = 'factorReset' THEN 'operatorFactorReset'
          WHEN change.proposed -> 'isActive' = 'false' THEN 'operatorSuspension' ELSE 'operatorAmendment' END,
        'operator', coalesce(change.operator_id, change.id)::text,
        jsonb_build_object('zh-CN', coalesce(operator.name, change.proposed ->> 'name'), 'en', coalesce(operator.name, change.proposed ->> 'name')),
        jsonb_build_object('email', operator.email) || (change.proposed - 'isActive')
          || CASE WHEN change.proposed ? 'isActive' THEN jsonb_build_object('active', change.proposed -> 'isActive') ELSE '{}' END,
        change.basis::text, '[]', 0,
        CASE WHEN change.kind = 'creation' THEN '{}' ELSE array_remove(ARRAY[change.operator_id], change.decided_by) END,
        change.proposed_by, change.proposed_at, change.expires_at,
        CASE change.state WHEN 'pending' THEN 'waiting' ELSE change.state END,
        change.decided_by, change.decided_at, change.reason
      FROM identity.operator_changes change LEFT JOIN identity.operators operator ON operator.id = change.operator_id;
      DROP TABLE identity.operator_changes;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE identity.operator_changes (
        id uuid PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('creation', 'amendment', 'factorReset')),
        operator_id uuid REFERENCES identity.operators (id),
        proposed jsonb NOT NULL,
        proposed_by uuid NOT NULL REFERENCES identity.operators (id),
        proposed_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        state text NOT NULL CHECK (state IN ('pending', 'confirmed', 'rejected')),
        decided_by uuid REFERENCES identity.operators (id),
        decided_at timestamptz,
        reason text,
        basis int,
        CHECK (decided_by <> proposed_by),
        CHECK ((state = 'pending') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)),
        CHECK ((operator_id IS NULL) = (kind = 'creation' AND state <> 'confirmed'))
      );
      CREATE INDEX operator_changes_proposed_at ON identity.operator_changes (proposed_at DESC, id DESC);
      GRANT SELECT, INSERT, UPDATE ON identity.operator_changes TO abide_app;
      INSERT INTO identity.operator_changes (id, kind, operator_id, proposed, proposed_by, proposed_at, expires_at, state, decided_by, decided_at, reason, basis)
      SELECT id,
        CASE kind WHEN 'operatorCreation' THEN 'creation' WHEN 'operatorFactorReset' THEN 'factorReset' ELSE 'amendment' END,
        CASE WHEN kind = 'operatorCreation' AND state <> 'confirmed' THEN NULL ELSE object_id::uuid END,
        (proposed - CASE WHEN kind = 'operatorCreation' THEN '{}'::text[] ELSE '{email,active,before}' END)
          || CASE WHEN proposed ? 'active' THEN jsonb_build_object('isActive', proposed -> 'active') ELSE '{}' END,
        proposed_by, proposed_at, expires_at, CASE state WHEN 'waiting' THEN 'pending' ELSE state END,
        decided_by, decided_at, reason, basis::int
      FROM identity.pending_changes WHERE object_type = 'operator';
      DELETE FROM identity.pending_changes WHERE object_type = 'operator';
    `);
  }
}
