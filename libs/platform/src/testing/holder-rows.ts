import type { Holder, SparedScope } from '../personal-data/holder.js';
import { rowsIn } from '../personal-data/holder-answers.js';

/** How many rows a holder says that it erased. */
export async function erasedRows(holder: Holder, subjectId: string): Promise<number> {
  return rowsIn((await holder.erase(subjectId)).counts);
}

/** How many rows a holder says that it let expire. */
export async function expiredRows(
  holder: Holder,
  now: Date,
  limit: number,
  except: readonly SparedScope[] = [],
): Promise<number> {
  return rowsIn((await holder.expire({ now, limit, except })).counts);
}
