import type { MigrationInterface, QueryRunner } from 'typeorm';

const registries = ['categories', 'purposes', 'services', 'recipients', 'third_party_services'];

/**
 * The past of the registries, so that what is asked about an instant is answered from what was registered then. Written by triggers, which nobody who
 * changes a registry can forget; what came before counts as it stands since it was registered, what the product ships with since ever.
 */
export class RegistryHistory1764000512000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE policy.registry_history (
        place bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        registry text NOT NULL,
        code text NOT NULL,
        since timestamptz NOT NULL,
        entry jsonb NOT NULL
      );
      CREATE INDEX registry_history_entry ON policy.registry_history (registry, code, since DESC, place DESC);
      CREATE INDEX registry_history_since ON policy.registry_history (since DESC);
      GRANT SELECT ON policy.registry_history TO abide_app;

      CREATE FUNCTION policy.keep_registry_history() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
      DECLARE
        entry jsonb := to_jsonb(NEW);
        since timestamptz := NEW.updated_at;
      BEGIN
        IF TG_OP = 'INSERT' AND entry->>'is_seed' = 'true' THEN
          since := '-infinity';
        ELSIF TG_OP = 'UPDATE' AND NEW.updated_at = OLD.updated_at THEN
          since := greatest(OLD.updated_at, statement_timestamp());
        END IF;
        INSERT INTO policy.registry_history (registry, code, since, entry) VALUES (TG_TABLE_NAME, NEW.code, since, entry);
        RETURN NULL;
      END $$;
      REVOKE ALL ON FUNCTION policy.keep_registry_history() FROM PUBLIC;
      ${registries
        .map(
          (registry) => `
        INSERT INTO policy.registry_history (registry, code, since, entry)
          SELECT '${registry}', code, CASE WHEN to_jsonb(held)->>'is_seed' = 'true' THEN '-infinity' ELSE created_at END, to_jsonb(held) FROM policy.${registry} AS held;
        CREATE TRIGGER keep_history AFTER INSERT OR UPDATE ON policy.${registry} FOR EACH ROW EXECUTE FUNCTION policy.keep_registry_history();`,
        )
        .join('')}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${registries.map((registry) => `DROP TRIGGER keep_history ON policy.${registry};`).join('\n')}
      DROP FUNCTION policy.keep_registry_history();
      DROP TABLE policy.registry_history;
    `);
  }
}
