import { Injectable } from '@nestjs/common';
import { Database, rowsIn, type AffectedCount, type Expiry, type Holder, type SparedScope } from '@abide/platform';
import type { RunCount } from './sweep-runs.queries.js';

/** Rows that one transaction deletes at most. */
export const batchRows = 20_000;

/**
 * What of a holder's is due and what of it a hold covers. Nothing is deleted: holders that cannot count it themselves are
 * asked to delete it in a transaction that is rolled back.
 */
@Injectable()
export class DueRecords {
  constructor(private readonly db: Database) {}

  async of(
    holder: Holder,
    asked: { readonly now: Date; readonly except: readonly SparedScope[] },
  ): Promise<RunCount[]> {
    const counts = holder.due ? await holder.due(asked) : await this.tried(holder, { ...asked, limit: batchRows });
    return counts.map(({ category, table = '', count, spared }) => ({
      holder: holder.name,
      category,
      table,
      records: count,
      spared,
    }));
  }

  private async tried(holder: Holder, expiry: Expiry): Promise<(AffectedCount & { spared: number })[]> {
    const undone = new Error('What was tried is taken back');
    let counts: (AffectedCount & { spared: number })[] = [];
    try {
      await this.db.transaction(async () => {
        const gone = await expireAll(holder, expiry);
        const spared = expiry.except.length === 0 ? [] : await expireAll(holder, { ...expiry, except: [] });
        counts = [
          ...gone.map((one) => ({ ...one, spared: 0 })),
          ...spared.map((one) => ({ ...one, count: 0, spared: one.count })),
        ];
        throw undone;
      });
    } catch (error) {
      if (error !== undone) throw error;
    }
    return summed(counts);
  }
}

async function expireAll(holder: Holder, expiry: Expiry): Promise<AffectedCount[]> {
  const all: AffectedCount[] = [];
  for (;;) {
    const { counts } = await holder.expire(expiry);
    all.push(...counts);
    if (rowsIn(counts) < expiry.limit) return all;
  }
}

function summed<Count extends AffectedCount & { readonly spared: number }>(counts: readonly Count[]): Count[] {
  const byPlace = Map.groupBy(counts, ({ category, table }) => `${category} ${table}`);
  return [...byPlace.values()].map((same) => ({
    ...(same[0] as Count),
    count: rowsIn(same),
    spared: same.reduce((sum, { spared }) => sum + spared, 0),
  }));
}
