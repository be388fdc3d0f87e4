import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The time by the product's clock, for what the database itself has to judge; development may have moved it. */
export class Present1764000020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION platform.present() RETURNS timestamptz LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
        SELECT now() + offset_milliseconds * interval '1 millisecond' FROM platform.development_clock
      $$;
      REVOKE ALL ON FUNCTION platform.present() FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION platform.present() TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION platform.present()');
  }
}
