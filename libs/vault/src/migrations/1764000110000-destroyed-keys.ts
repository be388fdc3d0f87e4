import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tells the triggers of other modules whether somebody's ordinary key is destroyed, so that what ends with it can be held until then. */
export class DestroyedKeys1764000110000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION vault.has_destroyed_keys(subject uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
        SELECT EXISTS (SELECT FROM vault.subject_keys WHERE subject_id = subject AND kind = 'ordinary' AND destroyed_at IS NOT NULL)
      $$;
      REVOKE ALL ON FUNCTION vault.has_destroyed_keys(uuid) FROM PUBLIC;
    `);
  }

  /** Stays, for whoever asks it still. */
  async down(): Promise<void> {}
}
