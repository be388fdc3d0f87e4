/** SQL: the subject's consent `one` is about no more than what `other` is about; both are aliases of states or events. */
export function isCoveredBy(one: string, other: string): string {
  const isWithin = (column: string) => `(${other}.${column} IS NULL OR ${other}.${column} = ${one}.${column})`;
  return `${other}.subject_id = ${one}.subject_id AND ${other}.purpose = ${one}.purpose
    AND (${other}.categories IS NULL OR ${other}.categories @> ${one}.categories) AND ${['service', 'recipient', 'region'].map(isWithin).join(' AND ')}`;
}

/** SQL: when the consent in the state row `one` was last withdrawn, by itself or with more. */
export function withdrawnAt(one: string): string {
  return `(SELECT max(other.withdrawn_at) FROM consent.states other WHERE ${isCoveredBy(one, 'other')})`;
}

/** SQL: the grant in the state row `one` was withdrawn, by itself or with more. */
export function isWithdrawn(one: string): string {
  return `coalesce(${one}.granted_at <= ${withdrawnAt(one)}, false)`;
}

interface GrantBasis {
  readonly policy: string;
  readonly revision: string;
  readonly at: string;
}

/** SQL: a grant given under this policy and revision, at this instant, is older than `demand` (policy, revision, effective_at). */
export function isOlderThan(demand: string, { policy, revision, at }: GrantBasis): string {
  return `CASE WHEN coalesce(${policy}, ${demand}.policy) = ${demand}.policy AND ${revision} IS NOT NULL THEN ${revision} < ${demand}.revision
    ELSE coalesce(${at} < ${demand}.effective_at, true) END`;
}

/** SQL: the grant in the state row `one` is older than one of the demands of its purpose; `$first` is the first of their four columns. */
export function isOutdated(one: string, first: number): string {
  const columns = [
    `$${first}::text[]`,
    `$${first + 1}::text[]`,
    `$${first + 2}::int[]`,
    `$${first + 3}::timestamptz[]`,
  ].join(', ');
  const given = { policy: `${one}.grant_policy`, revision: `${one}.grant_revision`, at: `${one}.granted_at` };
  return `EXISTS (SELECT 1 FROM unnest(${columns}) AS demand (purpose, policy, revision, effective_at)
    WHERE demand.purpose = ${one}.purpose AND ${isOlderThan('demand', given)})`;
}

/** SQL: from when the event `one` counts: as it is dated, a grant no later than when it was heard. */
export function countsFrom(one: string): string {
  return `CASE ${one}.state WHEN 'granted' THEN least(${one}.occurred_at, ${one}.recorded_at) ELSE ${one}.occurred_at END`;
}
