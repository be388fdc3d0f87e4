import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether the keys are destroyed is asked of the vault, instead of its table. */
export class KeysByTheVault1764000230000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION audit.require_destroyed_keys() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
      BEGIN
        IF NOT vault.has_destroyed_keys(OLD.subject_id) THEN
          RAISE EXCEPTION 'The openings of a subject end with their keys, and not before' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NULL;
      END $$;
    `);
  }

  /** The former function asked the same. */
  async down(): Promise<void> {}
}
