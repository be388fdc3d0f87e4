import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Operators choose their own passwords by a one-time link. A password that somebody proposed for a colleague is forgotten
 * with this; where nothing else was proposed the change lapses.
 */
export class OperatorLinks1764000316001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE identity.operators
        ALTER COLUMN password_hash DROP NOT NULL,
        ADD COLUMN link_hash bytea UNIQUE,
        ADD COLUMN link_expires_at timestamptz,
        ADD CHECK ((link_hash IS NULL) = (link_expires_at IS NULL)),
        ADD CHECK (link_hash IS NULL OR is_active);
      COMMENT ON COLUMN identity.operators.password_hash IS 'Null until an invited operator has chosen one';
      UPDATE identity.operator_changes SET proposed = proposed - 'hasPassword';
      UPDATE identity.operator_changes SET expires_at = least(expires_at, proposed_at) WHERE state = 'pending' AND kind = 'amendment' AND proposed = '{}';
      ALTER TABLE identity.operator_changes DROP COLUMN password_hash;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE identity.operator_changes ADD COLUMN password_hash text, ADD CHECK (state = 'pending' OR password_hash IS NULL);
      DELETE FROM identity.operators WHERE password_hash IS NULL;
      ALTER TABLE identity.operators DROP COLUMN link_hash, DROP COLUMN link_expires_at, ALTER COLUMN password_hash SET NOT NULL;
    `);
  }
}
