import { newId } from '@abide/kernel';
import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { aSignedInOperator, createIdentityApp, type TestConsole } from '../testing/app.js';
import { aSignedInSubject } from '../testing/people.js';
import { OverviewFragments } from './overview-fragments.js';
import { TimelineFragments, type TimelineEntry, type TimelineRange } from './timeline-fragments.js';
import { newestFirst } from './timeline.rules.js';

const broken = () => Promise.reject(new Error('The tables of this module cannot be read'));

/** Entries of a module, asked for as a fragment asks its tables. */
function rangeOf(entries: readonly TimelineEntry[], { before, limit }: TimelineRange): readonly TimelineEntry[] {
  return entries
    .filter((entry) => before === null || newestFirst(before, entry) < 0)
    .toSorted(newestFirst)
    .slice(0, limit);
}

describe('the fragments of a page', () => {
  let test: TestApp;
  let administrator: TestConsole;
  let editor: TestConsole;
  beforeAll(async () => {
    test = await createIdentityApp();
    administrator = await aSignedInOperator(test, 'administrator');
    editor = await aSignedInOperator(test, 'policyEditor');
  });
  afterAll(() => test.close());

  describe('on the overview', () => {
    beforeAll(() => {
      const fragments = test.get(OverviewFragments);
      fragments.register({
        name: 'requests',
        permission: 'client.read',
        load: async () => ({ mine: [{ number: 7 }] }),
      });
      fragments.register({ name: 'incidents', permission: 'policy.read', load: broken });
      const throwing = () => {
        throw new Error('Not even a promise');
      };
      fragments.register({ name: 'holders', permission: 'client.read', load: throwing });
    });
    const overview = async (console: TestConsole) => (await console.get('operator/overview')).body;
    const names = (body: { fragments: { name: string }[] }) => body.fragments.map(({ name }) => name);

    it('are in one answer; one that fails is named and takes nothing else with it', async () => {
      const body = await overview(administrator);
      expect(names(body)).toEqual(['changes', 'requests']);
      expect(body.fragments[1]).toEqual({ name: 'requests', mine: [{ number: 7 }], others: [], standing: [] });
      expect(body.missing.toSorted()).toEqual(['holders', 'incidents']);
    });

    it('are left out without the permission, even where they would fail', async () => {
      const body = await overview(editor);
      expect(names(body)).toEqual(['changes']);
      expect(body.missing).toEqual(['incidents']);
    });

    it('are told to nobody who is not signed in', async () => {
      expect((await test.request({ method: 'GET', path: 'operator/overview' })).status).toBe(401);
    });

    it('have a name each', () => {
      expect(() =>
        test.get(OverviewFragments).register({ name: 'changes', permission: null, load: async () => ({}) }),
      ).toThrow('changes is registered already');
    });
  });

  describe('in a timeline', () => {
    const at = new Date('2100-01-01T00:00:00Z');
    const ids = Array.from({ length: 5 }, () => newId());
    const entry = (kind: string, index: number, facts = {}): TimelineEntry => ({
      id: `${kind}/${ids[index]}`,
      kind,
      at,
      facts,
    });
    const consents = [0, 1, 2, 3, 4].map((index) => entry('consented', index, { purpose: 'ticketing' }));
    const requests = [0, 1, 2, 3, 4].map((index): TimelineEntry => ({
      ...entry('asked', index),
      actor: { id: newId(), name: 'Fang Yuan' },
    }));
    let subjectId: string;
    let isBroken = false;
    beforeAll(async () => {
      ({ subjectId } = await aSignedInSubject(test));
      const fragments = test.get(TimelineFragments);
      fragments.register({
        name: 'consents',
        permission: 'subject.read',
        load: (_subject, range) => (isBroken ? broken() : Promise.resolve(rangeOf(consents, range))),
      });
      fragments.register({
        name: 'requests',
        permission: 'change.decide',
        load: async (_subject, range) => rangeOf(requests, range),
      });
    });
    afterEach(() => {
      isBroken = false;
    });
    const page = async (console: TestConsole, query = '') =>
      (await console.get(`operator/subjects/${subjectId}/timeline${query}`)).body;
    const pages = async (console: TestConsole, limit: number) => {
      const found = [await page(console, `?limit=${limit}`)];
      while (found.at(-1).nextCursor !== null && found.length < 20)
        found.push(await page(console, `?limit=${limit}&cursor=${found.at(-1).nextCursor}`));
      return found.map(({ items }) => items.map(({ id }: { id: string }) => id));
    };

    it('are merged by time and id, each entry once, however small the page and however equal the times', async () => {
      const all = [...consents, ...requests].toSorted(newestFirst).map(({ id }) => id);
      const whole = [...all, `registered/${subjectId}`];
      for (const limit of [1, 3, 5, 11, 100]) {
        const found = await pages(administrator, limit);
        expect(found.flat()).toEqual(whole);
        expect(found.every(({ length }) => length <= limit)).toBe(true);
      }
    });

    it('say what happened in facts, and which operator did it', async () => {
      const { items } = await page(administrator, '?limit=100');
      expect(items[0]).toEqual({
        id: expect.any(String),
        kind: 'consented',
        at: at.toISOString(),
        actor: null,
        facts: { purpose: 'ticketing' },
      });
      expect(items.find(({ kind }: { kind: string }) => kind === 'asked').actor).toEqual({
        id: expect.any(String),
        name: 'Fang Yuan',
      });
    });

    it('are left out without the permission', async () => {
      const agent = await aSignedInOperator(test, 'supportAgent');
      const { items, missing } = await page(agent, '?limit=100');
      expect(items.map(({ kind }: { kind: string }) => kind)).toEqual([...Array(5).fill('consented'), 'registered']);
      expect(missing).toEqual([]);
    });

    it('are named when they fail, beside what the others know', async () => {
      isBroken = true;
      const { items, missing } = await page(administrator, '?limit=100');
      expect(items).toHaveLength(6);
      expect(missing).toEqual(['consents']);
    });

    it('are refused whole without the permission to look, for nobody who is known, and with a cursor of another list', async () => {
      expect((await editor.get(`operator/subjects/${subjectId}/timeline`)).body.code).toBe('operator.forbidden');
      expect((await administrator.get(`operator/subjects/${newId()}/timeline`)).body.code).toBe('subject.not_found');
      for (const cursor of ['bogus', Buffer.from(`1|${newId()}`).toString('base64url')])
        expect(await page(administrator, `?cursor=${cursor}`)).toMatchObject({
          status: 400,
          code: 'request.bad_cursor',
        });
    });

    it('leave a look on record', async () => {
      await page(administrator);
      const looks = await test
        .get(Database)
        .query('SELECT 1 FROM identity.looks WHERE subject_id = $1 AND operator_id = $2 AND kind = $3', [
          subjectId,
          administrator.operatorId,
          'timeline',
        ]);
      expect(looks).toHaveLength(1);
    });
  });
});
