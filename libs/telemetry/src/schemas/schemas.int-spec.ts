import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aServiceToken, TestSubject } from '@abide/consent/testing';
import { aSignedInOperator } from '@abide/identity/testing';
import { newId } from '@abide/kernel';
import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { PolicyStaff } from '@abide/policy/testing';
import { Ajv } from 'ajv';
import { anEvent, createTelemetryApp, send, telemetryPolicy } from '../testing/app.js';
import { builtInFields } from './built-in-fields.js';

/** The JSON of the blocks of docs/events.md that are headed so, each with what else stands in its head. */
function documented(head: string): { about: string; json: any }[] {
  const text = readFileSync(join(import.meta.dirname, '../../../../docs/events.md'), 'utf8');
  const blocks = text.matchAll(new RegExp(`\`\`\`json ${head} ?(.*)\\n([^]*?)\\n\`\`\``, 'g'));
  return [...blocks].map(([, about = '', json = '']) => ({ about, json: JSON.parse(json) }));
}

/** What stands in it at the ends. */
function leavesOf(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [value];
}

describe('the schemas of events', () => {
  let test: TestApp;
  let revisionId: string;
  beforeAll(async () => {
    test = await createTelemetryApp({ ABIDE_ROLE: 'web' });
    revisionId = await (await PolicyStaff.open(test)).inForce(telemetryPolicy);
  });
  afterAll(() => test.close());

  const published = async (): Promise<any[]> =>
    (await test.request({ method: 'GET', path: 'telemetry/schemas' })).body.items;

  it('are open to everybody: each category that the product brings, once, with what is sensitive', async () => {
    const items = await published();
    expect(items.map(({ category }) => category)).toEqual(Object.keys(builtInFields).sort());
    expect(items.every(({ builtIn }) => builtIn)).toBe(true);
    expect(items.filter(({ sensitive }) => sensitive).map(({ category }) => category)).toEqual(['content.metadata']);
  });

  it('follow what an operator registers: fields of their own, and whole categories', async () => {
    const officer = await aSignedInOperator(test, 'administrator');
    const name = { 'zh-CN': '车牌', en: 'plate' };
    const eventFields = {
      attributes: { gate: { type: 'string', maxLength: 20 } },
      personal: { plate: { type: 'string', maxLength: 20 } },
    };
    expect(
      (await officer.post('operator/categories', { code: 'vehicle.plate', name, sensitive: false, eventFields }))
        .status,
    ).toBe(201);
    const plate = (await published()).find(({ category }) => category === 'vehicle.plate');
    expect(plate).toMatchObject({
      builtIn: false,
      schema: {
        properties: {
          attributes: { properties: { gate: { maxLength: 20 } } },
          personal: { properties: { plate: { maxLength: 20 } } },
        },
      },
    });
    const validate = new Ajv().compile(plate.schema);
    expect(
      validate(
        anEvent(newId(), { category: 'vehicle.plate', attributes: { gate: 'north' }, personal: { plate: 'A 118' } }),
      ),
    ).toBe(true);
    const service = await aServiceToken(test);
    const answers = await send(test, service, [
      anEvent(newId(), { category: 'vehicle.plate', attributes: { gate: 'north' } }),
      anEvent(newId(), { category: 'vehicle.plate', attributes: { plate: 'A 118' } }),
    ]);
    expect(answers.body.refused.map(({ code }: any) => code)).toEqual(['subject.unknown', 'event.malformed']);
  });

  it('never hold in plain what the product seals, nor list what tells a person', async () => {
    const administrator = await aSignedInOperator(test, 'administrator');
    const register = async (code: string, eventFields: object) =>
      (await administrator.request({ method: 'PATCH', path: `operator/categories/${code}`, body: { eventFields } }))
        .body;
    for (const [category, { personal = {} }] of Object.entries(builtInFields)) {
      for (const name of Object.keys(personal)) {
        const refused = await register(category, { attributes: { [name]: { type: 'string', maxLength: 100 } } });
        expect([category, refused.code, refused.errors]).toEqual([
          category,
          'request.invalid',
          [expect.objectContaining({ pointer: `/eventFields/attributes/${name}` })],
        ]);
      }
    }
    const addresses = { type: 'string', enum: ['none', 'alice.wang@example.com'] };
    for (const group of ['attributes', 'personal'])
      expect((await register('usage.habit', { [group]: { sender: addresses } })).errors).toEqual([
        expect.objectContaining({ pointer: `/eventFields/${group}/sender/enum` }),
      ]);
    expect(
      (await register('usage.habit', { attributes: { sender: { type: 'string', enum: ['none', 'colleague'] } } }))
        .eventFields.attributes.sender.enum,
    ).toEqual(['none', 'colleague']);
    expect((await register('usage.habit', {})).eventFields).toBeNull();
  });

  async function register(code: string, eventFields: object | null): Promise<void> {
    const administrator = await aSignedInOperator(test, 'administrator');
    const { status, body } = await administrator.request({
      method: 'PATCH',
      path: `operator/categories/${code}`,
      body: { eventFields },
    });
    expect([status, body.errors]).toEqual([200, undefined]);
  }

  it('say of an event what the door says of it', async () => {
    const service = await aServiceToken(test);
    const person = await TestSubject.register(test, [revisionId]);
    await person.grant('personalisation');
    const { schema } = (await published()).find(({ category }) => category === 'log.browsing');
    const validate = new Ajv().compile(schema);
    const right = anEvent(person.id, {
      attributes: { page: 'event.list' },
      personal: { url: 'https://tickets.example/1' },
    });
    const wrong = [
      anEvent(person.id, { attributes: { colour: 'red' } }),
      anEvent(person.id, { personal: { url: 7 } }),
      anEvent(person.id, { means: 'letter' }),
      anEvent(person.id, { more: 1 }),
    ];
    expect([right, ...wrong].map((event) => validate(event))).toEqual([true, false, false, false, false]);
    const { body } = await send(test, service, [right, ...wrong]);
    expect(body).toMatchObject({
      accepted: 1,
      refused: wrong.map((_event, index) => ({ index: index + 1, code: 'event.malformed' })),
    });
  });

  it('take fields by the names that other collectors give them, and instants as exact as theirs to the millisecond', async () => {
    await register('log.browsing', {
      attributes: { 'http.request.method': { type: 'string', maxLength: 20 } },
      personal: { $current_url: { type: 'string', maxLength: 2000 } },
    });
    const service = await aServiceToken(test);
    const person = await TestSubject.register(test, [revisionId]);
    await person.grant('personalisation');
    const now = new Date().toISOString();
    const held = {
      attributes: { 'http.request.method': 'GET', browser: 'Chrome', browserVersion: '142.0.7444.60' },
      personal: {
        $current_url: 'https://tickets.example/1',
        sessionId: '0192f0c1-2f6b-7cc1-a8f0-3c5de0a1b2c3',
        url: `https://tickets.example/?${'q'.repeat(7900)}`,
      },
    };
    const { body, text } = await send(test, service, [
      anEvent(person.id, { ...held, occurredAt: now.replace('Z', '456789Z') }),
      anEvent(person.id, { occurredAt: now.replace('Z', '4567891Z') }),
      anEvent(person.id, { occurredAt: String(Date.parse(now) * 1e6) }),
      anEvent(person.id, { occurredAt: new Date().toUTCString() }),
      anEvent(person.id, { attributes: { 'http.route': '/' } }),
      anEvent(person.id, { attributes: { constructor: 'x' } }),
      anEvent(person.id, { attributes: { 'http.request.method': '13800138000' } }),
    ]);
    expect(body.accepted).toBe(1);
    expect(body.refused.map(({ code, pointer }: any) => `${code} ${pointer}`)).toEqual([
      ...Array(3).fill('event.malformed /occurredAt'),
      'event.malformed /attributes/http.route',
      'event.malformed /attributes/constructor',
      'event.identifyingAttribute /attributes/http.request.method',
    ]);
    expect(text).not.toContain('138001');
    const inherited = anEvent(person.id, { attributes: JSON.parse('{"__proto__":{"page":"x"}}') });
    expect((await send(test, service, [inherited])).status).toBe(400);
    const [row] = await test
      .get(Database)
      .query<any>('SELECT attributes, personal, occurred_at FROM telemetry.events WHERE subject_id = $1', [person.id]);
    expect([row.attributes, row.occurred_at.toISOString()]).toEqual([held.attributes, now]);
    expect(String(row.personal)).not.toContain('tickets');
    await register('log.browsing', null);
  });

  it('take lists and values by name, one level deep, and say where an event has more', async () => {
    const list = { type: 'array', maxItems: 3, maxLength: 20 };
    const byName = { type: 'object', maxItems: 3, maxLength: 20 };
    await register('log.browsing', {
      attributes: { tags: list, $set: byName },
      personal: { 'url.history': { ...list, maxLength: 500 }, form: byName },
    });
    const service = await aServiceToken(test);
    const person = await TestSubject.register(test, [revisionId]);
    await person.grant('personalisation');
    const attributes = { tags: ['concert', 3, true], $set: { plan: 'yearly', 'seats.count': 2, isNew: false } };
    const personal = {
      'url.history': ['https://tickets.example/1', 'https://tickets.example/2'],
      form: { name: '林晓' },
    };
    const wrong: [Record<string, unknown>, string][] = [
      [{ tags: [['a']] }, 'malformed /attributes/tags/0'],
      [{ tags: [{ a: 1 }] }, 'malformed /attributes/tags/0'],
      [{ tags: ['a', null] }, 'malformed /attributes/tags/1'],
      [{ tags: ['a', 'b', 'c', 'd'] }, 'malformed /attributes/tags'],
      [{ tags: ['a', 'x'.repeat(21)] }, 'malformed /attributes/tags/1'],
      [{ tags: 'concert' }, 'malformed /attributes/tags'],
      [{ $set: { alice: { deep: 1 } } }, 'malformed /attributes/$set'],
      [{ $set: { alice: [1] } }, 'malformed /attributes/$set'],
      [{ $set: { alice: 'x'.repeat(21) } }, 'malformed /attributes/$set'],
      [{ $set: { a: 1, b: 2, c: 3, d: 4 } }, 'malformed /attributes/$set'],
      [{ $set: { constructor: 1 } }, 'malformed /attributes/$set'],
      [{ $set: { 'lin@example.com': 1 } }, 'malformed /attributes/$set'],
      [{ $set: ['a'] }, 'malformed /attributes/$set'],
      [{ tags: ['half \ud83d'] }, 'malformed /attributes/tags'],
      [{ $set: { alice: 'nul \0' } }, 'malformed /attributes/$set'],
      [{ tags: ['lin@example.com'] }, 'identifyingAttribute /attributes/tags'],
      [{ tags: ['138', '0013', '8000'] }, 'identifyingAttribute /attributes/tags'],
      [{ $set: { u13800138000: 1 } }, 'identifyingAttribute /attributes/$set'],
      [{ $set: { lng: 116.40739, lat: 39.90421 } }, 'identifyingAttribute /attributes/$set'],
    ];
    const right = anEvent(person.id, { attributes, personal });
    const { body, text } = await send(test, service, [
      right,
      ...wrong.map(([held]) => anEvent(person.id, { attributes: held })),
    ]);
    expect([body.accepted, body.refused.map(({ code, pointer }: any) => `${code} ${pointer}`)]).toEqual([
      1,
      wrong.map(([, expected]) => `event.${expected}`),
    ]);
    expect(text).not.toMatch(/alice|lin@|138/);
    const inForce = (await published()).find(({ category }) => category === 'log.browsing').schema;
    expect(new Ajv({ allowUnionTypes: true }).compile(inForce)(right)).toBe(true);
    const period = {
      from: new Date(Date.now() - 3_600_000).toISOString(),
      to: new Date(Date.now() + 1000).toISOString(),
    };
    const asked = { subjectId: person.id, purpose: 'personalisation', categories: ['log.browsing'], ...period };
    const read = await test.request({ method: 'POST', path: 'telemetry/query', token: service, body: asked });
    expect(read.body.items).toMatchObject([{ attributes, personal }]);
    const officer = await aSignedInOperator(test, 'privacyOfficer');
    const reveal = async (field: string) =>
      (
        await officer.post(`operator/subjects/${person.id}/telemetry/${right['eventId']}/reveal`, {
          field,
          reason: 'Request 4711',
        })
      ).body.values[field];
    expect([await reveal('url.history'), await reveal('form')]).toEqual([
      'https://tickets.example/1\nhttps://tickets.example/2',
      'name: 林晓',
    ]);
    await register('log.browsing', null);
  });

  it('take the events of other collectors as docs/events.md writes them', async () => {
    for (const { about, json } of documented('fields')) await register(about, json);
    const person = await TestSubject.register(test, [revisionId]);
    await person.grant('personalisation');
    const [theirs, ours] = [documented('theirs'), documented('ours').map(({ json }) => json as any[])];
    expect([theirs.length, ours.length]).toEqual([4, 4]);
    ours.forEach((events, index) => {
      const text = JSON.stringify(theirs[index]?.json);
      for (const { attributes = {}, personal = {} } of events)
        for (const value of leavesOf({ attributes, personal }))
          expect([text, text.includes(JSON.stringify(value).replaceAll(/^"|"$/g, ''))]).toEqual([text, true]);
    });
    /** Soon, and as exactly as it is written. */
    const soon = new Date(Date.now() + 2000).toISOString().slice(0, 19);
    const sent = ours.flat().map((event) => ({
      ...event,
      subjectId: person.id,
      occurredAt: event.occurredAt.replace(/^[^.]+/, soon),
    }));
    expect((await send(test, await aServiceToken(test), sent)).body).toMatchObject({
      accepted: sent.length,
      refused: [],
    });
    const rows = await test
      .get(Database)
      .query<any>('SELECT event_id, attributes FROM telemetry.events WHERE subject_id = $1', [person.id]);
    expect(new Map(rows.map(({ event_id: id, attributes }) => [id, attributes]))).toEqual(
      new Map(sent.map(({ eventId, attributes = {} }) => [eventId, attributes])),
    );
    for (const { about } of documented('fields')) await register(about, null);
  });

  it('leave sealed what an operator had put in plain before, and keep out the addresses of a list', async () => {
    const plain = {
      attributes: {
        query: { type: 'string', maxLength: 500 },
        sender: { type: 'string', enum: ['alice.wang@example.com'] },
      },
    };
    const put = (fields: object | null) =>
      test
        .get(Database)
        .execute("UPDATE policy.categories SET event_fields = $1, updated_at = now() WHERE code = 'log.search'", [
          fields && JSON.stringify(fields),
        ]);
    await put(plain);
    await test.get(Database).execute('UPDATE policy.registry_state SET version = version + 1 WHERE id = 1');
    const { attributes, personal } = (await published()).find(({ category }) => category === 'log.search').schema
      .properties;
    expect([Object.keys(attributes.properties).includes('query'), Object.keys(personal.properties)]).toEqual([
      false,
      ['query'],
    ]);
    const service = await aServiceToken(test);
    const searches = [{ query: 'hospital' }, { sender: 'alice.wang@example.com' }].map((held) =>
      anEvent(newId(), { category: 'log.search', attributes: held }),
    );
    expect((await send(test, service, searches)).body.refused.map(({ code }: any) => code)).toEqual([
      'event.malformed',
      'event.identifyingAttribute',
    ]);
    await put(null);
    await test.get(Database).execute('UPDATE policy.registry_state SET version = version + 1 WHERE id = 1');
  });
});
