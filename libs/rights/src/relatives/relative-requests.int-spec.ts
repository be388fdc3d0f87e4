import {
  anEmail,
  aSignedInOperator,
  aSignedInSubject,
  codeTo,
  messagesTo,
  type TestClientApp,
  type TestConsole,
} from '@abide/identity/testing';
import { Attachments } from '@abide/attachments';
import { Gate } from '@abide/consent';
import { Deaths } from '@abide/identity';
import { newId } from '@abide/kernel';
import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { aPolicy, PolicyStaff } from '@abide/policy/testing';
import { Fulfilment } from '../fulfilment/fulfilment.service.js';
import { RequestRecords } from '../requests/request-records.js';
import { RequestTelling } from '../requests/request-telling.js';
import { createRightsApp } from '../testing/app.js';
import { anUpload } from '../testing/uploads.js';
import { filesIn } from '../testing/zip-files.js';

interface Asked {
  readonly id: string;
  readonly token: string;
  readonly address: string;
  readonly file: string;
}

describe('a request of a near relative of somebody who died', () => {
  let test: TestApp;
  let accepted: { acceptedRevisionIds: string[] };
  let agent: TestConsole;
  let officer: TestConsole;
  let second: TestConsole;
  let deceased: TestClientApp;

  beforeAll(async () => {
    test = await createRightsApp();
    accepted = { acceptedRevisionIds: [await (await PolicyStaff.open(test)).inForce(aPolicy())] };
    agent = await aSignedInOperator(test, 'supportAgent');
    officer = await aSignedInOperator(test, 'privacyOfficer');
    second = await aSignedInOperator(test, 'privacyOfficer');
  });
  beforeEach(async () => {
    deceased = await aSignedInSubject(test, accepted);
  });
  afterAll(() => test.close());

  async function asked(more: object = {}): Promise<Asked> {
    const identifier = anEmail();
    const file = await anUpload(test);
    const body = { type: 'access', identifier, name: '林远', relation: '儿子', attachmentIds: [file], ...more };
    const { id } = (await test.request({ method: 'POST', path: 'requests', body })).body;
    const code = await codeTo(test, identifier.value);
    const proven = await test.request({ method: 'POST', path: `requests/${id}/verification`, body: { code } });
    return { id, token: proven.body.token, address: identifier.value, file };
  }
  const propose = (who: TestConsole, id: string, more: object = {}) =>
    who.post(`operator/requests/${id}/deceased`, {
      subjectId: deceased.subjectId,
      reason: '核对了死亡证明与户口簿',
      ...more,
    });
  const decideOn = (who: TestConsole, change: string, act: 'confirmation' | 'rejection' = 'confirmation') =>
    who.post(`operator/changes/${change}/${act}`, act === 'rejection' ? { reason: '证明不清晰' } : {});
  async function linked(one: Asked): Promise<string> {
    const { change } = (await propose(agent, one.id)).body;
    await decideOn(officer, change.id);
    return (await seen(one)).body.id;
  }
  const seen = ({ id, token }: Asked) => test.request({ method: 'GET', path: `requests/${id}`, token });

  it('is linked by one operator and a privacy officer, and goes on about the account, answered to the relative', async () => {
    const one = await asked({ text: '想保留父亲的票根' });
    const { status, body } = await propose(agent, one.id);
    expect([status, body.change.state]).toEqual([202, 'waiting']);
    expect((await deceased.send('GET', 'me')).status).toBe(200);
    expect((await decideOn(agent, body.change.id)).status).toBe(403);
    expect((await decideOn(officer, body.change.id)).status).toBe(200);
    const { id } = (await seen(one)).body;
    expect(id).not.toBe(one.id);
    const request = (await officer.get(`operator/requests/${id}`)).body;
    expect(request).toMatchObject({
      subjectId: deceased.subjectId,
      state: 'open',
      text: '想保留父亲的票根',
      evidence: '核对了死亡证明与户口簿',
      asker: { role: 'relative', name: '' },
      requester: { relation: '儿子' },
      linkedFrom: one.id,
      openedAt: (await officer.get(`operator/requests/${one.id}`)).body.openedAt,
    });
    const findings = (await officer.get(`operator/requests/${id}/findings`)).body.items;
    expect(findings.map(({ category }: { category: string }) => category)).toContain('registration.name');
    expect((await officer.post(`operator/requests/${id}/decision`, { outcome: 'grant' })).status).toBe(200);
    await test.get(Fulfilment).run(id);
    const fetched = await test.app.inject({
      method: 'GET',
      url: `/api/v1/requests/${one.id}/package`,
      headers: { authorization: `Bearer ${one.token}` },
    });
    expect(JSON.stringify(await filesIn(fetched.rawPayload))).toContain('林小禾');
    expect(await test.get(Attachments).citedBy({ kind: 'request', id: one.id })).toEqual([]);
    const { timeline } = (await officer.get(`operator/requests/${id}`)).body;
    expect(timeline.at(-1)).toMatchObject({ act: 'fetched', by: 'representative', person: null });
  });

  it('is decided by nobody while its link waits, and says so', async () => {
    const one = await asked();
    const decide = () => officer.post(`operator/requests/${one.id}/decision`, { outcome: 'grant', text: '请查收。' });
    const { change } = (await propose(agent, one.id)).body;
    expect((await officer.get(`operator/requests/${one.id}`)).body).toMatchObject({
      mayDecide: false,
      deciding: { barrier: 'linkWaits', linkChangeId: change.id },
    });
    expect((await decide()).body.code).toBe('request.link_waits');
    expect((await seen(one)).body.state).toBe('open');
    await decideOn(officer, change.id, 'rejection');
    expect((await decide()).status).toBe(200);
  });

  it('closes the account to everybody: no session, no sign-in, no use, no word to who died', async () => {
    const one = await asked();
    const id = await linked(one);
    expect((await deceased.send('GET', 'me')).status).toBe(401);
    expect((await deceased.signIn()).body.code).toBe('session.invalid_credentials');
    expect((await deceased.refresh()).status).toBe(401);
    const use = { action: 'use', purpose: 'service.provision', categories: ['registration.name'] } as const;
    const { results } = await test.get(Gate).decide({ subjectId: deceased.subjectId, ...use });
    expect(results[0]?.code).toBe('subject.closed');
    expect((await officer.get(`operator/subjects/${deceased.subjectId}`)).body.status).toBe('deceased');
    const before = (await messagesTo(test, deceased.identifier.value)).length;
    await test.get(RequestTelling)['send']({ subjectId: deceased.subjectId, requestId: id, step: 'received' });
    expect(await messagesTo(test, deceased.identifier.value)).toHaveLength(before);
    expect((await messagesTo(test, one.address))[0]).toContain(`/requests/${one.id}`);
    const told = await test
      .get(Database)
      .query('SELECT 1 FROM notifications.inbox_notices WHERE subject_id = $1', [deceased.subjectId]);
    expect(told).toEqual([]);
  });

  it('ends the tokens of devices that were theirs, and of no others', async () => {
    const aDevice = async () => (await test.request({ method: 'POST', path: 'devices', body: accepted })).body;
    const [own, given, strange] = [await aDevice(), await aDevice(), await aDevice()];
    for (const { token } of [own, given]) await deceased.send('POST', 'me/devices', { deviceToken: token });
    await (await aSignedInSubject(test, accepted)).send('POST', 'me/devices', { deviceToken: given.token });
    const statusOf = async ({ token }: { token: string }) =>
      (await test.request({ method: 'GET', path: 'me/consents', token })).status;
    expect(await Promise.all([own, given, strange].map(statusOf))).toEqual([200, 200, 200]);
    await linked(await asked());
    expect(await Promise.all([own, given, strange].map(statusOf))).toEqual([401, 200, 200]);
  });

  it('does nothing for a relative that the person arranged otherwise while alive', async () => {
    const put = (who: TestClientApp, relativesMayNot: string[]) =>
      who.send('PUT', 'me/after-death', { relativesMayNot });
    expect((await deceased.send('GET', 'me/after-death')).body).toEqual({ relativesMayNot: [] });
    const early = (await propose(agent, (await asked()).id)).body.change.id;
    expect((await put(deceased, ['access'])).body).toEqual({ relativesMayNot: ['access'] });
    expect((await put(deceased, ['marriage'])).body.code).toBe('request.invalid');
    const enterprise = await aSignedInSubject(test, { kind: 'enterprise', ...accepted });
    expect((await put(enterprise, [])).body.code).toBe('subject.not_a_person');

    expect((await decideOn(officer, early)).body.code).toBe('request.arranged_otherwise');
    for (const type of ['access', 'portability', 'explanation'])
      expect((await propose(agent, (await asked({ type, text: '想了解用途' })).id)).body.code).toBe(
        'request.arranged_otherwise',
      );
    expect((await deceased.send('GET', 'me')).status).toBe(200);
    await linked(await asked({ type: 'deletion' }));
    const path = `operator/subjects/${deceased.subjectId}/death`;
    expect((await officer.get(path)).body.relativesMayNot).toEqual(['access']);
    const looks = 'SELECT kind FROM identity.looks WHERE subject_id = $1 AND operator_id = $2';
    expect(await test.get(Database).query(looks, [deceased.subjectId, officer.operatorId])).toContainEqual({
      kind: 'request',
    });
    const recorded = { subjectId: deceased.subjectId, channel: 'letter', evidence: { text: '核对了户口簿' } };
    const record = (type: string) => agent.post('operator/requests', { ...recorded, type, reason: '近亲属来信' });
    expect((await record('access')).body.code).toBe('request.arranged_otherwise');
    expect((await record('deletion')).status).toBe(201);
  });

  it('stays about nobody while one operator alone has looked, or the second does not agree', async () => {
    const one = await asked();
    const { change } = (await propose(officer, one.id)).body;
    expect((await decideOn(officer, change.id)).body.code).toBe('operator.own_change');
    expect((await decideOn(second, change.id, 'rejection')).status).toBe(200);
    expect((await seen(one)).body).toMatchObject({ id: one.id, state: 'open' });
    expect((await deceased.send('GET', 'me')).status).toBe(200);
    expect(JSON.stringify((await seen(one)).body)).not.toContain('户口簿');
    const kept = await test
      .get(Database)
      .query<{ row: string }>('SELECT to_jsonb(c)::text AS row FROM identity.pending_changes c WHERE id = $1', [
        change.id,
      ]);
    for (const secret of ['户口簿', '儿子', '林远']) expect(kept[0]?.row).not.toContain(secret);
  });

  it('is linked as it was proposed last', async () => {
    const one = await asked();
    const { change: earlier } = (await propose(agent, one.id)).body;
    const other = await aSignedInSubject(test, accepted);
    const later = (await propose(agent, one.id, { subjectId: other.subjectId, reason: '前一份有误，应为此人' })).body;
    expect((await decideOn(officer, earlier.id)).body.code).toBe('change.stale');
    expect((await decideOn(officer, later.change.id)).status).toBe(200);
    expect((await deceased.send('GET', 'me')).status).toBe(200);
    expect((await other.send('GET', 'me')).status).toBe(401);
  });

  it('is linked once, to a person there is, and only where a relative proved their address', async () => {
    const one = await asked();
    for (const subjectId of [newId(), (await aSignedInSubject(test, { kind: 'enterprise', ...accepted })).subjectId])
      expect((await propose(agent, one.id, { subjectId })).body.code).toBe('request.no_such_person');
    const changes = [(await propose(agent, one.id)).body.change.id, (await propose(agent, one.id)).body.change.id];
    expect((await decideOn(officer, changes[1])).status).toBe(200);
    expect((await decideOn(officer, changes[0])).body.code).toBe('change.stale');
    expect((await propose(agent, one.id)).body.code).toBe('request.not_from_relative');
    const unproven = { type: 'inquiry', identifier: anEmail(), relation: '女儿', text: '请问如何办理' };
    const inquiry = (await test.request({ method: 'POST', path: 'requests', body: unproven })).body;
    expect((await propose(agent, inquiry.id)).body.code).toBe('request.not_from_relative');
    const own = await asked({ relation: undefined });
    expect((await propose(agent, own.id)).body.code).toBe('request.not_from_relative');
    expect((await propose(await aSignedInOperator(test, 'auditor'), own.id)).body.code).toBe('operator.forbidden');
  });

  it('is taken back with the note of a death that was a mistake, by two privacy officers who see what follows', async () => {
    const [open, answered] = [await linked(await asked({ type: 'deletion' })), await asked()];
    const id = await linked(answered);
    await officer.post(`operator/requests/${id}/decision`, { outcome: 'grant' });
    await test.get(Fulfilment).run(id);
    const read = (path: string) => test.request({ method: 'GET', path, token: answered.token });
    const fetched = () => read(`requests/${answered.id}/package`);
    expect((await fetched()).status).toBe(200);

    const path = `operator/subjects/${deceased.subjectId}/death`;
    const reason = '本人到柜台出示身份证';
    const withdraw = (by: TestConsole) => by.post(`${path}/withdrawal`, { reason });
    expect((await officer.get(path)).body).toMatchObject({ open: 1, answered: 1, packages: 1 });
    expect((await withdraw(agent)).body.code).toBe('operator.forbidden');
    const { change } = (await withdraw(officer)).body;
    expect(change.opens[1].en).toContain('1 open are taken back, and 1 packages');
    expect((await deceased.signIn()).body.code).toBe('session.invalid_credentials');
    expect((await decideOn(officer, change.id)).body.code).toBe('operator.own_change');
    expect((await decideOn(agent, change.id)).status).toBe(403);
    const shown = (await second.get(`operator/changes/${change.id}`)).body;
    expect(shown.proposed).toMatchObject({ subjectId: deceased.subjectId, displayName: '林**', reason });

    expect((await decideOn(second, change.id)).status).toBe(200);
    expect((await deceased.signIn()).status).toBe(201);
    expect((await officer.get(`operator/requests/${open}`)).body.state).toBe('cancelled');
    expect((await fetched()).body.code).toBe('request.no_package');
    expect((await withdraw(officer)).body.code).toBe('request.no_death');
    const kept = await test.get(Database).query('SELECT proposed::text FROM identity.pending_changes');
    expect(JSON.stringify(kept)).not.toContain('柜台');
  });

  it('is taken back while it is carried out: nothing more is done, and nothing stays to be fetched', async () => {
    const one = await asked();
    const id = await linked(one);
    await officer.post(`operator/requests/${id}/decision`, { outcome: 'grant' });
    expect((await officer.get(`operator/requests/${id}`)).body.state).toBe('fulfilling');
    const path = `operator/subjects/${deceased.subjectId}/death/withdrawal`;
    const { change } = (await officer.post(path, { reason: '本人到柜台出示身份证' })).body;
    expect((await decideOn(second, change.id)).status).toBe(200);
    await test.get(Fulfilment).run(id);
    const { state, holders } = (await officer.get(`operator/requests/${id}`)).body;
    expect(state).toBe('cancelled');
    expect(holders.filter(({ outcome }: { outcome: string | null }) => outcome !== null)).toEqual([]);
    expect((await deceased.signIn()).status).toBe(201);
    expect(await test.get(Attachments).citedBy({ kind: 'request', id: one.id })).toEqual([]);
    const fetched = await test.request({ method: 'GET', path: `requests/${one.id}/package`, token: one.token });
    expect(fetched.body.code).toBe('request.no_package');
  });

  it('is not taken back on what has changed since it was proposed', async () => {
    await linked(await asked());
    const path = `operator/subjects/${deceased.subjectId}/death/withdrawal`;
    const { change } = (await officer.post(path, { reason: '本人来电说明' })).body;
    await linked(await asked({ type: 'deletion' }));
    expect((await decideOn(second, change.id)).body.code).toBe('change.stale');
  });

  describe('is kept apart from whoever reads what goes to the address of who died', () => {
    const askedAt = async ({ identifier }: TestClientApp, type = 'access') => {
      const { id } = (await test.request({ method: 'POST', path: 'requests', body: { type, identifier } })).body;
      const code = await codeTo(test, identifier.value);
      const { token } = (await test.request({ method: 'POST', path: `requests/${id}/verification`, body: { code } }))
        .body;
      return { id, token } as const;
    };

    it('also where they prove the address: they ask about nobody known, and a colleague sees why', async () => {
      const one = await asked({ text: '想保留父亲的票根' });
      const about = await linked(one);
      const theirs = await askedAt(deceased);
      const read = await test.request({ method: 'GET', path: `requests/${theirs.id}`, token: theirs.token });
      expect(read.body).toMatchObject({ id: theirs.id, state: 'open', text: null });
      const seen = (await officer.get(`operator/requests/${theirs.id}`)).body;
      expect(seen.subjectId).not.toBe(deceased.subjectId);
      expect(seen.requester).toMatchObject({ hasAccount: false, isAccountEnded: true });
      const records = test.get(RequestRecords);
      expect((await records.scope(await records.get(theirs.id))).identifiers).toEqual([]);
      const path = `requests/${theirs.id}/cancellation`;
      await test.request({ method: 'POST', path, token: theirs.token, body: {} });
      expect((await officer.get(`operator/requests/${about}`)).body.state).toBe('open');
    });

    it('with what was proven before the death: its token opens nothing any more, nor does another code', async () => {
      const before = await askedAt(deceased);
      const read = () => test.request({ method: 'GET', path: `requests/${before.id}`, token: before.token });
      expect((await read()).status).toBe(200);
      await linked(await asked());
      expect((await read()).body.code).toBe('request.token_invalid');
      await test.request({ method: 'POST', path: `requests/${before.id}/code`, body: {} });
      const code = await codeTo(test, deceased.identifier.value);
      const path = `requests/${before.id}/verification`;
      expect((await test.request({ method: 'POST', path, body: { code } })).body.code).toBe('request.token_invalid');
    });
  });

  it('opens nothing of the account to the relative once the note of the death is withdrawn', async () => {
    const one = await asked();
    const id = await linked(one);
    await officer.post(`operator/requests/${id}/decision`, { outcome: 'grant', text: '请查收。' });
    await test.get(Fulfilment).run(id);
    expect((await seen(one)).body).toMatchObject({ id, state: 'closed', answer: '请查收。' });
    await test.get(Database).transaction(() => test.get(Deaths).withdraw(deceased.subjectId, '本人到柜台出示身份证'));
    expect((await seen(one)).body).toMatchObject({ id: one.id, state: 'cancelled', answer: null });
    const fetched = await test.request({ method: 'GET', path: `requests/${one.id}/package`, token: one.token });
    expect(fetched.body.code).toBe('request.no_package');
  });

  it('opens nothing of it either where the death is noted again for another relative', async () => {
    const [one, other] = [await asked(), await asked()];
    const id = await linked(one);
    await officer.post(`operator/requests/${id}/decision`, { outcome: 'refuse', reason: '关系证明不足' });
    const noted = test.get(Database);
    await noted.transaction(() => test.get(Deaths).withdraw(deceased.subjectId, '本人到柜台出示身份证'));
    const others = await linked(other);
    expect((await seen(other)).body).toMatchObject({ id: others, state: 'open' });
    expect((await seen(one)).body).toMatchObject({ id: one.id, state: 'cancelled', answer: null });
    const appealed = await test.request({
      method: 'POST',
      path: `requests/${one.id}/appeal`,
      token: one.token,
      body: { text: '请复核' },
    });
    expect(appealed.body.code).toBe('request.nothing_to_appeal');
    expect((await officer.get(`operator/requests/${id}`)).body).toMatchObject({ state: 'closed' });
  });

  it('is seen by whose account it is, once that turned out to be a mistake, and left to the relative', async () => {
    const id = await linked(await asked({ text: '想了解父亲的信息' }));
    await officer.post(`operator/requests/${id}/decision`, { outcome: 'refuse', reason: '关系证明不足' });
    await test.get(Database).transaction(() => test.get(Deaths).withdraw(deceased.subjectId, '本人到柜台出示身份证'));
    await deceased.signIn();
    const read = (await deceased.send('GET', `me/requests/${id}`)).body;
    expect(read).toMatchObject({ id, state: 'closed', outcome: 'refused', text: null, answer: null });
    for (const [method, act, body] of [
      ['POST', 'code'],
      ['POST', 'verification', { code: '123456' }],
      ['POST', 'message', { text: 'x' }],
      ['POST', 'cancellation'],
      ['POST', 'appeal', { text: '请复核' }],
      ['POST', 'waiver'],
      ['GET', 'package'],
    ] as const)
      expect([act, (await deceased.send(method, `me/requests/${id}/${act}`, body)).body.code]).toEqual([
        act,
        'request.asked_by_relative',
      ]);
    expect((await officer.get(`operator/requests/${id}`)).body).toMatchObject({ state: 'closed' });
  });
});
