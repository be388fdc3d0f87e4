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
