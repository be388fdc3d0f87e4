import type { MigrationInterface, QueryRunner } from 'typeorm';
import { changeLogSql } from './change-log.sql.js';

/** What decisions about a subject rest on is followed, so that processes may keep it until it changes. */
export class FactChanges1764000603000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const follows = ['identity.subjects', 'policy.acceptances', 'consent.states', 'consent.preferences'];
    await runner.query(changeLogSql('consent.fact_changes', { follows, app: 'abide_app' }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION consent.fact_changes_note() CASCADE');
    await runner.query('DROP TABLE consent.fact_changes, consent.fact_changes_horizon');
  }
}
