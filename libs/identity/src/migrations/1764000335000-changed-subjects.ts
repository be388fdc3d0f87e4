import type { MigrationInterface, QueryRunner } from 'typeorm';
import { changeLogSql, followedSql } from '../change-log/change-log.sql.js';

/** Whose facts changed lately is written down here, by triggers that each module makes on its own tables. Of a device it is told who has it, and whether that is a child. */
export class ChangedSubjects1764000335000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${changeLogSql}
      ${followedSql('identity.subjects')}

      CREATE FUNCTION identity.log_device_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP <> 'DELETE' THEN INSERT INTO identity.changed_subjects (subject_id) VALUES (NEW.device_id); END IF;
        IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND NEW.device_id <> OLD.device_id) THEN INSERT INTO identity.changed_subjects (subject_id) VALUES (OLD.device_id); END IF;
        RETURN NULL;
      END $$;
      ${followedSql('identity.device_links', 'identity.log_device_change')}

      CREATE FUNCTION identity.log_change_of_devices() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO identity.changed_subjects (subject_id) SELECT device_id FROM identity.device_links WHERE subject_id = NEW.subject_id AND ended_at IS NULL;
        RETURN NULL;
      END $$;
      CREATE TRIGGER log_devices AFTER UPDATE OF minor_status ON identity.subjects FOR EACH ROW
        WHEN (NEW.minor_status IS DISTINCT FROM OLD.minor_status) EXECUTE FUNCTION identity.log_change_of_devices();
      ALTER TABLE identity.subjects ENABLE ALWAYS TRIGGER log_devices;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION identity.log_change(), identity.log_device_change(), identity.log_change_of_devices() CASCADE;
      DROP TABLE identity.changed_subjects, identity.changed_subjects_horizon;
    `);
  }
}
