import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What an entry says about somebody can be opened until their keys are destroyed. The running product may delete openings only in a
 * transaction that has left the tombstone of the ordinary key by its end.
 */
export class OpeningsEndWithKeys1764000220000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION audit.require_destroyed_keys() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
      BEGIN
        IF NOT EXISTS (SELECT FROM vault.subject_keys WHERE subject_id = OLD.subject_id AND kind = 'ordinary' AND destroyed_at IS NOT NULL) THEN
          RAISE EXCEPTION 'The openings of a subject end with their keys, and not before' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NULL;
      END $$;
      REVOKE ALL ON FUNCTION audit.require_destroyed_keys() FROM PUBLIC;
      CREATE CONSTRAINT TRIGGER ends_with_keys AFTER DELETE ON audit.openings DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION audit.require_destroyed_keys();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION audit.require_destroyed_keys() CASCADE');
  }
}
