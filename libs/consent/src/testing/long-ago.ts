import type { TestApp } from '@abide/platform/testing';
import pg from 'pg';

const dated = [
  ['policy.revisions', ['took_effect_at', 'superseded_at']],
  ['policy.registry_history', ['since']],
  ['policy.acceptances', ['at']],
  ['identity.subjects', ['registered_at']],
  ['consent.events', ['occurred_at', 'recorded_at', 'expires_at']],
  ['consent.states', ['granted_at', 'withdrawn_at', 'changed_at', 'expires_at']],
  ['consent.positioning_changes', ['at']],
  ['consent.privacy_control_changes', ['at']],
  ['consent.preferences', ['positioning_changed_at', 'gpc_since', 'gpc_cleared_at']],
] as const;

/** As if all that was published, registered, accepted, said and switched so far had been thirty days ago: so that what occurred lately was allowed then. */
export async function moveThePastBack(test: TestApp): Promise<void> {
  const owner = new pg.Client({ connectionString: test.databaseUrl });
  await owner.connect();
  try {
    for (const [table, columns] of dated)
      await owner.query(
        `UPDATE ${table} SET ${columns.map((column) => `${column} = ${column} - interval '30 days'`).join(', ')}`,
      );
    await owner.query('UPDATE policy.registry_state SET version = version + 1');
  } finally {
    await owner.end();
  }
}
