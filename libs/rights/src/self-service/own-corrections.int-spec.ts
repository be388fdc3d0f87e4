import { aSignedInOperator, aSignedInSubject, type TestClientApp, type TestConsole } from '@abide/identity/testing';
import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { aClause, aPolicy, PolicyStaff } from '@abide/policy/testing';
import { Fulfilment } from '../fulfilment/fulfilment.service.js';
import { aProvenRequest, createRightsApp } from '../testing/app.js';
import { SelfService } from './self-service.js';

const rights = aClause({
  id: 'your.rights',
  terms: [{ type: 'right', rights: ['correction'], verification: 'stepUp' }],
});

describe('what somebody would have corrected', () => {
  let test: TestApp;
  let officer: TestConsole;
  let auditor: TestConsole;
  let accepted: { acceptedRevisionIds: string[] };
  beforeAll(async () => {
    test = await createRightsApp();
    accepted = { acceptedRevisionIds: [await (await PolicyStaff.open(test)).inForce(aPolicy({ clauses: [rights] }))] };
    officer = await aSignedInOperator(test, 'privacyOfficer');
    auditor = await aSignedInOperator(test, 'auditor');
  });
  beforeEach(() => test.get(Database).execute('UPDATE rights.settings SET corrects_itself = true'));
  afterAll(() => test.close());

  const aPerson = (): Promise<TestClientApp> =>
    aSignedInSubject(test, { ...accepted, profile: { name: '林小禾', idNumber: '999999190001010011' } });
  const named = { type: 'correction', corrections: [{ category: 'registration.name', value: '林晓禾' }] };
  async function ask(person: TestClientApp, body: object = named): Promise<string> {
    const { id } = await aProvenRequest(test, person, { ...body });
    await test.get(SelfService).run(id);
    return id;
  }
  const requestOf = async (person: TestClientApp, id: string) => (await person.send('GET', `me/requests/${id}`)).body;

  it('is corrected without an operator once the code was given, where a clause lets it', async () => {
    const person = await aPerson();
    const id = await ask(person);
    await test.get(Fulfilment).run(id);
    expect(await requestOf(person, id)).toMatchObject({ state: 'closed', outcome: 'granted' });
    expect((await person.send('GET', 'me')).body.profile.name).toBe('林晓禾');
  });

  it.each([
    ['nobody switched it on', named, 'UPDATE rights.settings SET corrects_itself = false, prepares_itself = true'],
    ['something was written beside it', { ...named, text: '我结婚后改了名' }, ''],
    ['it is sensitive', { type: 'correction', corrections: [{ category: 'registration.idNumber', value: '1' }] }, ''],
    [
      'it is no field of one’s own',
      { type: 'correction', corrections: [{ category: 'registration.birthDate', value: '1985-07-14' }] },
      '',
    ],
  ])('waits for a person where %s', async (_why, body, settings) => {
    if (settings) await test.get(Database).execute(settings);
    const person = await aPerson();
    expect((await requestOf(person, await ask(person, body))).state).toBe('open');
    expect((await person.send('GET', 'me')).body.profile.name).toBe('林小禾');
  });

  it('is shown old beside new, masked as everywhere but for whoever decides', async () => {
    const person = await aPerson();
    await test.get(Database).execute('UPDATE rights.settings SET corrects_itself = false');
    const id = await ask(person);
    const shownTo = async (who: TestConsole) => (await who.get(`operator/requests/${id}`)).body.corrections;
    const masked = (await officer.get(`operator/subjects/${person.subjectId}`)).body.profile.name;
    expect(masked).not.toBe('林小禾');
    expect(await shownTo(officer)).toEqual([{ category: 'registration.name', held: masked, value: '林晓禾' }]);
    const [seen] = await shownTo(auditor);
    expect(seen.held).toBe(masked);
    expect(seen.value).not.toBe('林晓禾');
    expect((await requestOf(person, id)).corrections).toEqual([{ category: 'registration.name', value: '林晓禾' }]);
  });

  it('keeps nothing of what it said before', async () => {
    const person = await aPerson();
    const id = await ask(person);
    await test.get(Fulfilment).run(id);
    expect(JSON.stringify(await requestOf(person, id))).not.toContain('林小禾');
    expect((await officer.get(`operator/requests/${id}`)).body.corrections).toEqual([
      expect.objectContaining({ value: '林晓禾' }),
    ]);
  });
});
