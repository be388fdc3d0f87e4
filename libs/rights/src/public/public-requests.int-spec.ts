import { Attachments } from '@abide/attachments';
import {
  advance,
  anEmail,
  aSignedInOperator,
  aSignedInSubject,
  codeTo,
  confirm,
  messagesTo,
  resetClock,
  subjectPassword,
  type TestClientApp,
  type TestConsole,
} from '@abide/identity/testing';
import { newId } from '@abide/kernel';
import { Database, ScheduledTasks } from '@abide/platform';
import type { TestAnswer, TestApp } from '@abide/platform/testing';
import { aPolicy, PolicyStaff } from '@abide/policy/testing';
import { Vault } from '@abide/vault';
import { jest } from '@jest/globals';
import pg from 'pg';
import { Fulfilment } from '../fulfilment/fulfilment.service.js';
import { RequestRecords } from '../requests/request-records.js';
import { RequestTelling } from '../requests/request-telling.js';
import { createRightsApp } from '../testing/app.js';
import { anUpload } from '../testing/uploads.js';

type Address = ReturnType<typeof anEmail>;

describe('a request without an account', () => {
  let test: TestApp;
  let db: Database;
  let owner: pg.Client;
  let officer: TestConsole;
  let accepted: { acceptedRevisionIds: string[] };

  beforeAll(async () => {
    test = await createRightsApp({ ABIDE_TRUSTED_PROXY: '127.0.0.1' });
    db = test.get(Database);
    accepted = { acceptedRevisionIds: [await (await PolicyStaff.open(test)).inForce(aPolicy())] };
    officer = await aSignedInOperator(test, 'privacyOfficer');
    owner = new pg.Client({ connectionString: test.databaseUrl });
    await owner.connect();
  });
  beforeEach(() => owner.query('DELETE FROM identity.attempt_counters'));
  afterEach(() => resetClock(test));
  afterAll(async () => {
    await owner.end();
    await test.close();
  });

  const post = (path: string, body: object = {}, headers = {}): Promise<TestAnswer> =>
    test.request({ method: 'POST', path: `requests${path}`, body, headers });
  const ask = (identifier: Address, body: object = {}, headers = {}): Promise<TestAnswer> =>
    post('', { type: 'access', identifier, ...body }, headers);
  const prove = async (id: string, { value }: Address): Promise<TestAnswer> =>
    post(`/${id}/verification`, { code: await codeTo(test, value) });
  const read = (id: string, token: string, path = ''): Promise<TestAnswer> =>
    test.request({ method: 'GET', path: `requests/${id}${path}`, token });
  const grant = (id: string) =>
    officer.post(`operator/requests/${id}/decision`, { outcome: 'grant', text: '除本请求外，我们没有保存您的信息。' });

  /** Asked and proven; resolves to its id and the token that opens it. */
  async function aProven(identifier: Address, body: object = {}): Promise<{ id: string; token: string }> {
    const { id } = (await ask(identifier, body)).body;
    return { id, token: (await prove(id, identifier)).body.token };
  }

  describe('is answered the same', () => {
    it('whether or not anybody here has the address, and a code goes there', async () => {
      const person = await aSignedInSubject(test, accepted);
      const shapes = [];
      for (const identifier of [person.identifier, anEmail()]) {
        const sent = (await messagesTo(test, identifier.value)).length;
        const { status, body } = await ask(identifier, { name: '林小禾', text: '你们有我的什么信息？' });
        shapes.push([status, Object.keys(body), Object.keys(body.verification), body.verification.channel]);
        expect((await messagesTo(test, identifier.value)).length).toBe(sent + 1);
      }
      expect(shapes[0]).toEqual([202, ['id', 'verification'], ['channel', 'expiresAt'], 'email']);
      expect(shapes[1]).toEqual(shapes[0]);
    });

    it('because nothing looks for the owner of the address before the code', async () => {
      const person = await aSignedInSubject(test, accepted);
      const statements: string[][] = [];
      const query = jest.spyOn(db, 'query');
      for (const identifier of [person.identifier, anEmail()]) {
        query.mockClear();
        await ask(identifier);
        const sent = query.mock.calls.map(([sql]) => String(sql));
        statements.push(sent.filter((sql) => !sql.includes('development_clock')));
      }
      query.mockRestore();
      expect(statements[0]).toEqual(statements[1]);
      expect(statements.flat().join()).not.toContain('identifier_claims');
    });

    it('to wrong codes', async () => {
      const person = await aSignedInSubject(test, accepted);
      const answers = [];
      for (const identifier of [person.identifier, anEmail()]) {
        const { id } = (await ask(identifier)).body;
        const wrong = (await codeTo(test, identifier.value)) === '000000' ? '111111' : '000000';
        const { status, body } = await post(`/${id}/verification`, { code: wrong });
        answers.push([status, body.code, body.triesLeft]);
      }
      expect(answers[0]).toEqual([400, 'verification.wrong_code', 4]);
      expect(answers[1]).toEqual(answers[0]);
    });
  });

  describe('of somebody known', () => {
    let person: TestClientApp;
    beforeEach(async () => {
      person = await aSignedInSubject(test, accepted);
    });

    it('is about their account once the code is right, and not before', async () => {
      const { id } = (await ask(person.identifier)).body;
      expect((await officer.get(`operator/requests/${id}`)).body.code).toBe('request.not_found');
      const { token } = (await prove(id, person.identifier)).body;
      expect((await read(id, token)).body).toMatchObject({ id, type: 'access', state: 'open', channel: 'web' });
      expect((await officer.get(`operator/requests/${id}`)).body).toMatchObject({
        subjectId: person.subjectId,
        requester: { hasAccount: true, isProven: true, address: expect.stringMatching(/^p\*\*\*@/) },
      });
      expect((await person.send('GET', `me/requests/${id}`)).body.state).toBe('open');
      expect((await person.send('GET', 'me/notices')).body.items[0].title).toBe('我们已收到您的请求');
    });

    it('is closed with their account by two who agree, since a code to one address is all that was proven', async () => {
      const { id } = await aProven(person.identifier, { type: 'accountClosure' });
      expect((await officer.get(`operator/requests/${id}`)).body.lacksSecondProof).toBe(true);
      expect((await grant(id)).body.state).toBe('awaitingSecond');
    });

    it('hands the package to whoever proved the address, and only by that token', async () => {
      const { id, token } = await aProven(person.identifier);
      await grant(id);
      await test.get(Fulfilment).run(id);
      expect((await read(id, token, '/package')).headers['content-type']).toBe('application/zip');
      const other = await aProven(anEmail());
      for (const wrong of [other.token, 'abq_none', person.accessToken])
        for (const path of ['', '/package'])
          expect((await read(id, wrong, path)).body.code).toBe('request.token_invalid');
      expect((await read(other.id, token)).body.code).toBe('request.token_invalid');
      expect((await test.request({ method: 'GET', path: 'me/requests', token })).status).toBe(401);
    });

    it('is joined to one that is under way in the app', async () => {
      const made = (await person.send('POST', 'me/requests', { type: 'access' })).body;
      const code = await codeTo(test, person.identifier.value);
      await person.send('POST', `me/requests/${made.id}/verification`, { code });
      const { id, token } = await aProven(person.identifier, { text: '再问一次' });
      expect((await read(id, token)).body).toMatchObject({ id: made.id, state: 'open' });
    });

    it('opens nothing more once the address is no longer theirs, to the earlier token as to a new code', async () => {
      const { id, token } = await aProven(person.identifier);
      await grant(id);
      await test.get(Fulfilment).run(id);
      expect((await read(id, token)).status).toBe(200);
      const { value } = anEmail();
      const { body } = await person.send('PUT', 'me/identifiers/email', { value, password: subjectPassword });
      await confirm(test, body.verification.id, await codeTo(test, value));
      for (const path of ['', '/package'])
        expect((await read(id, token, path)).body.code).toBe('request.token_invalid');
      expect((await post(`/${id}/cancellation`, {}, { authorization: `Bearer ${token}` })).body.code).toBe(
        'request.token_invalid',
      );
      expect((await post(`/${id}/code`)).status).toBe(202);
      expect((await prove(id, person.identifier)).body.code).toBe('request.token_invalid');
      await aSignedInSubject(test, { ...accepted, identifier: person.identifier });
      expect((await post(`/${id}/code`)).status).toBe(202);
      expect((await prove(id, person.identifier)).body.code).toBe('request.token_invalid');
      expect((await person.send('GET', `me/requests/${id}`)).body.state).toBe('closed');
    });

    it('is not about them where a relative of somebody who died asks', async () => {
      const { id } = await aProven(person.identifier, { name: '林大山', relation: '女儿', text: '我父亲的订单' });
      const { body } = await officer.get(`operator/requests/${id}`);
      expect(body.subjectId).not.toBe(person.subjectId);
      const records = test.get(RequestRecords);
      expect((await records.scope(await records.get(id))).identifiers).toEqual([]);
      expect(body.requester).toMatchObject({ name: '林大山', relation: '女儿', hasAccount: false, isProven: true });
    });
  });

  describe('of somebody unknown', () => {
    it('ends with the answer that nothing is held, and their evidence goes with it', async () => {
      const address = anEmail();
      const attachmentId = await anUpload(test);
      const { id, token } = await aProven(address, { name: '陈一', text: '请删除', attachmentIds: [attachmentId] });
      const seen = (await officer.get(`operator/requests/${id}`)).body;
      expect(seen.requester).toMatchObject({ name: '陈一', hasAccount: false, isProven: true });
      const by = { kind: 'request', id };
      expect(await test.get(Attachments).citedBy(by)).toHaveLength(1);
      await grant(id);
      await test.get(Fulfilment).run(id);
      const { body } = await read(id, token);
      expect(body).toMatchObject({ state: 'closed', outcome: 'granted', answer: '除本请求外，我们没有保存您的信息。' });
      expect(body.timeline.map(({ act, by: who }: { act: string; by: string }) => `${act} ${who}`)).toEqual([
        'opened subject',
        'decided operator',
        'carriedOut system',
        'closed system',
      ]);
      expect(body.decisions.map(({ category }: { category: string }) => category)).not.toContain('registration.email');
      expect(await test.get(Attachments).citedBy(by)).toEqual([]);
      await test.get(RequestTelling)['send']({ subjectId: seen.subjectId, requestId: id, step: 'answered' });
      expect((await messagesTo(test, address.value))[0]).toContain(`/requests/${id}`);
    });

    it('keeps nothing of them in the clear', async () => {
      const address = anEmail();
      const { id } = await aProven(address, { name: '不可见的名字', text: '不可见的话' });
      for (const table of ['requests', 'public_requests', 'request_events']) {
        const column = table === 'requests' ? 'id' : 'request_id';
        const rows = await db.query<{ row: string }>(
          `SELECT to_jsonb(t)::text AS row FROM rights.${table} AS t WHERE ${column} = $1`,
          [id],
        );
        expect(rows.length).toBeGreaterThan(0);
        for (const { row } of rows)
          for (const plain of [address.value, '不可见', Buffer.from(address.value).toString('hex')])
            expect(row).not.toContain(plain);
      }
    });

    it('is forgotten with its keys after a week without the code', async () => {
      const { id } = (await ask(anEmail(), { attachmentIds: [await anUpload(test)] })).body;
      const [row] = await db.query<{ subject_id: string }>(
        'SELECT subject_id FROM rights.public_requests WHERE request_id = $1',
        [id],
      );
      await advance(test, 'P8D');
      await test.get(ScheduledTasks).runAll();
      expect((await post(`/${id}/code`)).body.code).toBe('request.not_found');
      expect(await test.get(Attachments).citedBy({ kind: 'request', id })).toEqual([]);
      expect((await test.get(Vault).destroyedAmong([String(row?.subject_id)])).size).toBe(1);
    });
  });

  describe('is opened by its own newest code, once', () => {
    it('and by no other', async () => {
      const [mine, theirs] = [anEmail(), anEmail()];
      const { id } = (await ask(mine)).body;
      await ask(theirs);
      const [own, foreign] = [await codeTo(test, mine.value), await codeTo(test, theirs.value)];
      if (own !== foreign)
        expect((await post(`/${id}/verification`, { code: foreign })).body.code).toBe('verification.wrong_code');
      expect((await post(`/${id}/verification`, { code: own })).status).toBe(200);
      expect((await post(`/${id}/verification`, { code: own })).body.code).toBe('verification.used');
    });

    it('and for a day; another code opens it again, and the earlier token does not', async () => {
      const address = anEmail();
      const { id, token } = await aProven(address);
      await advance(test, 'P2D');
      expect((await read(id, token)).body.code).toBe('request.token_invalid');
      expect((await post(`/${id}/code`)).status).toBe(202);
      const { body } = await prove(id, address);
      expect((await read(id, body.token)).body.state).toBe('open');
      expect((await read(id, token)).body.code).toBe('request.token_invalid');
    });

    it('and nowhere for an id that there is not', async () => {
      expect((await post(`/${newId()}/verification`, { code: '123456' })).body.code).toBe('request.not_found');
      expect((await post(`/${newId()}/code`)).body.code).toBe('request.not_found');
      expect((await read(newId(), 'abq_none')).body.code).toBe('request.token_invalid');
    });

    it('whose wrong ones count for the address, however often somebody asks anew', async () => {
      const address = anEmail();
      const codes: string[] = [];
      for (let round = 0; round < 6; round += 1) {
        const { id } = (await ask(address)).body;
        const wrong = (await codeTo(test, address.value)) === '000000' ? '111111' : '000000';
        codes.push((await post(`/${id}/verification`, { code: wrong })).body.code);
      }
      expect(codes.at(0)).toBe('verification.wrong_code');
      expect(codes.at(-1)).toBe('session.too_many_attempts');
    });

    it('whose wrong ones keep nobody waiting who tries from another network', async () => {
      const address = anEmail();
      const { id } = (await ask(address)).body;
      const code = await codeTo(test, address.value);
      const strange = { 'x-forwarded-for': '203.0.113.77' };
      const theirs = (await ask(address, {}, strange)).body.id;
      for (let tries = 0; tries < 5; tries += 1)
        await post(`/${theirs}/verification`, { code: code === '000000' ? '111111' : '000000' }, strange);
      const elsewhere = { 'x-forwarded-for': '198.51.100.4' };
      expect((await post(`/${id}/verification`, { code }, strange)).body.code).toBe('session.too_many_attempts');
      expect((await post(`/${id}/verification`, { code }, elsewhere)).status).toBe(200);
    });
  });

  describe('that only asks or complains', () => {
    it('begins before the code; its answer is for whoever proves the address', async () => {
      const person = await aSignedInSubject(test, accepted);
      const { id } = (await ask(person.identifier, { type: 'inquiry', text: '你们在哪里存放数据？' })).body;
      const seen = (await officer.get(`operator/requests/${id}`)).body;
      expect(seen).toMatchObject({ state: 'open', text: '你们在哪里存放数据？', requester: { isProven: false } });
      expect(seen.subjectId).not.toBe(person.subjectId);
      const sent = (await messagesTo(test, person.identifier.value)).length;
      expect((await grant(id)).body.state).toBe('closed');
      await test.get(RequestTelling)['send']({ subjectId: seen.subjectId, requestId: id, step: 'answered' });
      expect((await messagesTo(test, person.identifier.value)).length).toBe(sent);
      const { token } = (await prove(id, person.identifier)).body;
      expect((await read(id, token)).body.answer).toBe('除本请求外，我们没有保存您的信息。');
      expect((await person.send('GET', 'me/requests')).body.items).toEqual([]);
    });

    it('is asked something and replies', async () => {
      const { id, token } = await aProven(anEmail(), { type: 'complaint', text: '通知太多' });
      await officer.post(`operator/requests/${id}/message`, { text: '哪一种通知？' });
      const replied = await test.request({
        method: 'POST',
        path: `requests/${id}/message`,
        body: { text: '短信' },
        token,
      });
      expect(replied.body).toMatchObject({ state: 'open' });
      expect(replied.body.timeline.at(-1)).toMatchObject({ act: 'told', by: 'subject', text: '短信' });
    });

    it('needs words', async () => {
      for (const type of ['inquiry', 'complaint', 'explanation'])
        expect((await ask(anEmail(), { type })).body.code).toBe('request.text_needed');
    });
  });

  describe('is refused', () => {
    it('for what an address alone does not say, and for what is no address', async () => {
      for (const type of ['correction', 'objection', 'transfer', 'withdrawal'])
        expect((await ask(anEmail(), { type })).body.code).toBe('request.invalid');
      expect((await ask({ type: 'email', value: 'nobody' })).body.code).toBe('identifier.bad_email');
    });

    it('with a file that somebody else uploaded', async () => {
      const person = await aSignedInSubject(test, accepted);
      const theirs = await anUpload(test, { authorization: `Bearer ${person.accessToken}` });
      for (const id of [theirs, newId()])
        expect((await ask(anEmail(), { attachmentIds: [id] })).body.code).toBe('attachment.unusable');
    });

    it('after too many from one network, and to one address', async () => {
      const from = { 'x-forwarded-for': '203.0.113.9' };
      const many = [];
      for (let count = 0; count < 21; count += 1) many.push((await ask(anEmail(), {}, from)).status);
      expect([many.slice(0, 20).every((status) => status === 202), many.at(-1)]).toEqual([true, 429]);
      const address = anEmail();
      const same = [];
      for (let count = 0; count < 11; count += 1) same.push((await ask(address)).status);
      expect([same.at(-2), same.at(-1)]).toEqual([202, 429]);
    });
  });
});
