import { Injectable } from '@nestjs/common';
import { Clock, DomainError, isId, type Page } from '@abide/kernel';
import { Database } from '@abide/platform';
import { EffectiveRulebook } from '@abide/policy';
import { standingOf, type Rulebook } from '@abide/rulebook';
import { choicesFor } from '../recording/consent-wish.rules.js';
import { SubjectFactsLoader, type KnownSubject } from '../gate/facts/subject-facts.loader.js';
import { isOutdated, withdrawnAt } from '../states/consent-state.sql.js';
import { demandColumns, freshDemandsOf } from '../reconsent/fresh-demands.rules.js';

export const foundStates = ['granted', 'withdrawn', 'expired', 'stale'] as const;
/** `stale`: granted, but what was consented to has changed since. */
export type FoundState = (typeof foundStates)[number];

export interface ConsentFilter {
  readonly purpose?: string;
  readonly state?: FoundState;
  readonly policy?: string;
  readonly clause?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit: number;
  readonly cursor?: string;
}

/** Where one subject stands with one scope. */
export interface FoundConsent {
  readonly subjectId: string;
  readonly purpose: string;
  readonly categories: readonly string[] | null;
  readonly service: string | null;
  readonly recipient: string | null;
  readonly region: string | null;
  readonly state: FoundState;
  readonly since: Date;
  readonly policy: string | null;
  readonly revision: number | null;
  readonly clause: string | null;
  readonly expiresAt: Date | null;
  readonly changedAt: Date;
}

interface Row extends Omit<FoundConsent, 'state'> {
  readonly scope: Buffer;
  readonly state: Exclude<FoundState, 'stale'>;
  readonly isOutdated: boolean;
}

interface Place {
  readonly at: Date;
  readonly subjectId: string;
  readonly scope: Buffer;
}

interface Reading {
  readonly filter: ConsentFilter;
  readonly rulebook: Rulebook;
  readonly now: Date;
}

const rowsPerRead = 200;
const mostReads = 10;

const rows = `
  SELECT one.subject_id AS "subjectId", one.scope, one.purpose, one.categories, one.service, one.recipient, one.region,
    one.state, one.is_outdated AS "isOutdated", one.grant_policy AS policy, one.grant_revision AS revision, one.grant_clause AS clause,
    one.expires_at AS "expiresAt", one.changed_at AS "changedAt",
    CASE one.state WHEN 'withdrawn' THEN one.ended_at WHEN 'expired' THEN one.expires_at ELSE one.granted_at END AS since
  FROM (
    SELECT held.*, ended_at, ${isOutdated('held', 2)} AS is_outdated,
      CASE WHEN granted_at IS NULL OR granted_at <= ended_at THEN 'withdrawn' WHEN expires_at <= $1 THEN 'expired' ELSE 'granted' END AS state
    FROM consent.states held CROSS JOIN LATERAL ${withdrawnAt('held')} AS ended (ended_at)
    WHERE ($6::text IS NULL OR purpose = $6) AND ($7::text IS NULL OR grant_policy = $7) AND ($8::text IS NULL OR grant_clause = $8)
      AND ($9::timestamptz IS NULL OR changed_at >= $9) AND ($10::timestamptz IS NULL OR changed_at < $10)
      AND ($11::timestamptz IS NULL OR changed_at <= $11)
      AND ($11::timestamptz IS NULL OR changed_at < $11 OR (changed_at = $11 AND (subject_id, scope) > ($12::uuid, $13::bytea)))
  ) AS one
  WHERE $14::text IS NULL OR one.state = $14 OR ($14 = 'stale' AND one.state = 'granted' AND one.is_outdated)
  ORDER BY one.changed_at DESC, one.subject_id, one.scope LIMIT $15`;

/** Finds consents as they stand. What SQL can only suspect of being stale, the rules confirm; a page ends early rather than read on without end. */
@Injectable()
export class ConsentSearch {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly rulebooks: EffectiveRulebook,
    private readonly subjectFacts: SubjectFactsLoader,
  ) {}

  /** Newest change first. @throws DomainError `request.invalid`, `request.bad_cursor` */
  async page(filter: ConsentFilter): Promise<Page<FoundConsent>> {
    if (filter.state !== undefined && filter.purpose === undefined) throw purposeNeeded();
    const { rulebook } = await this.rulebooks.current();
    const reading = { filter, rulebook, now: this.clock.now() };
    const items: FoundConsent[] = [];
    let place = readPlace(filter.cursor);
    for (let reads = 0; reads < mostReads; reads += 1) {
      const limit = filter.state === 'stale' || filter.state === 'granted' ? rowsPerRead : filter.limit + 1;
      const read = await this.read(reading, place, limit);
      const stale = await this.staleAmong(read, reading);
      for (const row of read) {
        if (items.length === filter.limit) return { items, nextCursor: writePlace(place) };
        const state = stale.has(row) ? 'stale' : row.state;
        if (filter.state === undefined || filter.state === state) items.push(toFound(row, state));
        place = { at: row.changedAt, subjectId: row.subjectId, scope: row.scope };
      }
      if (read.length < limit) return { items, nextCursor: null };
    }
    return { items, nextCursor: writePlace(place) };
  }

  private read({ filter, rulebook, now }: Reading, place: Place | null, limit: number): Promise<Row[]> {
    const { purpose = null, policy = null, clause = null, from = null, to = null, state = null } = filter;
    const demands = demandColumns(freshDemandsOf(rulebook));
    return this.db.query<Row>(rows, [
      now,
      ...demands,
      purpose,
      policy,
      clause,
      from,
      to,
      place?.at ?? null,
      place?.subjectId ?? null,
      place?.scope ?? null,
      state,
      limit,
    ]);
  }

  private async staleAmong(read: readonly Row[], { rulebook, now }: Reading): Promise<ReadonlySet<Row>> {
    const suspects = read.filter((row) => row.state === 'granted' && row.isOutdated);
    if (suspects.length === 0) return new Set();
    const known = await this.subjectFacts.ofMany([...new Set(suspects.map(({ subjectId }) => subjectId))]);
    return new Set(suspects.filter((row) => isStale(row, { rulebook, known: known.get(row.subjectId), now })));
  }
}

/** Whether any choice that the consent speaks of needs a fresh one. */
function isStale(
  row: Row,
  { rulebook, known, now }: { rulebook: Rulebook; known: KnownSubject | undefined; now: Date },
): boolean {
  if (!known) return false;
  const at = Math.max(now.getTime(), known.latestAt);
  return choicesFor(rulebook, row).some(
    (choice) => standingOf(rulebook, known.facts, { choice, at }).code === 'consent.stale',
  );
}

function toFound({ scope: _scope, isOutdated: _isOutdated, ...row }: Row, state: FoundState): FoundConsent {
  return { ...row, state };
}

function readPlace(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null;
  const [millis = '', subjectId = '', hash = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split('|');
  const at = new Date(Number(millis));
  const scope = Buffer.from(hash, 'base64url');
  if (
    millis === '' ||
    !(at.getTime() >= 0 && at.getTime() < 253_402_300_800_000) ||
    !isId(subjectId) ||
    scope.length !== 32
  ) {
    throw new DomainError('invalid', 'request.bad_cursor', { detail: 'Start again from the first page.' });
  }
  return { at, subjectId, scope };
}

function writePlace(place: Place | null): string | null {
  if (!place) return null;
  return Buffer.from(`${place.at.getTime()}|${place.subjectId}|${place.scope.toString('base64url')}`).toString(
    'base64url',
  );
}

function purposeNeeded(): DomainError {
  const message = 'Name a purpose to look for a state.';
  return new DomainError('invalid', 'request.invalid', {
    detail: message,
    errors: [{ pointer: '/purpose', code: 'invalid', message }],
  });
}
