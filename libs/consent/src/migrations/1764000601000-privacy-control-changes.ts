import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The past of Global Privacy Control, so that what is asked about an instant is answered from what was known then. */
export class PrivacyControlChanges1764000601000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE consent.privacy_control_changes (
        subject_id uuid NOT NULL,
        id uuid NOT NULL,
        is_on boolean NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (subject_id, id)
      );
      CREATE INDEX privacy_control_changes_at ON consent.privacy_control_changes (subject_id, at DESC);
      INSERT INTO consent.privacy_control_changes (subject_id, id, is_on, at)
        SELECT subject_id, gen_random_uuid(), gpc_since IS NOT NULL, coalesce(gpc_since, gpc_cleared_at) FROM consent.preferences WHERE coalesce(gpc_since, gpc_cleared_at) IS NOT NULL;
      GRANT SELECT, INSERT, DELETE ON consent.privacy_control_changes TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE consent.privacy_control_changes');
  }
}
