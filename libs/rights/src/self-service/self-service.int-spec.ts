import {
  aSignedInOperator,
  aSignedInSubject,
  resetClock,
  type TestClientApp,
  type TestConsole,
} from '@abide/identity/testing';
import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { aPolicy, PolicyStaff } from '@abide/policy/testing';
import { Fulfilment } from '../fulfilment/fulfilment.service.js';
import { aProvenRequest, createRightsApp } from '../testing/app.js';
import { SelfService } from './self-service.js';

describe('what is asked to be seen', () => {
  let test: TestApp;
  let administrator: TestConsole;
  let officer: TestConsole;
  let accepted: { acceptedRevisionIds: string[] };

  beforeAll(async () => {
    test = await createRightsApp();
    accepted = { acceptedRevisionIds: [await (await PolicyStaff.open(test)).inForce(aPolicy())] };
    administrator = await aSignedInOperator(test, 'administrator');
    officer = await aSignedInOperator(test, 'privacyOfficer');
  });
  beforeEach(() => test.get(Database).execute('UPDATE rights.settings SET prepares_itself = true'));
  afterEach(() => resetClock(test));
  afterAll(() => test.close());

  const aPerson = (profile: Record<string, unknown> = {}): Promise<TestClientApp> =>
    aSignedInSubject(test, { ...accepted, profile: { name: '林小禾', ...profile } });
  /** Asks, and lets the job look at it. */
  async function ask(person: TestClientApp, body: Record<string, unknown> = names): Promise<string> {
    const { id } = await aProvenRequest(test, person, body);
    await test.get(SelfService).run(id);
    return id;
  }
  const names = { type: 'access', categories: ['registration.name', 'registration.email'] };
  const stateOf = async (person: TestClientApp, id: string) =>
    (await person.send('GET', `me/requests/${id}`)).body as {
      state: string;
      outcome: string | null;
      timeline: { act: string; by: string }[];
    };

  it('is prepared without an operator once the code was given, and says so', async () => {
    const person = await aPerson();
    const id = await ask(person);
    expect((await stateOf(person, id)).state).toBe('fulfilling');
    await test.get(Fulfilment).run(id);
    const { state, outcome, timeline } = await stateOf(person, id);
    expect([state, outcome]).toEqual(['closed', 'granted']);
    expect(timeline.find(({ act }) => act === 'decided')?.by).toBe('system');
    expect(
      await test
        .get(Database)
        .query(
          "SELECT details->>'byItself' AS itself FROM audit.entries WHERE act = 'request.decided' AND object_id = $1",
          [id],
        ),
    ).toEqual([{ itself: 'true' }]);
  });

  it.each([
    ['nobody has switched it on', { settings: 'prepares_itself = false' }, {}, names],
    ['something else is asked for', {}, {}, { type: 'deletion', categories: ['registration.name'] }],
    ['something sensitive is among it', {}, { idNumber: '999999190001010011' }, { type: 'access' }],
  ])('waits for a person where %s', async (_why, { settings }: { settings?: string }, profile, body) => {
    if (settings) await test.get(Database).execute(`UPDATE rights.settings SET ${settings}`);
    const person = await aPerson(profile);
    expect((await stateOf(person, await ask(person, body))).state).toBe('open');
  });

  it('waits for a person where somebody is under age', async () => {
    const person = await aPerson();
    const { id } = await aProvenRequest(test, person, names);
    await test
      .get(Database)
      .execute("UPDATE identity.subjects SET minor_status = 'under18' WHERE subject_id = $1", [person.subjectId]);
    await test.get(SelfService).run(id);
    expect((await stateOf(person, id)).state).toBe('open');
  });

  it('waits for a person who has taken it up', async () => {
    const person = await aPerson();
    const { id } = await aProvenRequest(test, person, names);
    await officer.post(`operator/requests/${id}/assignment`, { operatorId: officer.operatorId });
    await test.get(SelfService).run(id);
    expect((await stateOf(person, id)).state).toBe('open');
  });

  it('is decided once, however often and at once it is looked at', async () => {
    const person = await aPerson();
    const { id } = await aProvenRequest(test, person, names);
    await Promise.all([0, 1, 2].map(() => test.get(SelfService).run(id)));
    expect((await stateOf(person, id)).timeline.filter(({ act }) => act === 'decided')).toHaveLength(1);
  });

  describe('in the settings', () => {
    beforeEach(() =>
      test.get(Database).execute('UPDATE rights.settings SET prepares_itself = false, waiting_days = 3'),
    );
    const change = (by: TestConsole, body: object) =>
      by.request({ method: 'PATCH', path: 'operator/request-settings', body });
    const current = async () => (await administrator.get('operator/request-settings')).body;

    it('is switched on by two, and off by one', async () => {
      const proposed = await change(administrator, { preparesItself: true });
      expect([proposed.status, proposed.body.change.opens.length]).toEqual([202, 1]);
      expect(await current()).toEqual({ preparesItself: false, correctsItself: false, waitingDays: 3 });
      const { items } = (await officer.get('operator/changes?state=waiting')).body;
      expect(items).toMatchObject([{ id: proposed.body.change.id, mayConfirm: true }]);
      const confirmed = await officer.post(`operator/changes/${proposed.body.change.id}/confirmation`, {});
      expect(confirmed.status).toBe(200);
      expect(await current()).toEqual({ preparesItself: true, correctsItself: false, waitingDays: 3 });
      expect((await change(administrator, { preparesItself: false })).body).toEqual({
        preparesItself: false,
        correctsItself: false,
        waitingDays: 3,
      });
    });

    it('lets what is granted wait longer by one, and shorter by two', async () => {
      expect((await change(administrator, { waitingDays: 30 })).status).toBe(200);
      expect((await change(administrator, { waitingDays: 29 })).status).toBe(202);
      expect((await change(administrator, { waitingDays: 31 })).status).toBe(400);
      const person = await aPerson();
      const { id } = await aProvenRequest(test, person, { type: 'deletion', categories: ['registration.email'] });
      await officer.post(`operator/requests/${id}/decision`, { outcome: 'grant' });
      const { waitingUntil } = (await person.send('GET', `me/requests/${id}`)).body;
      expect(Math.round((Date.parse(waitingUntil) - Date.now()) / 86_400_000)).toBe(30);
    });

    it('is read by whoever reads requests, and changed by an administrator alone', async () => {
      for (const role of ['supportAgent', 'privacyOfficer', 'auditor'] as const) {
        const reader = await aSignedInOperator(test, role);
        expect((await reader.get('operator/request-settings')).body).toEqual(await current());
        expect((await change(reader, { preparesItself: true })).body.code).toBe('operator.forbidden');
      }
      const editor = await aSignedInOperator(test, 'policyEditor');
      expect((await editor.get('operator/request-settings')).body.code).toBe('operator.forbidden');
    });
  });
});
