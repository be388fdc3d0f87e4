import type { SparedScope } from './holder.js';

/** A row as SQL: whose it is, what it is of, and when it occurred. */
export interface SparedRow {
  readonly subjectId: string;
  readonly category: string;
  readonly occurredAt: string;
}

/** SQL: one of the scopes that `sparedParameter` wrote as `parameter` (`$3`) covers the row. */
export function isSpared({ subjectId, category, occurredAt }: SparedRow, parameter: string): string {
  return `EXISTS (
    SELECT FROM jsonb_to_recordset(${parameter}::jsonb) AS spared ("subjectId" uuid, category text, "from" timestamptz, until timestamptz)
    WHERE (spared."subjectId" IS NULL OR spared."subjectId" = ${subjectId}) AND (spared.category IS NULL OR spared.category = ${category})
      AND (spared."from" IS NULL OR ${occurredAt} >= spared."from") AND (spared.until IS NULL OR ${occurredAt} < spared.until))`;
}

export function sparedParameter(except: readonly SparedScope[]): string {
  return JSON.stringify(except);
}
