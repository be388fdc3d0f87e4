import {
  aSignedInOperator,
  aSignedInSubject,
  subjectPassword,
  type TestClientApp,
  type TestConsole,
} from '@abide/identity/testing';
import { Database } from '@abide/platform';
import { killedAt, type End, type TestApp } from '@abide/platform/testing';
import { aPolicy, PolicyStaff } from '@abide/policy/testing';
import { aProvenRequest, createRightsApp } from '../testing/app.js';
import { Fulfilment } from './fulfilment.service.js';

/** `ABIDE_DRILL=1` ends the process at every statement; otherwise at every commit, before it and after. */
const counts = process.env['ABIDE_DRILL'] ? 'statements' : 'commits';

describe('carrying out, in a process that is killed', () => {
  let test: TestApp;
  let officer: TestConsole;
  let accepted: { acceptedRevisionIds: string[] };

  beforeAll(async () => {
    test = await createRightsApp();
    accepted = { acceptedRevisionIds: [await (await PolicyStaff.open(test)).inForce(aPolicy())] };
    officer = await aSignedInOperator(test, 'privacyOfficer');
  });
  afterAll(() => test.close());

  const carryOut = (id: string) => test.get(Fulfilment).run(id);

  /** Of a new person, granted, and nothing done yet. */
  async function granted(body: Record<string, unknown>): Promise<{ person: TestClientApp; id: string }> {
    const person = await aSignedInSubject(test, { ...accepted, profile: { name: '林小禾' } });
    const { id } = await aProvenRequest(test, person, body);
    await officer.post(`operator/requests/${id}/decision`, { outcome: 'grant' });
    return { person, id };
  }

  /** All that came of it, without what is never twice the same. */
  async function outcomeOf({ person, id }: Awaited<ReturnType<typeof granted>>): Promise<unknown> {
    const { body } = await person.send('GET', `me/requests/${id}`);
    const rowsOf = async (sql: string, of = person.subjectId) =>
      Object.values((await test.get(Database).query(sql, [of]))[0] ?? {});
    return {
      state: body.state,
      outcome: body.outcome,
      holders: body.holders.map(({ acknowledgedAt: _, ...facts }: Record<string, unknown>) => facts),
      formats: body.package?.formats ?? null,
      timeline: body.timeline.map(({ act, by }: Record<string, unknown>) => [act, by]),
      profile: (await person.send('GET', 'me')).body.profile,
      told: (await person.send('GET', 'me/notices')).body.items.map(({ title }: { title: string }) => title),
      restrictions: await rowsOf('SELECT count(*)::int FROM identity.restrictions WHERE subject_id = $1'),
      acts: await rowsOf('SELECT array_agg(act ORDER BY act) FROM audit.entries WHERE object_id = $1', id),
      keptFiles: await rowsOf(
        `SELECT count(*)::int FROM vault.sealed_files WHERE subject_id = $1 AND expires_at > now() + interval '2 days'`,
      ),
    };
  }

  /** What is left of a person in the schemas, by the catalogue: how many rows of each table name them. */
  async function leftOf(subjectId: string): Promise<Record<string, number>> {
    const columns = await test.get(Database).query<{ name: string; column: string }>(
      `SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name, column_name AS column FROM information_schema.columns
       WHERE table_schema NOT IN ('pg_catalog', 'information_schema', 'pgboss', 'audit') AND data_type = 'uuid' ORDER BY 1, 2`,
    );
    const left: Record<string, number> = {};
    for (const { name, column } of columns) {
      const [row] = await test
        .get(Database)
        .query<{ n: number }>(`SELECT count(*)::int AS n FROM ${name} WHERE ${column} = $1`, [subjectId]);
      if (row && row.n > 0) left[`${name}.${column}`] = row.n;
    }
    return left;
  }

  it('closes an account once and whole, wherever that was', async () => {
    const waitedOut = async () => {
      const secondProof = { password: subjectPassword };
      const one = await granted({ type: 'accountClosure', secondProof });
      await one.person.send('POST', `me/requests/${one.id}/waiver`);
      return one;
    };
    const endOf = async ({ person, id }: Awaited<ReturnType<typeof granted>>) => {
      const { text } = await officer.get(`operator/requests/${id}`);
      const body = JSON.parse(text.replaceAll(/T\d\d:\d\d:\d\d\.\d{3}Z/g, ''));
      return {
        state: body.state,
        holders: body.holders.map(({ acknowledgedAt: _, ...facts }: Record<string, unknown>) => facts),
        timeline: body.timeline.map(({ act }: { act: string }) => act),
        left: await leftOf(person.subjectId),
      };
    };
    const undisturbed = await waitedOut();
    await carryOut(undisturbed.id);
    const expected = await endOf(undisturbed);
    expect(expected.state).toBe('closed');
    expect(Object.keys(expected.left)).toEqual([
      // That something changed, for an hour or two; then evidence; last the tombstone of the ordinary key beside the retained one.
      'identity.changed_subjects.subject_id',
      'identity.sign_ins.subject_id',
      'policy.acceptances.subject_id',
      ...['decisions', 'events', 'holders'].map((part) => `rights.request_${part}.subject_id`),
      'rights.requests.subject_id',
      'vault.subject_keys.subject_id',
    ]);
    const ends: End[] = [];
    const killAt = async (end: End): Promise<boolean> => {
      const one = await waitedOut();
      const { isKilled } = await killedAt(end, () => carryOut(one.id));
      await carryOut(one.id);
      expect([end, await endOf(one)]).toEqual([end, expected]);
      if (isKilled) ends.push(end);
      return isKilled;
    };
    for (let at = 1; await killAt({ counts, at, isDone: false }); at += 1) await killAt({ counts, at, isDone: true });
    expect(ends.length).toBeGreaterThan(8);
  }, 600_000);

  it.each([
    { type: 'access' },
    { type: 'correction', corrections: [{ category: 'registration.name', value: '林小荷' }] },
    { type: 'restriction' },
  ])(
    'comes to the same end wherever that was: $type',
    async (body) => {
      const undisturbed = await granted(body);
      await carryOut(undisturbed.id);
      const expected = await outcomeOf(undisturbed);
      expect(expected).toMatchObject({ state: 'closed' });
      const ends: End[] = [];
      const killAt = async (end: End): Promise<boolean> => {
        const one = await granted(body);
        const { isKilled } = await killedAt(end, () => carryOut(one.id));
        await carryOut(one.id);
        expect([end, await outcomeOf(one)]).toEqual([end, expected]);
        if (isKilled) ends.push(end);
        return isKilled;
      };
      for (let at = 1; await killAt({ counts, at, isDone: false }); at += 1) await killAt({ counts, at, isDone: true });
      expect(ends.length).toBeGreaterThan(8);
    },
    600_000,
  );
});
