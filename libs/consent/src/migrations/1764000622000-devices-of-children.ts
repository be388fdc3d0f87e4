import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose a device is, and whether that is a child's, is followed too: decisions about the device rest on it. */
export class DevicesOfChildren1764000622000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION consent.fact_changes_note_device() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'TRUNCATE' THEN RAISE EXCEPTION '% is followed by a log of changes, and is emptied by DELETE', TG_TABLE_NAME; END IF;
        IF TG_OP <> 'DELETE' THEN INSERT INTO consent.fact_changes (subject_id) VALUES (NEW.device_id); END IF;
        IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND NEW.device_id <> OLD.device_id) THEN INSERT INTO consent.fact_changes (subject_id) VALUES (OLD.device_id); END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE ON identity.device_links FOR EACH ROW EXECUTE FUNCTION consent.fact_changes_note_device();
      CREATE TRIGGER note_truncation BEFORE TRUNCATE ON identity.device_links FOR EACH STATEMENT EXECUTE FUNCTION consent.fact_changes_note_device();
      ALTER TABLE identity.device_links ENABLE ALWAYS TRIGGER note_change;
      ALTER TABLE identity.device_links ENABLE ALWAYS TRIGGER note_truncation;

      CREATE FUNCTION consent.fact_changes_note_devices_of() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO consent.fact_changes (subject_id) SELECT device_id FROM identity.device_links WHERE subject_id = NEW.subject_id AND ended_at IS NULL;
        RETURN NULL;
      END $$;
      CREATE TRIGGER note_devices AFTER UPDATE OF minor_status ON identity.subjects FOR EACH ROW
        WHEN (NEW.minor_status IS DISTINCT FROM OLD.minor_status) EXECUTE FUNCTION consent.fact_changes_note_devices_of();
      ALTER TABLE identity.subjects ENABLE ALWAYS TRIGGER note_devices;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION consent.fact_changes_note_device() CASCADE');
    await runner.query('DROP FUNCTION consent.fact_changes_note_devices_of() CASCADE');
  }
}
