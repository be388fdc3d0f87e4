import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How often an operator's access has changed, so that a change proposed before the latest is stale. What waits already keeps
 * its ground unless something else was confirmed since.
 */
export class AccessVersions1764000324000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE identity.operators ADD COLUMN access_version int NOT NULL DEFAULT 1;
      ALTER TABLE identity.operator_changes ADD COLUMN basis int;
      UPDATE identity.operator_changes waiting SET basis = 1
      WHERE state = 'pending' AND operator_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM identity.operator_changes later
        WHERE later.operator_id = waiting.operator_id AND later.state = 'confirmed' AND later.decided_at >= waiting.proposed_at
      );
      COMMENT ON COLUMN identity.operator_changes.basis IS 'The access version it was proposed against; null for one who is yet to be added';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE identity.operator_changes DROP COLUMN basis; ALTER TABLE identity.operators DROP COLUMN access_version',
    );
  }
}
