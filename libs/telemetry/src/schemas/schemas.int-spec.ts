import { aServiceToken, TestSubject } from '@abide/consent/testing';
import { aSignedInOperator } from '@abide/identity/testing';
import { newId } from '@abide/kernel';
import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { PolicyStaff } from '@abide/policy/testing';
import { Ajv } from 'ajv';
import { anEvent, createTelemetryApp, send, telemetryPolicy } from '../testing/app.js';
import { builtInFields } from './built-in-fields.js';

describe('the schemas of events', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTelemetryApp({ ABIDE_ROLE: 'web' });
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
    expect(answers.body.refused.map(({ code }: any) => code)).toEqual(['event.unknownService', 'event.malformed']);
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

  it('say of an event what the door says of it', async () => {
    const revisionId = await (await PolicyStaff.open(test)).inForce(telemetryPolicy);
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
