import type { MigrationInterface, QueryRunner } from 'typeorm';
import { countsFrom } from '../states/consent-state.sql.js';

const formerQueues = [
  'consent.withdrawn-telemetry',
  'consent.withdrawn-location',
  'telemetry-purpose-removal',
  'location-purpose-removal',
];

/** What withdrawals have still to take away from what is stored: a line each, instead of jobs for every module that stores. */
export class PurposeRemovals1764000620000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE consent.purpose_removals (
        subject_id uuid NOT NULL,
        withdrawal_id uuid NOT NULL,
        purpose text NOT NULL,
        categories text[],
        service text,
        grants text[] NOT NULL,
        horizon xid8,
        PRIMARY KEY (subject_id, withdrawal_id)
      );
      GRANT SELECT, INSERT, UPDATE, DELETE ON consent.purpose_removals TO abide_app;
    `);
    const [{ queued }] = (await runner.query(`SELECT to_regclass('jobs.job') IS NOT NULL AS queued`)) as [
      { queued: boolean },
    ];
    if (queued) await this.takeOver(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE consent.purpose_removals');
  }

  /** What earlier versions queued and did not come to. */
  private async takeOver(runner: QueryRunner): Promise<void> {
    await runner.query(
      `INSERT INTO consent.purpose_removals (subject_id, withdrawal_id, purpose, categories, service, grants)
       SELECT withdrawn.subject_id, withdrawn.id, withdrawn.purpose, withdrawn.categories, withdrawn.service, array_agg(event.id::text)
       FROM consent.events withdrawn JOIN consent.events event
         ON event.subject_id = withdrawn.subject_id AND event.purpose = withdrawn.purpose AND event.state = 'granted' AND ${countsFrom('event')} <= withdrawn.occurred_at
       WHERE withdrawn.state = 'withdrawn' AND withdrawn.recipient IS NULL AND withdrawn.region IS NULL
         AND withdrawn.id IN (SELECT (coalesce(data->'change', data)->>'consentEventId')::uuid FROM jobs.job WHERE name = ANY($1) AND state IN ('created', 'retry', 'active'))
       GROUP BY withdrawn.subject_id, withdrawn.id`,
      [formerQueues],
    );
    await runner.query('DELETE FROM jobs.job WHERE name = ANY($1)', [formerQueues]);
    await runner.query('DELETE FROM jobs.subscription WHERE name = ANY($1)', [formerQueues]);
  }
}
