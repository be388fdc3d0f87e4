import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@abide/kernel';
import { call, TwoNodes, type Answer, type Node, type Person } from './testing/two-nodes.js';

const terms = [
  { type: 'collection', categories: ['log.browsing'], purposes: ['personalisation'], basis: 'consent' },
  {
    type: 'collection',
    categories: ['location.gps'],
    purposes: ['security.fraud'],
    basis: 'legalObligation',
    services: ['ticketing'],
  },
  { type: 'retention', categories: ['log.browsing', 'location.gps'], period: 'P6M', then: 'delete' },
];
const rounds = 12;
const writersPerNode = 4;
const patienceMilliseconds = 60_000;

/** Something that a subject opens and closes, and what may come in only while it is open. */
interface Choice {
  readonly path: string;
  readonly refusal: string;
  readonly batch: (subjectId: string) => object;
  readonly open: (node: Node, person: Person) => Promise<Answer>;
  readonly close: (node: Node, person: Person) => Promise<Answer>;
}

const consent: Choice = {
  path: 'telemetry/batches',
  refusal: 'consent.withdrawn',
  batch: (subjectId) => ({
    batchId: newId(),
    events: [1, 2, 3].map(() => ({
      eventId: newId(),
      subjectId,
      category: 'log.browsing',
      occurredAt: new Date().toISOString(),
      service: 'ticketing',
    })),
  }),
  open: (node, { token }) => call(node, 'PUT', 'me/consents/personalisation', { token, body: { state: 'granted' } }),
  close: (node, { token }) => call(node, 'PUT', 'me/consents/personalisation', { token, body: { state: 'withdrawn' } }),
};

const positioning: Choice = {
  path: 'location/batches',
  refusal: 'location.off',
  batch: (subjectId) => ({
    batchId: newId(),
    fixes: [1, 2, 3].map(() => ({
      fixId: newId(),
      subjectId,
      occurredAt: new Date().toISOString(),
      latitude: 30.248913,
      longitude: 120.205237,
      accuracyMetres: 12,
      source: 'gps',
      service: 'ticketing',
    })),
  }),
  open: (node, { token }) => call(node, 'PUT', 'me/positioning', { token, body: { on: true } }),
  close: (node, { token }) => call(node, 'PUT', 'me/positioning', { token, body: { on: false } }),
};

/** One batch, in milliseconds of one clock. */
interface Sent {
  readonly sentAt: number;
  readonly answeredAt: number;
  readonly answer: Answer;
}

interface Race {
  readonly sent: readonly Sent[];
  /** From the acknowledgement that it is closed until it is about to be opened again. */
  readonly closed: readonly { readonly from: number; readonly to: number }[];
  readonly opened: readonly Answer[];
}

describe('collection at two processes while a subject changes their mind', () => {
  let installation: TwoNodes;
  let service: string;

  beforeAll(async () => {
    installation = await TwoNodes.start();
    await installation.publish(terms);
    service = await installation.serviceToken();
  }, 300_000);
  afterAll(() => installation?.stop());

  /** Writers at both nodes send without a pause, while the subject opens and closes at one node after the other. */
  async function race(choice: Choice, person: Person): Promise<Race> {
    const sent: Sent[] = [];
    let isOver = false;
    const writers = installation.nodes.flatMap((node) =>
      Array.from({ length: writersPerNode }, async () => {
        while (!isOver) {
          const sentAt = performance.now();
          const answer = await call(node, 'POST', choice.path, { token: service, body: choice.batch(person.id) });
          sent.push({ sentAt, answeredAt: performance.now(), answer });
        }
      }),
    );
    const opened: Answer[] = [];
    const closed: { from: number; to: number }[] = [];
    const answersSince = async (from: number): Promise<void> => {
      await sleep(60 + Math.random() * 200);
      await until(async () => sent.filter(({ sentAt }) => sentAt > from).length > 1);
    };
    for (let round = 0; round < rounds; round += 1) {
      const node = installation.nodes[round % 2] ?? installation.nodes[0];
      opened.push(await choice.open(node, person));
      await answersSince(performance.now());
      expect((await choice.close(node, person)).status).toBe(200);
      const from = performance.now();
      await answersSince(from);
      closed.push({ from, to: performance.now() });
    }
    isOver = true;
    await Promise.all(writers);
    return { sent, closed, opened };
  }

  function expectNothingStoredWhileClosed({ sent, closed, opened }: Race, { refusal }: Choice): void {
    expect(opened.every(({ status }) => status === 200)).toBe(true);
    expect(sent.filter(({ answer }) => answer.status !== 200).map(({ answer }) => answer.body)).toEqual([]);
    expect(sent.filter(({ answer }) => answer.body.accepted > 0).length).toBeGreaterThan(rounds);
    const afterwards = sent.filter(({ sentAt, answeredAt }) =>
      closed.some(({ from, to }) => sentAt > from && answeredAt < to),
    );
    expect(afterwards.length).toBeGreaterThan(rounds);
    expect(
      new Set(
        afterwards.flatMap(({ answer }) => [
          `${answer.body.accepted} accepted`,
          ...answer.body.refused.map(({ code }: { code: string }) => code),
        ]),
      ),
    ).toEqual(new Set(['0 accepted', refusal]));
  }

  /** Of the only person with rows in that table. */
  async function expectStored(table: string, person: Person, { sent }: Race): Promise<void> {
    // What a withdrawal left without a purpose is due at once: the sweeper may have come by.
    const [stored] = await installation.query<{ n: number }>(
      `SELECT (SELECT count(*) FROM ${table} WHERE subject_id = $1)::int + (
         SELECT coalesce(sum(records), 0) FROM retention.run_counts JOIN retention.runs run ON run.id = run_id WHERE table_name = $2 AND NOT run.is_dry
       )::int AS n`,
      [person.id, table],
    );
    expect(stored?.n).toBe(sent.reduce((sum, { answer }) => sum + answer.body.accepted, 0));
  }

  async function until(isSo: () => Promise<boolean>): Promise<void> {
    for (const endsAt = Date.now() + patienceMilliseconds; Date.now() < endsAt; await sleep(100))
      if (await isSo()) return;
    throw new Error('It did not become so in time');
  }

  it('stores nothing that is sent after a withdrawal was acknowledged, and leaves nothing that rests on a withdrawn consent', async () => {
    const person = await installation.aPerson();
    const outcome = await race(consent, person);
    expectNothingStoredWhileClosed(outcome, consent);
    const events = outcome.opened.map(({ body }) => body.consentEventId);
    const resting = () =>
      installation.query<{ event_id: string }>(
        `SELECT event_id FROM telemetry.events WHERE subject_id = $1
           AND (retain_until > now() OR EXISTS (SELECT FROM jsonb_array_elements(lineage) AS entry WHERE entry->>'consentEvent' = ANY($2)))`,
        [person.id, events],
      );
    await until(async () => (await resting()).length === 0);
    await sleep(2000);
    expect(await resting()).toEqual([]);
    await expectStored('telemetry.events', person, outcome);
  }, 240_000);

  it('stores nothing that is sent after positioning was switched off', async () => {
    const person = await installation.aPerson();
    const outcome = await race(positioning, person);
    expectNothingStoredWhileClosed(outcome, positioning);
    await expectStored('location.fixes', person, outcome);
  }, 240_000);
});
