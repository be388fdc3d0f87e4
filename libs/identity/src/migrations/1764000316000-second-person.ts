import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who has ever been an administrator, so that nobody comes to be the only one by shutting out the rest. Of earlier times
 * the audit trail tells; who was shut out before counts as confirmed.
 */
export class SecondPerson1764000316000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE identity.operators
        ADD COLUMN has_been_administrator boolean NOT NULL DEFAULT false,
        ADD COLUMN suspended_by uuid REFERENCES identity.operators (id);
      UPDATE identity.operators operator SET has_been_administrator = true
      WHERE 'administrator' = ANY (roles) OR EXISTS (
        SELECT 1 FROM audit.entries
        WHERE object_type = 'operator' AND object_id = operator.id::text AND act IN ('operator.created', 'operator.rolesChanged')
          AND 'administrator' = ANY (string_to_array(concat_ws(' ', details ->> 'before', details ->> 'roles'), ' '))
      );
      ALTER TABLE identity.operators
        ADD CHECK (has_been_administrator OR NOT 'administrator' = ANY (roles)),
        ADD CHECK (suspended_by IS NULL OR NOT is_active);
      COMMENT ON COLUMN identity.operators.suspended_by IS 'Who shut the operator out alone, until a second person has confirmed it';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE identity.operators DROP COLUMN has_been_administrator, DROP COLUMN suspended_by');
  }
}
