import { Injectable } from '@nestjs/common';
import { Database, epochMilliseconds, uuidArray } from '@abide/platform';
import type { ConsentFact } from '@abide/rulebook';
import { countsFrom } from '../../states/consent-state.sql.js';

/** What a subject chose: where each scope stands, positioning, Global Privacy Control. */
export interface SubjectChoices {
  readonly consents: readonly ConsentFact[];
  readonly isPositioningOn: boolean;
  readonly gpcSince: number | null;
  readonly isGpcCleared: boolean;
  /** The latest moment, in epoch milliseconds, that anything of it is dated with; 0 without any. */
  readonly latestAt: number;
  /** Since when, in epoch milliseconds, all of it has been as it is. */
  readonly unchangedSince: number;
}

/** A switch of the subject's, as it was turned. */
interface Turn {
  readonly isOn: boolean;
  readonly at: number;
}

/** What a subject chose since an instant, and what stood then. */
export interface StandingSince {
  readonly consents: readonly ConsentFact[];
  /** The oldest first. */
  readonly privacyControl: readonly Turn[];
}

interface StateRow {
  readonly subject_id: string;
  readonly purpose: string | null;
  readonly categories: string[] | null;
  readonly service: string | null;
  readonly recipient: string | null;
  readonly region: string | null;
  /** Times are epoch milliseconds, which costs less to read than dates. */
  readonly granted_at: number | null;
  readonly grant_id: string | null;
  readonly grant_policy: string | null;
  readonly grant_revision: number | null;
  readonly expires_at: number | null;
  readonly withdrawn_at: number | null;
  readonly withdrawal_id: string | null;
  readonly is_positioning_on: boolean | null;
  readonly positioning_changed_at: number | null;
  readonly gpc_since: number | null;
  readonly gpc_cleared_at: number | null;
}

interface EventRow extends Omit<
  StateRow,
  'granted_at' | 'grant_id' | 'grant_policy' | 'grant_revision' | 'withdrawn_at' | 'withdrawal_id'
> {
  readonly id: string | null;
  readonly state: 'granted' | 'withdrawn';
  readonly counts_from: number;
  readonly policy: string | null;
  readonly revision: number | null;
}

interface Gathered {
  consents: ConsentFact[];
  isPositioningOn: boolean;
  gpcSince: number | null;
  isGpcCleared: boolean;
  latestAt: number;
  unchangedSince: number;
}

function milliseconds(column: string, name = column.split('.')[1]): string {
  return `${epochMilliseconds(column)} AS ${name}`;
}

/** Both in the order in which it was said, so that of two grants of one instant the later one is cited. */
const present = `
  SELECT asked.subject_id, state.purpose, state.categories, state.service, state.recipient, state.region,
    ${milliseconds('state.granted_at')}, state.grant_id, state.grant_policy, state.grant_revision, ${milliseconds('state.expires_at')},
    ${milliseconds('state.withdrawn_at')}, state.withdrawal_id,
    own.is_positioning_on, ${milliseconds('own.positioning_changed_at')}, ${milliseconds('own.gpc_since')}, ${milliseconds('own.gpc_cleared_at')}
  FROM unnest($1::uuid[]) AS asked (subject_id)
  LEFT JOIN consent.states state ON state.subject_id = asked.subject_id
  LEFT JOIN consent.preferences own ON own.subject_id = asked.subject_id
  ORDER BY state.grant_id`;

const past = `
  SELECT asked.subject_id, event.id, event.state, event.purpose, event.categories, event.service, event.recipient, event.region,
    ${milliseconds(countsFrom('event'), 'counts_from')}, ${milliseconds('event.expires_at')}, event.policy, event.revision,
    (SELECT is_on FROM consent.positioning_changes turn WHERE turn.subject_id = asked.subject_id AND turn.at <= $2 ORDER BY turn.at DESC LIMIT 1) AS is_positioning_on,
    NULL AS positioning_changed_at,
    ${milliseconds('CASE WHEN signal.is_on THEN signal.at END', 'gpc_since')}, ${milliseconds('CASE WHEN NOT signal.is_on THEN signal.at END', 'gpc_cleared_at')}
  FROM unnest($1::uuid[]) AS asked (subject_id)
  LEFT JOIN consent.events event ON event.subject_id = asked.subject_id AND event.recorded_at <= $2 AND event.state <> 'expired'
  LEFT JOIN LATERAL (
    SELECT is_on, at FROM consent.privacy_control_changes turn WHERE turn.subject_id = asked.subject_id AND turn.at <= $2 ORDER BY turn.at DESC LIMIT 1
  ) AS signal ON true
  ORDER BY event.id`;

/** Of what was said of one scope before the instant, the last grant and the last withdrawal; all that was said since. */
const sinceThen = `
  SELECT * FROM (
    SELECT DISTINCT ON (event.subject_id, event.scope, event.state, greatest(said.at, asked.since))
      event.subject_id, event.id, event.state, event.purpose, event.categories, event.service, event.recipient, event.region,
      said.at AS counts_from, ${milliseconds('event.expires_at')}, event.policy, event.revision
    FROM unnest($1::uuid[], $2::float8[]) AS asked (subject_id, since)
    JOIN consent.events event ON event.subject_id = asked.subject_id AND event.state <> 'expired'
    CROSS JOIN LATERAL (SELECT ${epochMilliseconds(countsFrom('event'))} AS at) AS said
    ORDER BY event.subject_id, event.scope, event.state, greatest(said.at, asked.since), said.at DESC, event.id DESC) AS standing
  ORDER BY id`;

/** Reads what subjects chose, several at a time and in one statement. */
@Injectable()
export class ChoicesReader {
  constructor(private readonly db: Database) {}

  /** As it stands now. */
  async presentOf(subjectIds: readonly string[]): Promise<ReadonlyMap<string, SubjectChoices>> {
    const all = new Map<string, Gathered>();
    for (const row of await this.db.prepared<StateRow>('consent.choices', present, [uuidArray(subjectIds)])) {
      const own = gather(all, row);
      if (row.purpose === null) continue;
      if (row.granted_at !== null) own.consents.push(grantOf(row, row.granted_at));
      if (row.withdrawn_at !== null)
        own.consents.push({ ...scopeOf(row), id: row.withdrawal_id, state: 'withdrawn', at: row.withdrawn_at });
      own.latestAt = Math.max(own.latestAt, row.granted_at ?? 0, row.withdrawn_at ?? 0);
    }
    return all;
  }

  /** As it was known at an instant, from the events recorded by then. */
  async knownAt(subjectIds: readonly string[], at: Date): Promise<ReadonlyMap<string, SubjectChoices>> {
    const all = new Map<string, Gathered>();
    for (const row of await this.db.query<EventRow>(past, [subjectIds, at])) {
      const own = gather(all, row);
      if (row.id !== null) own.consents.push(eventOf(row));
    }
    return all;
  }

  /** Of each subject what stood at an instant (epoch milliseconds) and what was said since, as it is dated. */
  async standingSince(since: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, StandingSince>> {
    const rows = await this.db.query<EventRow>(sinceThen, [[...since.keys()], [...since.values()]]);
    const said = Map.groupBy(rows, ({ subject_id }) => subject_id);
    const privacyControl = await this.turnsSince('consent.privacy_control_changes', since);
    return new Map(
      [...since.keys()].map((subjectId) => [
        subjectId,
        { consents: (said.get(subjectId) ?? []).map(eventOf), privacyControl: privacyControl.get(subjectId) ?? [] },
      ]),
    );
  }

  /** Of each subject the turns of the positioning switch since an instant (epoch milliseconds), and the last one before it, oldest first. */
  positioningSince(since: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, readonly Turn[]>> {
    return this.turnsSince('consent.positioning_changes', since);
  }

  private async turnsSince(
    table: 'consent.positioning_changes' | 'consent.privacy_control_changes',
    since: ReadonlyMap<string, number>,
  ): Promise<ReadonlyMap<string, readonly Turn[]>> {
    const rows = await this.db.prepared<{ subject_id: string; is_on: boolean; at: number }>(
      `${table}.since`,
      `SELECT asked.subject_id, turn.is_on, ${milliseconds('turn.at')} FROM unnest($1::uuid[], $2::float8[]) AS asked (subject_id, since)
       CROSS JOIN LATERAL (
         SELECT is_on, at FROM ${table} own WHERE own.subject_id = asked.subject_id AND own.at >= coalesce(
           (SELECT max(at) FROM ${table} before WHERE before.subject_id = asked.subject_id AND before.at <= to_timestamp(asked.since / 1000)), to_timestamp(asked.since / 1000))
         ORDER BY at DESC LIMIT 1000) AS turn`,
      [[...since.keys()], [...since.values()]],
    );
    const turns = new Map<string, Turn[]>();
    for (const { subject_id, is_on, at } of rows.reverse()) {
      const own = turns.get(subject_id) ?? [];
      own.push({ isOn: is_on, at });
      turns.set(subject_id, own);
    }
    return turns;
  }
}

function gather(
  all: Map<string, Gathered>,
  row: Pick<StateRow, 'subject_id' | 'is_positioning_on' | 'positioning_changed_at' | 'gpc_since' | 'gpc_cleared_at'>,
): Gathered {
  const known = all.get(row.subject_id);
  if (known) return known;
  const own = {
    consents: [],
    isPositioningOn: row.is_positioning_on ?? false,
    gpcSince: row.gpc_since,
    isGpcCleared: row.gpc_cleared_at !== null,
    latestAt: Math.max(row.positioning_changed_at ?? 0, row.gpc_since ?? 0),
    unchangedSince: Math.max(row.positioning_changed_at ?? 0, row.gpc_since ?? 0, row.gpc_cleared_at ?? 0),
  };
  all.set(row.subject_id, own);
  return own;
}

type ScopeRow = Pick<StateRow, 'purpose' | 'categories' | 'service' | 'recipient' | 'region'>;

function scopeOf({ purpose, categories, service, recipient, region }: ScopeRow) {
  return { purpose: purpose ?? '', categories, service, recipient, region };
}

function eventOf(row: EventRow): ConsentFact {
  const { id, state, counts_from, expires_at, policy, revision } = row;
  return { ...scopeOf(row), id, state, at: counts_from, expiresAt: expires_at, policy, revision };
}

function grantOf(row: StateRow, grantedAt: number): ConsentFact {
  return {
    ...scopeOf(row),
    id: row.grant_id,
    state: 'granted',
    at: grantedAt,
    expiresAt: row.expires_at,
    policy: row.grant_policy,
    revision: row.grant_revision,
  };
}
