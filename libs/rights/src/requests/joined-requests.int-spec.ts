import {
  aSignedInOperator,
  aSignedInSubject,
  codeTo,
  messagesTo,
  type TestClientApp,
  type TestConsole,
} from '@abide/identity/testing';
import { Database } from '@abide/platform';
import { eventually, type TestApp } from '@abide/platform/testing';
import { aPolicy, PolicyStaff } from '@abide/policy/testing';
import { aProvenRequest, createRightsApp } from '../testing/app.js';
import { anUpload } from '../testing/uploads.js';

describe('a request beside others of the same person', () => {
  let test: TestApp;
  let agent: TestConsole;
  let person: TestClientApp;
  let accepted: { acceptedRevisionIds: string[] };

  beforeAll(async () => {
    test = await createRightsApp();
    accepted = { acceptedRevisionIds: [await (await PolicyStaff.open(test)).inForce(aPolicy())] };
    agent = await aSignedInOperator(test, 'supportAgent');
  });
  beforeEach(async () => {
    person = await aSignedInSubject(test, accepted);
  });
  afterAll(() => test.close());

  const get = async (id: string) => (await person.send('GET', `me/requests/${id}`)).body;

  it('is joined to one of its kind that is under way, but proven all the same', async () => {
    const first = await aProvenRequest(test, person);
    const second = await person.send('POST', 'me/requests', { type: 'access', text: '再问一次' });
    expect(second.body.state).toBe('awaitingIdentity');
    const code = await codeTo(test, person.identifier.value);
    const joined = await person.send('POST', `me/requests/${second.body.id}/verification`, { code });
    expect(joined.body.id).toBe(first.id);
    expect(joined.body.timeline.at(-1)).toMatchObject({ act: 'joined', by: 'subject', text: '再问一次' });
    const { id, number } = first;
    const seen = (await agent.get(`operator/requests/${second.body.id}`)).body;
    expect(seen).toMatchObject({ state: 'cancelled', joinedTo: { id, number } });
  });

  it('brings its files along, and is not joined to one that is decided meanwhile', async () => {
    const first = await aProvenRequest(test, person);
    const file = await anUpload(test, { authorization: `Bearer ${person.accessToken}` });
    const body = { type: 'access', text: '见附件', attachmentIds: [file] };
    await aProvenRequest(test, person, body);
    const { attachments } = (await agent.get(`operator/requests/${first.id}`)).body;
    expect(attachments.map(({ id }: { id: string }) => id)).toEqual([file]);
    const { body: third } = await person.send('POST', 'me/requests', { type: 'access' });
    const code = await codeTo(test, person.identifier.value);
    const db = test.get(Database);
    const proven = db.transaction(async () => {
      await db.query('SELECT 1 FROM rights.requests WHERE id = $1 FOR NO KEY UPDATE', [first.id]);
      const later = db.background(() => person.send('POST', `me/requests/${third.id}/verification`, { code }));
      await eventually(async () => (await waitingForLocks(db)) > 0);
      await db.execute("UPDATE rights.requests SET state = 'fulfilling' WHERE id = $1", [first.id]);
      return { later };
    });
    expect((await (await proven).later).body).toMatchObject({ id: third.id, state: 'open' });
  });

  it('is joined to the other of two that are proven at the same instant', async () => {
    const made = [];
    for (const text of ['第一次', '第二次'])
      made.push((await person.send('POST', 'me/requests', { type: 'access', text })).body.id);
    const codes = (await messagesTo(test, person.identifier.value)).slice(0, 2).reverse();
    await Promise.all(
      made.map((id, at) =>
        person.send('POST', `me/requests/${id}/verification`, { code: /\d{6}/.exec(codes[at] ?? '')?.[0] }),
      ),
    );
    const states = (await person.send('GET', 'me/requests')).body.items.map(({ state }: { state: string }) => state);
    expect(states.sort()).toEqual(['cancelled', 'open']);
  });

  it('that says in words or by name what is asked stands beside an earlier one', async () => {
    const asked = [
      { type: 'transfer', target: '甲公司' },
      { type: 'transfer', target: '乙公司' },
      { type: 'explanation', text: '为何推荐这场演出？' },
      { type: 'explanation', text: '为何拒绝了我的订单？' },
    ];
    for (const one of asked)
      expect((await person.send('POST', 'me/requests', one)).body).toMatchObject({ state: 'open' });
    const [, { body: restricted }] = [
      await person.send('POST', 'me/requests', { type: 'restriction' }),
      await person.send('POST', 'me/requests', { type: 'restriction' }),
    ];
    expect(restricted.state).toBe('cancelled');
  });

  it('may be one of twenty, those of which a code was never given aside', async () => {
    const ask = (type: string) => person.send('POST', 'me/requests', { type, text: '请说明。' });
    const unproven = (await ask('deletion')).body;
    for (let count = 0; count < 19; count += 1) expect((await ask('complaint')).status).toBe(201);
    expect((await ask('access')).body.code).toBe('request.too_many');
    expect((await ask('complaint')).status).toBe(201);
    expect((await ask('complaint')).body.code).toBe('request.too_many');
    expect((await get(unproven.id)).state).toBe('awaitingIdentity');
  });
});

async function waitingForLocks(db: Database): Promise<number> {
  return (await db.background(() => db.query('SELECT 1 FROM pg_locks WHERE NOT granted'))).length;
}
