import {
  advance,
  aSignedInOperator,
  aSignedInSubject,
  codeTo,
  letLook,
  messagesTo,
  resetClock,
  subjectPassword,
  type TestClientApp,
  type TestConsole,
} from '@abide/identity/testing';
import { newId } from '@abide/kernel';
import { Database, ScheduledTasks } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { aPolicy, PolicyStaff } from '@abide/policy/testing';
import { Fulfilment } from '../fulfilment/fulfilment.service.js';
import { aProvenRequest, createRightsApp } from '../testing/app.js';

describe('a request', () => {
  let test: TestApp;
  let officer: TestConsole;
  let agent: TestConsole;
  let person: TestClientApp;
  let accepted: { acceptedRevisionIds: string[] };

  beforeAll(async () => {
    test = await createRightsApp();
    accepted = { acceptedRevisionIds: [await (await PolicyStaff.open(test)).inForce(aPolicy())] };
    officer = await aSignedInOperator(test, 'privacyOfficer');
    agent = await aSignedInOperator(test, 'supportAgent');
  });
  beforeEach(async () => {
    person = await aSignedInSubject(test, accepted);
  });
  afterEach(() => resetClock(test));
  afterAll(() => test.close());

  const get = async (id: string) => (await person.send('GET', `me/requests/${id}`)).body;
  const act = (who: TestConsole, id: string, what: string, body: object = {}) =>
    who.post(`operator/requests/${id}/${what}`, body);
  const grant = { outcome: 'grant', text: '请查收。' };

  describe('of somebody signed in', () => {
    it('waits for a code on a channel of theirs, and begins with it', async () => {
      const made = await person.send('POST', 'me/requests', { type: 'access', text: '请给我全部信息' });
      expect([made.status, made.body.state, made.body.verification.channel]).toEqual([
        201,
        'awaitingIdentity',
        'email',
      ]);
      expect(made.body.number).toMatch(/^\d{6}-[0-9A-HJKMNP-TV-Z]{7}$/);
      const prove = (code: string) => person.send('POST', `me/requests/${made.body.id}/verification`, { code });
      const code = await codeTo(test, person.identifier.value);
      const wrong = code === '000000' ? '111111' : '000000';
      expect((await prove(wrong)).body.code).toBe('verification.wrong_code');
      expect((await get(made.body.id)).state).toBe('awaitingIdentity');
      expect(await prove(code)).toMatchObject({ status: 200, body: { state: 'open', text: '请给我全部信息' } });
      expect((await prove(code)).body.code).toBe('verification.used');
    });

    it('says by when it is answered, and why then', async () => {
      const { dueAt, daysLeft, clock } = await aProvenRequest(test, person);
      expect(clock.trace.map(({ rule }: { rule: string }) => rule)).toEqual(['receipt', 'answer']);
      expect(clock.trace[1]).toMatchObject({ days: 15, article: '《App违法违规收集使用个人信息行为认定方法》' });
      expect(dueAt.slice(10)).toBe('T15:59:59.999Z');
      expect(daysLeft).toBeGreaterThan(15);
    });

    it('is theirs alone', async () => {
      const { id } = await aProvenRequest(test, person);
      const other = await aSignedInSubject(test, accepted);
      for (const [method, path, body] of [
        ['GET', id],
        ['POST', `${id}/message`, { text: 'x' }],
        ['POST', `${id}/cancellation`],
        ['POST', `${id}/appeal`, { text: 'x' }],
        ['POST', `${id}/waiver`],
        ['POST', `${id}/verification`, { code: '123456' }],
      ] as const)
        expect((await other.send(method, `me/requests/${path}`, body)).body.code).toBe('request.not_found');
      expect((await other.send('GET', 'me/requests')).body.items).toEqual([]);
      expect((await get(id)).state).toBe('open');
    });

    it('cannot be proven by the code of another one, nor of somebody else', async () => {
      const mine = (await person.send('POST', 'me/requests', { type: 'access' })).body;
      const theirs = await aSignedInSubject(test, accepted);
      await theirs.send('POST', 'me/requests', { type: 'access' });
      const code = await codeTo(test, theirs.identifier.value);
      const own = await codeTo(test, person.identifier.value);
      if (code !== own)
        expect((await person.send('POST', `me/requests/${mine.id}/verification`, { code })).body.code).toBe(
          'verification.wrong_code',
        );
      expect((await get(mine.id)).state).toBe('awaitingIdentity');
    });

    it('is proven by another code where the first is lost, and by the first no longer', async () => {
      const { id } = (await person.send('POST', 'me/requests', { type: 'access' })).body;
      const prove = async () => {
        const code = await codeTo(test, person.identifier.value);
        return () => person.send('POST', `me/requests/${id}/verification`, { code });
      };
      const byTheFirst = await prove();
      expect((await person.send('POST', `me/requests/${id}/code`)).status).toBe(202);
      const byTheSecond = await prove();
      expect((await byTheFirst()).body.code).toBe('verification.wrong_code');
      expect((await byTheSecond()).body.state).toBe('open');
      expect((await person.send('POST', `me/requests/${id}/code`)).body.code).toBe('request.state');
    });

    it('needs what its kind needs', async () => {
      const refused = async (body: object) => (await person.send('POST', 'me/requests', body)).body.code;
      expect(await refused({ type: 'objection' })).toBe('request.purpose_needed');
      expect(await refused({ type: 'correction' })).toBe('request.corrections_needed');
      expect(await refused({ type: 'inquiry' })).toBe('request.text_needed');
      expect(await refused({ type: 'access', categories: ['no.such'] })).toBe('request.unknown_category');
      expect(await refused({ type: 'withdrawal' })).toBe('request.invalid');
      expect((await person.send('GET', 'me/requests')).body.items).toEqual([]);
    });

    it('begins at once where nobody could do harm with it', async () => {
      const { body } = await person.send('POST', 'me/requests', { type: 'inquiry', text: '你们保存我的什么信息？' });
      expect([body.state, body.verification]).toEqual(['open', undefined]);
    });

    it('lapses where nobody proves it within a week', async () => {
      const { body } = await person.send('POST', 'me/requests', { type: 'access' });
      await advance(test, 'P8D');
      await test.get(ScheduledTasks).runAll();
      await person.signIn();
      expect((await get(body.id)).state).toBe('lapsed');
    });

    it('can be taken back', async () => {
      const { id } = await aProvenRequest(test, person);
      expect((await person.send('POST', `me/requests/${id}/cancellation`)).body.state).toBe('cancelled');
      expect((await person.send('POST', `me/requests/${id}/cancellation`)).body.code).toBe('request.over');
      expect((await act(agent, id, 'decision', grant)).body.code).toBe('request.over');
    });
  });

  describe('in the hands of a colleague', () => {
    it('is found by its deadline, assigned, answered and closed, with evidence of each step', async () => {
      const { id, number } = await aProvenRequest(test, person);
      const queued = await agent.get(`operator/requests?number=${number}`);
      expect(queued.body.items).toEqual([
        expect.objectContaining({ id, type: 'access', state: 'open', subjectId: person.subjectId, assignee: null }),
      ]);
      expect((await act(agent, id, 'assignment', { operatorId: agent.operatorId })).body.assigneeId).toBe(
        agent.operatorId,
      );
      const findings = await agent.get(`operator/requests/${id}/findings`);
      expect(findings.body.items).toContainEqual(
        expect.objectContaining({ holder: 'identity', category: 'registration.email', count: 1, exemptions: [] }),
      );
      const decided = await agent.request({
        method: 'POST',
        path: `operator/requests/${id}/decision`,
        body: grant,
        headers: { 'if-match': String(findings.headers['etag']) },
      });
      expect(decided.body).toMatchObject({ state: 'fulfilling', outcome: 'granted' });
      await test.get(Fulfilment).run(id);
      const closed = await get(id);
      expect(closed).toMatchObject({ state: 'closed', outcome: 'granted', answer: '请查收。', dueAt: null });
      expect(closed.holders.every(({ outcome }: { outcome: string }) => ['done', 'nothing'].includes(outcome))).toBe(
        true,
      );
      expect(closed.timeline.map(({ act: what, by }: { act: string; by: string }) => `${what} ${by}`)).toEqual([
        'opened subject',
        'verified subject',
        'assigned operator',
        'decided operator',
        'carriedOut system',
        'closed system',
      ]);
      const trail = await officer.get(`operator/audit/entries?objectId=${id}&limit=50`);
      expect(trail.body.items.map(({ act: what }: { act: string }) => what).reverse()).toEqual(
        ['opened', 'verified', 'assigned', 'decided', 'carriedOut', 'closed'].map((what) => `request.${what}`),
      );
    });

    it('is refused where what is held has changed since the colleague looked', async () => {
      const { id } = await aProvenRequest(test, person);
      const stale = await agent.request({
        method: 'POST',
        path: `operator/requests/${id}/decision`,
        body: grant,
        headers: { 'if-match': '"what-was-there-before"' },
      });
      expect([stale.status, stale.body.code]).toEqual([412, 'request.stale_findings']);
      expect((await get(id)).state).toBe('open');
    });

    it('stands still while the person owes an answer', async () => {
      const { id, dueAt } = await aProvenRequest(test, person);
      const asked = await act(agent, id, 'message', { text: '请问是哪一年的订单？' });
      expect(asked.body).toMatchObject({ state: 'awaitingSubject', dueAt: null, daysLeft: null });
      await advance(test, 'P10D');
      await person.signIn();
      const answered = (await person.send('POST', `me/requests/${id}/message`, { text: '今年的。' })).body;
      expect(answered.state).toBe('open');
      expect(Date.parse(answered.dueAt)).toBeGreaterThan(Date.parse(dueAt));
    });

    it('is extended only where the law in force knows an extension', async () => {
      const { id } = await aProvenRequest(test, person);
      expect((await act(agent, id, 'extension', { reason: '数据较多' })).body.code).toBe('request.no_extension');
      expect((await agent.get(`operator/requests/${id}`)).body.extension).toBeNull();
    });

    it('is refused in writing, and appealed to somebody else', async () => {
      const { id } = await aProvenRequest(test, person);
      expect((await act(officer, id, 'decision', { outcome: 'refuse' })).body.code).toBe('request.reason_needed');
      const refused = await act(officer, id, 'decision', { outcome: 'refuse', reason: '无法核实。' });
      expect(refused.body).toMatchObject({ state: 'closed', outcome: 'refused', answer: '无法核实。' });
      const appealed = await person.send('POST', `me/requests/${id}/appeal`, { text: '我不同意。' });
      expect(appealed.body).toMatchObject({ state: 'open', outcome: null });
      expect((await act(officer, id, 'decision', grant)).body.code).toBe('request.same_operator');
      expect((await act(officer, id, 'assignment', { operatorId: officer.operatorId })).body.code).toBe(
        'request.same_operator',
      );
      expect((await act(agent, id, 'decision', grant)).body.state).toBe('fulfilling');
    });

    it('keeps a hundred messages of whoever asks, and always hears what they are asked', async () => {
      const { id } = await aProvenRequest(test, person);
      const say = () => person.send('POST', `me/requests/${id}/message`, { text: '请尽快' });
      await test.get(Database).execute(
        `INSERT INTO rights.request_events (subject_id, request_id, id, at, act, by_kind)
         SELECT $1, $2, gen_random_uuid(), now(), 'told', 'subject' FROM generate_series(1, 99)`,
        [person.subjectId, id],
      );
      expect((await say()).status).toBe(200);
      expect((await say()).body.code).toBe('request.too_many_messages');
      await act(agent, id, 'message', { text: '请说明哪一项' });
      expect((await say()).body.state).toBe('open');
      await test.get(Database).execute(
        `INSERT INTO rights.request_events (subject_id, request_id, id, at, act, by_kind)
         SELECT $1, $2, gen_random_uuid(), now() - interval '1 day', 'fetched', 'subject' FROM generate_series(1, 900)`,
        [person.subjectId, id],
      );
      const { timeline } = await get(id);
      expect([timeline.length, timeline.at(-1).act]).toEqual([500, 'told']);
    });

    it('of a kind that takes something away is an officer’s, and waits until the person could take it back', async () => {
      const { id } = await aProvenRequest(test, person, { type: 'deletion' });
      expect((await act(agent, id, 'decision', grant)).body.code).toBe('request.not_yours_to_decide');
      await officer.stepUp();
      const decided = (await act(officer, id, 'decision', grant)).body;
      expect(decided.state).toBe('waiting');
      expect(Date.parse(decided.waitingUntil) - Date.now()).toBeGreaterThan(2.9 * 86_400_000);
      const [notice] = (await person.send('GET', 'me/notices')).body.items;
      expect(notice.title).toBe('您的请求已获批准，尚可撤回');
      expect(notice.summary).toMatch(/在 .+ 之前，您可以.*撤回。此后我们将予以执行/);
      expect(notice.summary).not.toContain('将于');
      expect((await person.send('POST', `me/requests/${id}/cancellation`)).body.state).toBe('cancelled');
    });

    it('waits no longer once the person says so: with a sign-in or a code of the last quarter of an hour, not by an old session alone', async () => {
      const waive = async (id: string) => (await person.send('POST', `me/requests/${id}/waiver`)).body;
      const prove = async (id: string) => {
        const code = await codeTo(test, person.identifier.value);
        return (await person.send('POST', `me/requests/${id}/verification`, { code })).body;
      };
      const granted = async (category: string) => {
        const { id } = await aProvenRequest(test, person, { type: 'deletion', categories: [category] });
        await officer.stepUp();
        const decision = { outcome: 'perCategory', items: [{ category, outcome: 'grant' }] };
        expect((await act(officer, id, 'decision', decision)).body.state).toBe('waiting');
        return id;
      };
      const [one, other] = [await granted('registration.name'), await granted('registration.email')];
      await advance(test, 'PT16M');
      await person.refresh();
      expect(await waive(one)).toMatchObject({ status: 403, code: 'access.reauthentication_needed' });
      const { state, waitingUntil, verifiedAt } = await get(one);
      expect([state, Date.parse(waitingUntil) - Date.now() > 2.9 * 86_400_000]).toEqual(['waiting', true]);

      expect((await person.send('POST', `me/requests/${one}/code`)).status).toBe(202);
      expect((await waive(one)).code).toBe('access.reauthentication_needed');
      expect(await prove(one)).toMatchObject({ id: one, state: 'waiting', waitingUntil, verifiedAt });
      expect((await waive(other)).code).toBe('access.reauthentication_needed');
      expect((await waive(one)).timeline.map((step: { act: string }) => step.act)).toEqual([
        'opened',
        'verified',
        'decided',
        'verified',
        'waived',
      ]);
      await person.signIn();
      expect((await waive(other)).timeline.at(-1).act).toBe('waived');
    });

    it('closes an account on a code alone only where two agree, and with the password as well where one does', async () => {
      const password = { password: 'a-wrong-password' };
      const refused = await person.send('POST', 'me/requests', { type: 'accountClosure', secondProof: password });
      expect(refused.body.code).toBe('session.invalid_credentials');
      expect((await person.send('GET', 'me/requests')).body.items).toEqual([]);
      const { id } = await aProvenRequest(test, person, { type: 'accountClosure' });
      expect((await officer.get(`operator/requests/${id}`)).body.lacksSecondProof).toBe(true);
      expect((await act(officer, id, 'decision', { outcome: 'grant' })).body.state).toBe('awaitingSecond');
      expect((await act(officer, id, 'approval')).body.code).toBe('request.own_decision');
      const second = await aSignedInOperator(test, 'privacyOfficer');
      expect((await act(second, id, 'approval')).body.state).toBe('waiting');
      const other = await aSignedInSubject(test, accepted);
      const secondProof = { password: subjectPassword };
      const proven = await aProvenRequest(test, other, { type: 'accountClosure', secondProof });
      const granted = (await act(officer, proven.id, 'decision', { outcome: 'grant' })).body;
      expect([granted.lacksSecondProof, granted.state]).toEqual([false, 'waiting']);
    });

    it('restricts what was granted, and nothing else', async () => {
      const { id } = await aProvenRequest(test, person, { type: 'restriction', categories: ['registration.name'] });
      await act(officer, id, 'decision', { outcome: 'grant' });
      await test.get(Fulfilment).run(id);
      expect((await get(id)).state).toBe('closed');
      const [row] = await test
        .get(Database)
        .query<{ restricted_categories: string[] }>(
          'SELECT restricted_categories FROM identity.subjects WHERE subject_id = $1',
          [person.subjectId],
        );
      expect(row?.restricted_categories).toEqual(['registration.name']);
    });

    it('corrects what was granted', async () => {
      const corrections = [{ category: 'registration.name', value: '林小荷' }];
      const { id } = await aProvenRequest(test, person, { type: 'correction', corrections });
      await act(agent, id, 'decision', grant);
      await test.get(Fulfilment).run(id);
      expect((await person.send('GET', 'me')).body.profile.name).toBe('林小荷');
    });

    it('of somebody under age is refused by two', async () => {
      const minor = await aSignedInSubject(test, { ...accepted, birthDate: '2010-06-01' });
      for (const who of [officer, agent]) await letLook(test, who, minor.subjectId);
      const { id } = await aProvenRequest(test, minor);
      const refused = await act(officer, id, 'decision', { outcome: 'refuse', reason: '请与监护人一起提出。' });
      expect(refused.body).toMatchObject({ state: 'awaitingSecond', mayDecide: false });
      expect((await officer.get(`operator/requests/${id}`)).body.mayDecide).toBe(false);
      const told = async () => (await minor.send('GET', `me/requests/${id}`)).body;
      expect(await told()).toMatchObject({ state: 'awaitingSecond', outcome: null, answer: null, decisions: [] });
      expect((await minor.send('GET', 'me/requests')).body.items[0].outcome).toBeNull();
      expect((await act(officer, id, 'approval')).body.code).toBe('request.own_decision');
      expect((await act(agent, id, 'rejection', { reason: '理由不充分。' })).body.state).toBe('open');
      await act(officer, id, 'decision', { outcome: 'refuse', reason: '请与监护人一起提出。' });
      expect((await act(agent, id, 'approval')).body).toMatchObject({ state: 'closed', outcome: 'refused' });
      expect(await told()).toMatchObject({ outcome: 'refused', answer: '请与监护人一起提出。' });
    });

    it('is warned of before its deadline: first whoever answers it, then the privacy officers', async () => {
      const { id } = await aProvenRequest(test, person);
      await advance(test, 'P17D');
      await test.get(ScheduledTasks).runAll();
      await person.signIn();
      expect((await get(id)).timeline.at(-1).act).toBe('escalated');
    });

    it('is read by an auditor, who decides nothing, and by no editor', async () => {
      const { id } = await aProvenRequest(test, person);
      const auditor = await aSignedInOperator(test, 'auditor');
      const editor = await aSignedInOperator(test, 'policyEditor');
      expect((await auditor.get(`operator/requests/${id}`)).status).toBe(200);
      for (const [what, body] of [
        ['assignment', { operatorId: auditor.operatorId }],
        ['message', { text: 'x' }],
        ['extension', { reason: 'x' }],
        ['decision', grant],
        ['approval', {}],
        ['rejection', { reason: 'x' }],
      ] as const)
        expect((await act(auditor, id, what, body)).body.code).toBe('operator.forbidden');
      for (const path of ['', `/${id}`, `/${id}/findings`])
        expect((await editor.get(`operator/requests${path}`)).body.code).toBe('operator.forbidden');
    });

    it('is nowhere for an id that there is not', async () => {
      for (const path of [newId(), `${newId()}/findings`])
        expect((await agent.get(`operator/requests/${path}`)).body.code).toBe('request.not_found');
      expect((await act(agent, newId(), 'decision', grant)).body.code).toBe('request.not_found');
    });
  });

  it('of somebody under age shows its words, files and findings only to whom a colleague lets look', async () => {
    const minor = await aSignedInSubject(test, { ...accepted, birthDate: '2010-06-01' });
    const { id } = await aProvenRequest(test, minor, {
      type: 'correction',
      text: '名字写错了',
      corrections: [{ category: 'registration.name', value: '林沐雨' }],
    });
    await act(agent, id, 'message', { text: '请补充证明' });
    await minor.send('POST', `me/requests/${id}/message`, { text: '学校的证明' });
    const seen = async (who = agent) => (await who.get(`operator/requests/${id}`)).body;
    const findings = (who = agent) => who.get(`operator/requests/${id}/findings`);
    expect(await seen()).toMatchObject({
      isWithheld: true,
      deciding: { barrier: 'withheld', next: { granted: 'fulfilling', refused: 'awaitingSecond' } },
      number: expect.any(String),
      state: 'open',
      categories: ['registration.name'],
      text: null,
      corrections: [],
      attachments: [],
    });
    expect((await act(agent, id, 'assignment', { operatorId: agent.operatorId })).body).toMatchObject({
      assigneeId: agent.operatorId,
      isWithheld: true,
      text: null,
    });
    for (const words of ['名字写错了', '林沐雨', '请补充证明', '学校的证明'])
      expect(JSON.stringify(await seen())).not.toContain(words);
    expect(await findings()).toMatchObject({ status: 403, body: { code: 'subject.minor_look_unapproved' } });

    await letLook(test, agent, minor.subjectId);
    expect(await seen()).toMatchObject({ isWithheld: false, text: '名字写错了', corrections: [{ value: '林沐雨' }] });
    expect((await findings()).status).toBe(200);
    expect((await seen(officer)).text).toBeNull();
    expect((await findings(officer)).status).toBe(403);
    await advance(test, 'PT1H');
    await agent.signIn();
    expect((await seen()).text).toBeNull();
    expect((await findings()).status).toBe(403);
  });

  it('of somebody under age is decided, agreed to or sent back by nobody whom no colleague lets look, and shows nothing of what was found', async () => {
    const minor = await aSignedInSubject(test, { ...accepted, birthDate: '2010-06-01' });
    const { id } = await aProvenRequest(test, minor);
    const closed = { status: 403, body: { code: 'subject.minor_look_unapproved' } };
    const refuse = { outcome: 'refuse', reason: '请与监护人一起提出。' };
    expect(await act(officer, id, 'decision', refuse)).toMatchObject(closed);
    expect((await minor.send('GET', `me/requests/${id}`)).body.state).toBe('open');
    await letLook(test, officer, minor.subjectId);
    expect((await act(officer, id, 'decision', refuse)).body.decisions).not.toEqual([]);
    for (const [what, body] of [['approval'], ['rejection', { reason: '理由不充分。' }]] as const)
      expect(await act(agent, id, what, body)).toMatchObject(closed);
    const { state, decisions, holders } = (await agent.get(`operator/requests/${id}`)).body;
    expect([state, decisions]).toEqual(['awaitingSecond', []]);
    for (const { counts, retained } of holders) expect([counts, retained]).toEqual([[], []]);
  });

  it('tells the person in the app, in words that name nobody', async () => {
    await aProvenRequest(test, person);
    const { items } = (await person.send('GET', 'me/notices')).body;
    expect(items[0]).toMatchObject({ kind: 'request', title: '我们已收到您的请求' });
    expect(await messagesTo(test, person.identifier.value)).toHaveLength(2);
  });
});
