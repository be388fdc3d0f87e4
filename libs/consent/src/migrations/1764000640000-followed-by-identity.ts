import { followedSql } from '@abide/identity';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The log of changes is identity's, and each module's own migrations make the triggers on its tables: the former log goes, with all of its triggers. */
export class FollowedByIdentity1764000640000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION consent.fact_changes_note(), consent.fact_changes_note_device(), consent.fact_changes_note_devices_of() CASCADE;
      DROP TABLE consent.fact_changes, consent.fact_changes_horizon;
      ${['states', 'preferences'].map((table) => followedSql(`consent.${table}`)).join('')}
    `);
  }

  async down(): Promise<void> {
    throw new Error('An earlier version would not hear of changes: restore a backup of its time instead');
  }
}
