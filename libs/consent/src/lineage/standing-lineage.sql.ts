/** SQL: a withdrawal that has still to reach `row`, an alias of a table with lineage, ends its `entry`. */
function isEnded(row: string, entry: string): string {
  return `EXISTS (SELECT FROM consent.purpose_removals ended
    WHERE ended.subject_id = ${row}.subject_id AND ended.purpose = ${entry}->>'purpose' AND ${entry}->>'consentEvent' = ANY(ended.grants)
      AND (ended.categories IS NULL OR ${row}.category = ANY(ended.categories)) AND (ended.service IS NULL OR ended.service = ${row}.service))`;
}

/**
 * SQL: why `row`, an alias of a table with lineage, is kept now. The column itself follows a withdrawal within seconds; whoever reads it
 * goes by this, so that nothing is read after the withdrawal was acknowledged.
 */
export function standingLineage(row: string): string {
  return `CASE WHEN EXISTS (SELECT FROM consent.purpose_removals ended WHERE ended.subject_id = ${row}.subject_id)
    THEN (SELECT coalesce(jsonb_agg(entry ORDER BY place), '[]') FROM jsonb_array_elements(${row}.lineage) WITH ORDINALITY AS each (entry, place) WHERE NOT ${isEnded(row, 'entry')})
    ELSE ${row}.lineage END`;
}
