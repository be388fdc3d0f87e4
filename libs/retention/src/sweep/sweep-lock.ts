import type { Database } from '@abide/platform';

/** Until the open transaction ends: `alone` nothing is swept beside it and no hold is placed; `beside` holds are placed, and nothing is swept. */
export async function lockSweeping(db: Database, how: 'alone' | 'beside'): Promise<void> {
  const lock = how === 'alone' ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared';
  await db.query(`SELECT ${lock}(hashtext('retention.sweep'))`);
}
