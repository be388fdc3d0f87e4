import { aServiceToken, TestSubject } from '@abide/consent/testing';
import { newId } from '@abide/kernel';
import { Database } from '@abide/platform';
import { createTestApp, type TestAnswer, type TestApp } from '@abide/platform/testing';
import { aClause, aPolicy, PolicyStaff } from '@abide/policy/testing';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { appModules, persistence } from './modules.js';
import { createOpenApi } from './openapi.js';
import { nearly } from './testing/json-mutations.js';

const runs = 2000;

const policy = aPolicy({
  clauses: [
    aClause({
      id: 'collect',
      terms: [
        {
          type: 'collection',
          categories: ['log.device', 'feedback.opinion'],
          purposes: ['security.protection'],
          basis: 'legalObligation',
        },
      ],
    }),
    aClause({
      id: 'collect.places',
      terms: [
        {
          type: 'collection',
          categories: ['location.gps', 'location.wifi'],
          purposes: ['security.fraud'],
          basis: 'legalObligation',
          services: ['ticketing'],
        },
      ],
    }),
    aClause({
      id: 'keep',
      terms: [
        {
          type: 'retention',
          categories: ['log.device', 'feedback.opinion', 'location.gps', 'location.wifi'],
          period: 'P6M',
          then: 'delete',
        },
      ],
    }),
  ],
});

/** A way in for batches. */
interface Door {
  readonly path: string;
  readonly table: string;
  /** The name of the items in a batch. */
  readonly items: string;
  /** A batch that is accepted whole. */
  readonly valid: (subjectId: string) => Record<string, any>;
}

const events: Door = {
  path: 'telemetry/batches',
  table: 'telemetry.events',
  items: 'events',
  valid: (subjectId) => ({
    batchId: newId(),
    events: [
      {
        eventId: newId(),
        subjectId,
        category: 'log.device',
        occurredAt: new Date().toISOString(),
        service: 'ticketing',
        means: 'app',
        purposes: ['security.protection'],
        attributes: { model: 'One' },
        personal: { deviceName: '林晓的手机' },
      },
      {
        eventId: newId(),
        subjectId,
        category: 'feedback.opinion',
        occurredAt: new Date().toISOString(),
        service: 'ticketing',
        sensitive: true,
        attributes: { topic: 'seats', rating: 4 },
        personal: { text: '座位图看不清' },
      },
    ],
  }),
};

const fixes: Door = {
  path: 'location/batches',
  table: 'location.fixes',
  items: 'fixes',
  valid: (subjectId) => ({
    batchId: newId(),
    fixes: [
      {
        fixId: newId(),
        subjectId,
        occurredAt: new Date().toISOString(),
        latitude: 30.248913,
        longitude: 120.205237,
        accuracyMetres: 12,
        source: 'gps',
        service: 'ticketing',
      },
      {
        fixId: newId(),
        subjectId,
        occurredAt: new Date().toISOString(),
        latitude: 30.248913,
        longitude: 120.205237,
        accuracyMetres: 80,
        source: 'wifi',
        service: 'ticketing',
      },
    ],
  }),
};

describe.each([events, fixes])('the way in for batches at $path under fuzzing', (door) => {
  let test: TestApp;
  let person: TestSubject;
  let tokens: readonly string[];
  let isAnswer: ValidateFunction;
  let expectedRows = 0;

  beforeAll(async () => {
    test = await createTestApp(appModules, persistence, {
      ABIDE_ROLE: 'web',
      ABIDE_BOOTSTRAP_CLIENT: 'ticketing:a secret of the ticketing service',
    });
    person = await TestSubject.register(test, [await (await PolicyStaff.open(test)).inForce(policy)]);
    await person.app.send('PUT', 'me/positioning', { on: true });
    tokens = [await aServiceToken(test), person.token];
    isAnswer = answerSchema();
  });
  afterAll(() => test.close());

  /** What the published document says of an answer with 200. */
  function answerSchema(): ValidateFunction {
    const document = JSON.parse(
      JSON.stringify(createOpenApi(test.app)).replaceAll('#/components', 'document#/components'),
    );
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: 'document', components: document.components });
    return ajv.compile(document.paths[`/api/v1/${door.path}`].post.responses['200'].content['application/json'].schema);
  }

  function send(text: string | Buffer, token: string): Promise<TestAnswer> {
    return test.request({
      method: 'POST',
      path: door.path,
      token,
      body: text,
      headers: { 'content-type': 'application/json' },
    });
  }

  function expectSound({ status, headers, body, text: answered }: TestAnswer, sent: string): void {
    expect(status < 500 ? 'no failure' : answered).toBe('no failure');
    if (status !== 200) {
      expect(String(headers['content-type'])).toContain('application/problem+json');
      expect(body.code).toMatch(/^(request\.(?!unstorable)\w+|batch\.reused)$/);
      return;
    }
    expect(isAnswer(body) ? [] : isAnswer.errors).toEqual([]);
    if (body.duplicate) return;
    const items = JSON.parse(sent)[door.items] as unknown[];
    expect(body.accepted + body.refused.length).toBe(items.length);
    const places = body.refused.map(({ index }: { index: number }) => index);
    expect(places).toEqual(
      [...new Set<number>(places)]
        .filter((place) => place >= 0 && place < items.length)
        .toSorted((one, other) => one - other),
    );
    for (const { code } of body.refused) expect(code).toMatch(/^[a-z]+\.\w+$/);
    expectedRows += body.accepted - body.alreadyStored;
  }

  async function expectStored(): Promise<void> {
    const [row] = await test.get(Database).query<{ n: number }>(`SELECT count(*)::int AS n FROM ${door.table}`);
    expect(row?.n).toBe(expectedRows);
  }

  const expectAllSound = (text: fc.Arbitrary<string>, numRuns: number) =>
    fc.assert(
      fc.asyncProperty(text, fc.constantFrom(...tokens), async (sent, token) =>
        expectSound(await send(sent, token), sent),
      ),
      { numRuns },
    );

  it('takes a batch that is right', async () => {
    for (const token of tokens) {
      const sent = JSON.stringify(door.valid(person.id));
      const answer = await send(sent, token);
      expect(answer.body).toMatchObject({ accepted: door.valid(person.id)[door.items].length, refused: [] });
      expectSound(answer, sent);
    }
  });

  it('never fails on a batch that is right but for a few places, says of each item what became of it, and stores what it says', async () => {
    await expectAllSound(
      nearly(() => door.valid(person.id)),
      runs,
    );
    await expectStored();
  }, 120_000);

  it('never fails on JSON of any form', async () => {
    await expectAllSound(fc.json({ maxDepth: 6 }), runs / 10);
    const item = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.dictionary(
        fc.constantFrom(
          'eventId',
          'fixId',
          'subjectId',
          'category',
          'occurredAt',
          'service',
          '__proto__',
          'attributes',
        ),
        fc.jsonValue({ maxDepth: 2 }),
      ),
    );
    await expectAllSound(
      fc
        .array(item, { minLength: 1, maxLength: 20 })
        .map((items) => JSON.stringify({ batchId: newId(), [door.items]: items })),
      runs / 10,
    );
    await expectStored();
  }, 120_000);

  it('never fails on what is no JSON at all', async () => {
    const valid = JSON.stringify(door.valid(person.id));
    for (const body of [
      '',
      ' ',
      '{',
      '\uFEFF',
      `\uFEFF${valid}`,
      `${valid}${valid}`,
      valid.replaceAll('"', "'"),
      Buffer.from([0xff, 0xfe, 0, 1]),
      Buffer.from(valid.replace('app', '\xff\xfe'), 'latin1'),
      'null',
      '"text"',
      '[]'.repeat(3),
    ]) {
      const { status, text } = await send(body, tokens[0] ?? '');
      expect(status < 500 ? 'no failure' : text).toBe('no failure');
    }
  });

  it('still takes a batch that is right, after all that', async () => {
    const answer = await send(JSON.stringify(door.valid(person.id)), tokens[0] ?? '');
    expect(answer.body).toMatchObject({ duplicate: false, alreadyStored: 0, refused: [] });
  });
});
