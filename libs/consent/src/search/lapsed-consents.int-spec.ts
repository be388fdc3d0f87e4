import { messagesTo } from '@abide/identity/testing';
import { newId } from '@abide/kernel';
import { Database, HolderRegistry } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { PolicyStaff, withClause } from '@abide/policy/testing';
import { advertisingClause, aConsentPolicy } from '../testing/policies.js';
import { aSignedInOperator, createConsentApp, type TestConsole } from '../testing/app.js';
import { TestSubject } from '../testing/people.js';
import { ReconsentProgress } from '../reconsent/reconsent-progress.js';
import { ReminderPass } from '../reminders/reminder-pass.js';

const purpose = 'advertising.relevant';
const habitsToo = withClause(aConsentPolicy(), {
  id: 'use.advertising',
  terms: [
    ...advertisingClause.terms,
    { type: 'use', categories: ['usage.habit'], purposes: [purpose], basis: 'consent', fallback: 'generic' },
  ],
});
const words = {
  title: { 'zh-CN': '请再次选择', en: 'Please choose again' },
  summary: { 'zh-CN': '政策有变化。', en: 'The policy has changed.' },
};

describe('consents that a revision made stale', () => {
  let test: TestApp;
  let db: Database;
  let inForce: string;
  let officer: TestConsole;
  let wide: TestSubject;
  let narrow: TestSubject;
  let renewed: TestSubject;
  let withdrawn: TestSubject;
  let late: TestSubject;
  let accepting: TestSubject;

  beforeAll(async () => {
    test = await createConsentApp({ ABIDE_ROLE: 'web' });
    db = test.get(Database);
    const staff = await PolicyStaff.open(test);
    const first = await staff.inForce(aConsentPolicy());
    const register = () => TestSubject.register(test, [first]);
    [wide, narrow, renewed, withdrawn, accepting] = [
      await register(),
      await register(),
      await register(),
      await register(),
      await register(),
    ];
    for (const one of [wide, renewed, withdrawn, accepting]) await one.grant(purpose);
    await narrow.grant(purpose, { categories: ['log.browsing'] });
    await wide.grant('personalisation');
    await wide.grant('survey.participation');
    const next = await staff.approved(habitsToo);
    inForce = next;
    await staff.schedule(next, { effectiveAt: await staff.inDays(7.01) });
    await staff.advance('P8D');
    for (const one of [wide, narrow, renewed, withdrawn, accepting]) await one.app.signIn();
    late = await TestSubject.register(test, [next]);
    await late.grant(purpose);
    await renewed.grant(purpose);
    await withdrawn.withdraw(purpose);
    await accepting.app.send('POST', 'me/acceptances', { revisionId: next });
    officer = await aSignedInOperator(test, 'privacyOfficer');
    await officer.stepUp();
  });
  afterAll(() => test.close());

  const search = async (query: string) => (await officer.get(`operator/consents?${query}`)).body;
  const found = async (query: string) => (await search(query)).items.map((item: any) => item.subjectId).sort();
  const ids = (...people: TestSubject[]) => people.map(({ id }) => id).sort();

  describe('are found', () => {
    it('by state, each as the gate would answer', async () => {
      expect(await found(`purpose=${purpose}&state=stale`)).toEqual(ids(wide));
      expect(await found(`purpose=${purpose}&state=granted`)).toEqual(ids(narrow, renewed, late, accepting));
      expect(await found(`purpose=${purpose}&state=withdrawn`)).toEqual(ids(withdrawn));
      expect(await found(`purpose=${purpose}&state=expired`)).toEqual([]);
      expect((await wide.preference(purpose)).state).toBe('stale');
    });

    it('with what was granted, under which clause, and since when', async () => {
      const [item] = (await search(`purpose=${purpose}&state=stale`)).items;
      expect(item).toMatchObject({
        purpose,
        categories: null,
        state: 'stale',
        policy: 'privacy',
        revision: 1,
        clause: 'use.advertising',
        expiresAt: null,
      });
      expect(item.since).toBe(
        (
          await db.query<any>('SELECT granted_at FROM consent.states WHERE subject_id = $1 AND purpose = $2', [
            wide.id,
            purpose,
          ])
        )[0].granted_at.toISOString(),
      );
    });

    it('by clause, policy and time', async () => {
      expect(await found('clause=use.outreach')).toEqual(ids(wide));
      expect(await found('policy=no-such')).toEqual([]);
      const { items } = await search('policy=privacy&clause=use.advertising&limit=1');
      expect(await found(`purpose=${purpose}&from=${items[0].changedAt}`)).toHaveLength(1);
      expect(await found(`purpose=${purpose}&to=${items[0].changedAt}`)).toHaveLength(5);
    });

    it('page by page, each once, the latest change first', async () => {
      const all: any[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page: any = await search(`purpose=${purpose}&limit=1${cursor && `&cursor=${cursor}`}`);
        all.push(...page.items);
        cursor = page.nextCursor;
      }
      expect(all.map((item) => item.subjectId).sort()).toEqual(ids(wide, narrow, renewed, withdrawn, late, accepting));
      expect(all.map((item) => item.changedAt)).toEqual(
        all
          .map((item) => item.changedAt)
          .sort()
          .reverse(),
      );
      const granted = await search(`purpose=${purpose}&state=granted&limit=3`);
      expect(granted.items).toHaveLength(3);
      expect(await search(`purpose=${purpose}&state=granted&limit=3&cursor=${granted.nextCursor}`)).toMatchObject({
        items: [expect.anything()],
        nextCursor: null,
      });
    });

    it('as withdrawn where a wider withdrawal ended them', async () => {
      const person = await TestSubject.register(test, [inForce]);
      await person.grant('service.provision', { categories: ['location.gps'] });
      await person.withdraw('service.provision');
      const { items } = await search('purpose=service.provision&limit=10');
      expect(items.filter((item: any) => item.subjectId === person.id).map((item: any) => item.state)).toEqual([
        'withdrawn',
        'withdrawn',
      ]);
    });

    it('only with a purpose where a state is named, by whoever may see subjects', async () => {
      expect(await search('state=stale')).toMatchObject({ status: 400, code: 'request.invalid' });
      expect(await search('cursor=nonsense')).toMatchObject({ status: 400, code: 'request.bad_cursor' });
      const editor = await aSignedInOperator(test, 'policyEditor');
      expect((await editor.get('operator/consents')).body).toMatchObject({ status: 403, code: 'operator.forbidden' });
    });
  });

  it('are counted until they are renewed, by what the revision changed', async () => {
    await test.get(ReconsentProgress).goOn();
    const { items } = (await officer.get('operator/consents/reconsent')).body;
    expect(items).toEqual([
      expect.objectContaining({
        policy: 'privacy',
        revision: 2,
        purpose,
        stale: 1,
        renewed: 2,
        asOf: expect.any(String),
        effectiveAt: expect.any(String),
      }),
    ]);
    const person = await TestSubject.register(test, [inForce]);
    await db.query('UPDATE consent.reconsent_progress SET pass_cursor = $1, pass_stale = 40, pass_renewed = 2', [
      person.id,
    ]);
    await test.get(ReconsentProgress).goOn();
    expect((await officer.get('operator/consents/reconsent')).body.items[0]).toMatchObject({ stale: 40, renewed: 2 });
    await test.get(ReconsentProgress).goOn();
    expect((await officer.get('operator/consents/reconsent')).body.items[0]).toMatchObject({ stale: 1, renewed: 2 });
  });

  describe('are reminded of', () => {
    const preview = (body: object, who = officer) => who.post('operator/consents/reminders/preview', body);
    const send = (body: object, who = officer) => who.post('operator/consents/reminders', { ...words, ...body });
    const inbox = async (person: TestSubject) =>
      (await person.app.send('GET', 'me/notices')).body.items.filter((notice: any) => notice.kind === 'consentAgain');
    const mail = async (person: TestSubject) =>
      (await messagesTo(test, person.app.identifier.value)).filter((text) => text.includes('请再次选择'));

    it('after an exact count, each subject once, in the inbox and by mail, with progress', async () => {
      expect((await preview({ purpose, state: 'stale' })).body).toEqual({ matched: 1 });
      const { body, status } = await send({ purpose, state: 'stale' });
      expect([status, body]).toEqual([
        201,
        expect.objectContaining({ matched: 0, told: 0, done: false, createdBy: officer.operatorId }),
      ]);
      await Promise.all([1, 2, 3].map(() => test.get(ReminderPass).resumeUnfinished()));
      await test.get(ReminderPass).resumeUnfinished();
      expect((await officer.get(`operator/consents/reminders/${body.id}`)).body).toMatchObject({
        purpose,
        matched: 1,
        told: 1,
        sent: 1,
        done: true,
      });
      expect(await inbox(wide)).toEqual([
        expect.objectContaining({ title: '请再次选择', link: expect.stringContaining('/policies') }),
      ]);
      expect(await mail(wide)).toHaveLength(1);
      expect([await inbox(renewed), await inbox(narrow), await inbox(late), await mail(withdrawn)]).toEqual([
        [],
        [],
        [],
        [],
      ]);
      expect((await officer.get('operator/consents/reminders')).body.items[0]).toMatchObject({
        id: body.id,
        done: true,
      });
      const acts = await db.query<{ act: string; actor: string }>(
        `SELECT act, actor_kind AS actor FROM audit.entries WHERE object_id = $1 ORDER BY id`,
        [body.id],
      );
      expect(acts).toEqual([
        { act: 'consent.remind', actor: 'operator' },
        { act: 'consent.reminded', actor: 'system' },
      ]);
    });

    it('on from where a process was killed, and nobody twice', async () => {
      const { body } = await send({ purpose, state: 'stale', again: true });
      await db.query(
        `INSERT INTO consent.reminder_recipients (subject_id, reminder_id, message, tries, next_try_at, told_at) VALUES ($1, $2, 'waiting', 1, now() - interval '1 day', now())`,
        [wide.id, body.id],
      );
      const before = { inbox: (await inbox(wide)).length, mail: (await mail(wide)).length };
      await test.get(ReminderPass).resumeUnfinished();
      expect((await officer.get(`operator/consents/reminders/${body.id}`)).body).toMatchObject({ told: 1, done: true });
      expect({ inbox: (await inbox(wide)).length, mail: (await mail(wide)).length }).toEqual({
        inbox: before.inbox,
        mail: before.mail + 1,
      });
    });

    it('a second time within an hour only where it is said once more', async () => {
      const [{ id, createdAt }] = (await officer.get('operator/consents/reminders')).body.items;
      const twice = { ...words, summary: { ...words.summary, en: ' The policy has  changed. ' } };
      for (const body of [words, twice]) {
        expect((await send({ purpose, state: 'stale', ...body })).body).toMatchObject({
          status: 409,
          code: 'consent.reminded_lately',
          earlierId: id,
          sentAt: createdAt,
          sentBy: officer.operatorId,
        });
      }
      const others = [
        { purpose, state: 'expired' },
        { purpose: 'survey.participation', state: 'stale' },
        { purpose, state: 'stale', title: { ...words.title, en: 'Choose again' } },
      ];
      for (const other of others) expect((await send(other)).body).toMatchObject({ done: false });
      await db.query(`UPDATE consent.reminders SET created_at = created_at - interval '61 minutes'`);
      expect((await send({ purpose, state: 'stale' })).status).toBe(201);
    });

    it('once where two requests come at the same moment', async () => {
      const title = { 'zh-CN': '同时', en: 'At once' };
      const sent = await Promise.all([1, 2, 3, 4].map(() => send({ purpose, state: 'stale', title })));
      expect(sent.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    });

    it('only by those who may, with a fresh password, for a purpose that a clause leaves to subjects', async () => {
      const auditor = await aSignedInOperator(test, 'auditor');
      expect((await preview({ purpose, state: 'stale' }, auditor)).body).toMatchObject({
        status: 403,
        code: 'operator.forbidden',
      });
      expect((await send({ purpose, state: 'stale' }, auditor)).body).toMatchObject({
        status: 403,
        code: 'operator.forbidden',
      });
      expect((await send({ purpose: 'records.archive', state: 'stale' })).body).toMatchObject({
        status: 409,
        code: 'consent.no_clause',
      });
      expect((await send({ purpose: 'no.such', state: 'stale' })).body).toMatchObject({
        status: 404,
        code: 'consent.unknown_purpose',
      });
      expect((await send({ purpose, state: 'granted' })).status).toBe(400);
      expect((await send({ purpose, state: 'stale', title: { 'zh-CN': ' ', en: 'x' } })).status).toBe(400);
      expect((await officer.get(`operator/consents/reminders/${newId()}`)).body).toMatchObject({
        status: 404,
        code: 'consent.reminder_not_found',
      });
      const editor = await aSignedInOperator(test, 'policyEditor');
      expect((await editor.get('operator/consents/reminders')).status).toBe(200);
      await db.query(`UPDATE identity.operator_sessions SET step_up_until = NULL`);
      expect((await send({ purpose, state: 'stale' })).body).toMatchObject({
        status: 403,
        code: 'session.step_up_required',
      });
    });

    it('and forgotten with an erasure', async () => {
      const holder = test.get(HolderRegistry).named('consent');
      const exported = [];
      for await (const record of holder.export(wide.id)) exported.push(record.table);
      expect(exported).toContain('consent.reminder_recipients');
      await holder.erase(wide.id);
      expect(await db.query('SELECT 1 FROM consent.reminder_recipients WHERE subject_id = $1', [wide.id])).toEqual([]);
    });
  });
});
