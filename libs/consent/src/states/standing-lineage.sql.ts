/** SQL: one of `removals` (the table of what withdrawals have still to take away, or some of it) ends `entry` of the lineage of `row`, both aliases. */
export function isEndedBy(removals: string, { row, entry }: { row: string; entry: string }): string {
  return `EXISTS (SELECT FROM ${removals} ended
    WHERE ended.subject_id = ${row}.subject_id AND ended.purpose = ${entry}->>'purpose' AND ${entry}->>'consentEvent' = ANY(ended.grants)
      AND (ended.categories IS NULL OR ${row}.category = ANY(ended.categories)) AND (ended.service IS NULL OR ended.service = ${row}.service))`;
}

/**
 * SQL: why `row`, an alias of a table with lineage, is kept now. The column itself follows a withdrawal within seconds; whoever reads it
 * goes by this, so that nothing is read after the withdrawal was acknowledged.
 */
export function standingLineage(row: string): string {
  return `CASE WHEN EXISTS (SELECT FROM consent.purpose_removals ended WHERE ended.subject_id = ${row}.subject_id)
    THEN (SELECT coalesce(jsonb_agg(entry ORDER BY place), '[]') FROM jsonb_array_elements(${row}.lineage) WITH ORDINALITY AS each (entry, place)
      WHERE NOT ${isEndedBy('consent.purpose_removals', { row, entry: 'entry' })})
    ELSE ${row}.lineage END`;
}

/**
 * SQL: until when `entry` of the lineage of `row`, both aliases, may have it, by the months of the zone that is `utcOffsetHours` ahead of UTC, the database's;
 * null: as long as the row is kept. PostgreSQL reads ISO 8601 as an interval.
 */
export function keptForOf(row: string, entry: string, utcOffsetHours: number): string {
  const zone = `interval '${utcOffsetHours} hours'`;
  return `coalesce((${entry}->>'until')::timestamptz, ${row}.occurred_at + ${zone} + (${entry}->>'kept')::interval - ${zone})`;
}

/** SQL: `row`, an alias of a table with lineage, was promised to be kept for a purpose a shorter time than it is kept, which is over. `purpose` and `now` are SQL. */
export function isOverFor(
  row: string,
  { purpose, now, utcOffsetHours }: { purpose: string; now: string; utcOffsetHours: number },
): string {
  return `EXISTS (SELECT FROM jsonb_array_elements(${row}.lineage) AS entry
    WHERE entry->>'purpose' = ${purpose} AND ${keptForOf(row, 'entry', utcOffsetHours)} <= ${now})`;
}
