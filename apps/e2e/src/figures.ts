import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Credential } from './clients.js';
import type { Product } from './product.js';

// This file holds erasable types only and imports no file beside it as a value, so that plain Node can import it without a build.

type Clients = Pick<typeof import('./clients.js'), 'aService' | 'call' | 'signInOperator' | 'signInService'>;

/** A running product, read from both sides: as its API says it, and by plain SQL from its tables. */
export interface Installation {
  readonly product: Product;
  readonly clients: Clients;
  readonly operator: Credential;
  query<Row = any>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

export type Figure = 'receipts' | 'holdings' | 'heat maps' | 'counts' | 'days';

/** A figure that the API says otherwise than its tables. */
export interface Difference {
  readonly figure: Figure;
  readonly what: string;
  readonly said: unknown;
  readonly found: unknown;
}

/** What was compared, so that nothing found is not mistaken for nothing looked at. */
export interface Comparison {
  readonly figure: Figure;
  readonly compared: number;
  readonly differences: readonly Difference[];
}

const most = 50;
const dayMilliseconds = 86_400_000;
const weekSeconds = 604_800;
/** Categories that no holder but telemetry and location keeps rows of. */
const collected = ['log.search', 'log.appUsage', 'location.gps', 'location.wifi'];
const rows = `(SELECT subject_id, category, service, occurred_at, received_at, retain_until, lineage FROM telemetry.events
  UNION ALL SELECT subject_id, category, service, occurred_at, received_at, retain_until, lineage FROM location.fixes)`;

/** Opens a product with the demo, and its database. */
export async function openInstallation(
  product: Product,
  { clients, databaseUrl }: { clients: Clients; databaseUrl: string },
): Promise<Installation & { close(): Promise<void> }> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(`SET timezone = 'UTC'`);
  const operator = await clients.signInOperator(product, 'privacyOfficer');
  return {
    product,
    clients,
    operator,
    query: async (sql, parameters = []) => (await client.query(sql, [...parameters])).rows,
    close: () => client.end(),
  };
}

/** Recomputes every figure. */
export async function compareFigures(installation: Installation): Promise<Comparison[]> {
  return [
    await receipts(installation),
    await holdings(installation),
    await heatMaps(installation),
    await counts(installation),
    await days(installation),
  ];
}

/** Receipts say of an event what its row says. */
async function receipts(installation: Installation): Promise<Comparison> {
  const events = await installation.query(
    `SELECT subject_id, receipt_id, purpose, occurred_at, recorded_at, expires_at, state, policy, revision, clause_id FROM consent.events WHERE receipt_id IS NOT NULL ORDER BY recorded_at DESC, id LIMIT ${most}`,
  );
  const compare = comparing('receipts');
  for (const event of events) {
    const { status, body } = await get(
      installation,
      `operator/subjects/${event.subject_id}/receipts/${event.receipt_id}`,
    );
    if (status === 404) continue;
    const [own, processing] = [body.events?.[0], body.pii_processing?.[0]];
    const name = (what: string) => `${what} of receipt ${event.receipt_id}`;
    compare(name('the time'), own?.event_time, event.occurred_at.toISOString());
    compare(name('the time of recording'), own?.recorded_time, event.recorded_at.toISOString());
    compare(name('the purpose'), processing?.purpose, event.purpose);
    if (event.clause_id !== null) compare(name('the clause'), processing?.clause, event.clause_id);
    if (event.policy !== null)
      compare(
        name('the notice'),
        String(processing?.privacy_notice).split('/policies/')[1],
        `${event.policy}/${event.revision}`,
      );
    if (event.state === 'granted')
      compare(
        name('the validity'),
        own?.validity_duration,
        event.expires_at === null ? 'until withdrawn' : `until ${event.expires_at.toISOString()}`,
      );
    else compare(name('an end of the validity'), own?.validity_duration === 'until withdrawn', false);
  }
  return compare.done();
}

/** Holdings say how many records there are, since when and until when, and how many of them are due. */
async function holdings(installation: Installation): Promise<Comparison> {
  const compare = comparing('holdings');
  const now = await clockOf(installation);
  const people = await installation.query(
    `SELECT subject_id FROM ${rows} AS held WHERE category = ANY($1) GROUP BY subject_id ORDER BY bool_or(retain_until <= $2) DESC NULLS LAST, max(received_at) DESC, subject_id LIMIT ${most}`,
    [collected, now],
  );
  for (const { subject_id: subjectId } of people) {
    const { body } = await get(installation, `operator/subjects/${subjectId}/holdings`);
    const found = await installation.query(
      `SELECT category, count(*)::int AS count, min(received_at) AS since, max(retain_until) AS until, bool_or(retain_until IS NULL) AS open,
         count(*) FILTER (WHERE retain_until <= $3)::int AS due FROM ${rows} AS held
       WHERE subject_id = $1 AND category = ANY($2) GROUP BY category ORDER BY category`,
      [subjectId, collected, now],
    );
    const said = (body.items ?? [])
      .filter(({ category }: any) => collected.includes(category))
      .sort((a: any, b: any) => (a.category < b.category ? -1 : 1));
    compare(
      `what is held of ${subjectId}`,
      said.map(({ category, count, since, until, openEnded, due }: any) => ({
        category,
        count,
        since,
        until,
        open: openEnded,
        due: due?.count ?? 0,
      })),
      found.map(({ category, count, since, until, open, due }) => ({
        category,
        count,
        since: since.toISOString(),
        until: until?.toISOString() ?? null,
        open,
        due,
      })),
    );
  }
  return compare.done();
}

/** Heat maps show the cells with enough subjects, each as in its fullest week, of rows whose consent stands. */
async function heatMaps(installation: Installation): Promise<Comparison> {
  const compare = comparing('heat maps');
  const now = await clockOf(installation);
  const purposes = await installation.query(
    `SELECT DISTINCT entry->>'purpose' AS purpose FROM location.fixes, jsonb_array_elements(lineage) AS entry ORDER BY 1 LIMIT 20`,
  );
  for (const { purpose } of purposes) {
    for (const weeks of [1, 4]) {
      const from = new Date(now.getTime() - (weeks - 1) * 7 * dayMilliseconds).toISOString();
      const { body } = await get(
        installation,
        `operator/location/heat?purpose=${purpose}${weeks === 1 ? '' : `&from=${from}`}`,
      );
      const found = await installation.query(
        `WITH usable AS (
           SELECT DISTINCT fix.subject_id, fix.coarse_cell AS cell, floor(extract(epoch FROM fix.occurred_at - $2::timestamptz) / ${weekSeconds}) AS week
           FROM location.fixes fix, jsonb_array_elements(fix.lineage) AS entry
           WHERE entry->>'purpose' = $1 AND fix.occurred_at >= $2 AND fix.occurred_at < $3 AND (fix.retain_until IS NULL OR fix.retain_until > $4)
             AND (entry->>'precision' = 'exact' OR (entry->'precision'->>'h3')::int >= 5)
             AND NOT EXISTS (SELECT FROM consent.events said WHERE said.subject_id = fix.subject_id AND said.purpose = $1 AND said.state <> 'granted' AND said.recorded_at > fix.received_at)
         ), weekly AS (SELECT cell, week, count(DISTINCT subject_id)::int AS subjects FROM usable GROUP BY cell, week)
         SELECT cell, max(subjects) AS subjects FROM weekly GROUP BY cell HAVING max(subjects) >= $5 ORDER BY subjects DESC, cell`,
        [purpose, body.from, body.to, now, body.minimumGroup],
      );
      compare(
        `the map for ${purpose} of ${weeks} weeks`,
        body.cells?.map(({ cell, subjects }: any) => ({ cell, subjects })),
        found,
      );
      compare(
        `the weeks of that map`,
        [body.from, body.to].map((at) => isMonday(at)),
        [true, true],
      );
    }
  }
  return compare.done();
}

/** A batch that is repeated, one that repeats its events, and looks at maps are counted as what they are. */
async function counts(installation: Installation): Promise<Comparison> {
  const compare = comparing('counts');
  const to = new Date((await clockOf(installation)).getTime() + 60_000).toISOString();
  const span = `from=${new Date(Date.parse(to) - 7 * dayMilliseconds).toISOString()}&to=${to}`;
  const before = await countsOf(installation, span);
  const sent = await sendSomeTwice(installation);
  for (let look = 0; look < 3; look += 1) await get(installation, 'operator/location/heat?purpose=service.provision');
  const after = await countsOf(installation, span);
  const [stored] = await installation.query(
    'SELECT count(*)::int AS events FROM telemetry.events WHERE event_id = ANY($1::uuid[])',
    [sent.eventIds],
  );
  compare('events accepted', after.accepted - before.accepted, stored?.events);
  compare('events sent again', after.alreadyStored - before.alreadyStored, sent.again);
  compare(
    'decisions about events that were to be stored, and about nothing else',
    after.decisions - before.decisions,
    sent.decided,
  );
  const [ingested] = await installation.query(
    `SELECT coalesce(sum(items) FILTER (WHERE code = ''), 0)::int AS accepted, coalesce(sum(items) FILTER (WHERE code NOT IN ('', 'alreadyStored')), 0)::int AS refused FROM telemetry.ingest_counts WHERE minute >= $1 AND minute < $2`,
    [after.from, to],
  );
  compare('events accepted and refused', [after.accepted, after.refused], [ingested?.accepted, ingested?.refused]);
  return compare.done();
}

/** Everything that is kept for a time falls due when its promise says, in months of the law's zone, and never under the minimum. */
async function days(installation: Installation): Promise<Comparison> {
  const compare = comparing('days');
  const { body: summary } = await get(installation, 'operator/telemetry/summary');
  const kinds = await installation.query(
    `SELECT category, service, (array_agg(subject_id ORDER BY received_at DESC))[1] AS subject_id FROM ${rows} AS held WHERE retain_until IS NOT NULL AND lineage <> '[]' GROUP BY category, service ORDER BY 1, 2`,
  );
  for (const { category, service, subject_id: subjectId } of kinds) {
    const { body } = await get(installation, `operator/subjects/${subjectId}/holdings`);
    const promises = body.items?.find((one: any) => one.category === category)?.retention ?? [];
    const promise =
      promises.find((one: any) => one.service === service) ?? promises.find((one: any) => one.service === null);
    if (!promise?.period) continue;
    const [found] = await installation.query(
      `SELECT count(*)::int AS wrong FROM ${rows} AS held WHERE category = $1 AND service = $2 AND lineage <> '[]' AND received_at >= $6
         AND retain_until <> greatest(occurred_at + $3::interval + $4::interval - $3::interval, occurred_at + $3::interval + $5::interval - $3::interval)`,
      [
        category,
        service,
        `${summary.utcOffsetHours} hours`,
        promise.period,
        promise.minimumPeriod ?? 'P0D',
        await inForceSince(installation, promise.revisionId),
      ],
    );
    compare(
      `rows of ${category} in ${service} that fall due on another day than ${promise.period} says`,
      0,
      found?.wrong,
    );
  }
  const { body: daily } = await get(
    installation,
    `operator/telemetry/summary?from=${new Date((await clockOf(installation)).getTime() - 30 * dayMilliseconds).toISOString()}`,
  );
  const hours = daily.points?.map(({ at }: any) => (new Date(at).getUTCHours() + daily.utcOffsetHours) % 24);
  compare(
    'the beginnings of days',
    hours?.every((hour: number) => hour === 0),
    true,
  );
  return compare.done();
}

async function inForceSince({ query }: Installation, revisionId: string | null): Promise<Date> {
  const [revision] = await query('SELECT took_effect_at FROM policy.revisions WHERE id = $1', [revisionId]);
  return revision?.took_effect_at ?? new Date(0);
}

async function countsOf(
  installation: Installation,
  span: string,
): Promise<{ from: string; accepted: number; refused: number; alreadyStored: number; decisions: number }> {
  const [{ body: ingest }, { body: decided }] = await Promise.all([
    get(installation, `operator/telemetry/summary?${span}`),
    get(installation, `operator/decisions/summary?${span}`),
  ]);
  const sum = (of: (one: any) => number, all: readonly any[]) => all.reduce((total, one) => total + of(one), 0);
  return {
    from: ingest.points[0].at,
    accepted: sum(({ accepted }) => accepted, ingest.points),
    refused: sum(({ refused }) => refused, ingest.points),
    alreadyStored: ingest.alreadyStored,
    decisions: sum(({ decisions }) => decisions, decided.codes),
  };
}

/** Forty events of one device, once more under the same id, and ten of them in another batch. */
async function sendSomeTwice({
  product,
  clients: { aService, call, signInService },
}: Installation): Promise<{ eventIds: string[]; again: number; decided: number }> {
  const token = await signInService(product, await aService(product, ['telemetry:write']));
  const acceptedRevisionIds = (await call(product, 'GET', 'policies')).body.items.map((one: any) => one.revision.id);
  const { subjectId } = (await call(product, 'POST', 'devices', { body: { acceptedRevisionIds } })).body;
  const occurredAt = (await call(product, 'GET', 'dev/clock')).body.now;
  const events = Array.from({ length: 40 }, () => ({
    eventId: randomUUID(),
    subjectId,
    category: 'log.device',
    occurredAt,
    service: 'ticketing',
    attributes: { osName: 'Harmony' },
  }));
  const batch = { batchId: randomUUID(), events };
  const answers = [];
  for (const body of [batch, batch, { batchId: randomUUID(), events: events.slice(0, 10) }])
    answers.push((await call(product, 'POST', 'telemetry/batches', { headers: token, body })).body);
  const [first, , third] = answers;
  return {
    eventIds: events.map(({ eventId }) => eventId),
    again: third.alreadyStored,
    decided: first.accepted + first.refused.length + third.accepted + third.refused.length,
  };
}

/** The clock that the rules use; development may have moved it. */
async function clockOf({ product, clients }: Installation): Promise<Date> {
  return new Date((await clients.call(product, 'GET', 'dev/clock')).body.now);
}

function get({ product, clients, operator }: Installation, path: string): Promise<{ status: number; body: any }> {
  return clients.call(product, 'GET', path, { headers: operator });
}

/** At midnight of a Monday, in some zone of whole hours. */
function isMonday(at: string): boolean {
  return [...Array(26).keys()].some(
    (index) =>
      new Date(Date.parse(at) + (index - 11) * 3_600_000).toISOString().endsWith('T00:00:00.000Z') &&
      new Date(Date.parse(at) + (index - 11) * 3_600_000).getUTCDay() === 1,
  );
}

function comparing(figure: Figure): ((what: string, said: unknown, found: unknown) => void) & { done(): Comparison } {
  const differences: Difference[] = [];
  let compared = 0;
  const compare = (what: string, said: unknown, found: unknown) => {
    compared += 1;
    if (JSON.stringify(said) !== JSON.stringify(found)) differences.push({ figure, what, said, found });
  };
  return Object.assign(compare, { done: () => ({ figure, compared, differences }) });
}
