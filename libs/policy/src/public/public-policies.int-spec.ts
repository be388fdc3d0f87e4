import { jest } from '@jest/globals';
import { Database, ScheduledTasks } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { Revisions } from '../revisions/revisions.js';
import { aClause, aPolicy, changesClause } from '../testing/documents.js';
import { PolicyStaff } from '../testing/policy-staff.js';
import { createPolicyApp } from '../testing/app.js';

const longer = aPolicy({
  clauses: [
    aClause({
      id: 'keep.search',
      heading: { 'zh-CN': '搜索记录', en: 'Search history' },
      terms: [
        { type: 'collection', categories: ['log.search'], purposes: ['product.improvement'], basis: 'consent' },
        { type: 'retention', categories: ['log.search'], period: 'P6M', then: 'delete' },
      ],
    }),
  ],
});
const glossary = [
  {
    term: { 'zh-CN': '姓名', en: 'name' },
    meaning: { 'zh-CN': '称呼', en: 'what you are called' },
    link: 'https://help.example/name',
  },
];
const agreement = {
  ...aPolicy({ policy: 'user-agreement', kind: 'agreement', title: { 'zh-CN': '用户协议', en: 'User agreement' } }),
  clauses: [aClause({ id: 'parties' }), changesClause],
};
const definitions = [
  { term: { 'zh-CN': '手机号', en: 'phone number' }, meaning: { 'zh-CN': '联系号码', en: 'a number to reach you' } },
];
const ticketing = {
  ...aPolicy({
    policy: 'ticketing',
    kind: 'service',
    service: 'ticketing',
    services: ['ticketing'],
    title: { 'zh-CN': '购票政策', en: 'Ticketing policy' },
    contact: undefined,
  }),
  clauses: [
    aClause({
      id: 'ticketing.periods',
      terms: [
        {
          type: 'retention',
          categories: ['log.browsing'],
          purposes: ['personalisation'],
          period: 'P1M',
          then: 'delete',
        },
      ],
    }),
  ],
};
/** Of another purpose than the ticketing policy speaks of. */
const advertisingPeriods = aClause({
  id: 'keep.advertising',
  terms: [
    {
      type: 'retention',
      categories: ['log.browsing'],
      purposes: ['advertising.relevant'],
      period: 'P2M',
      then: 'delete',
    },
  ],
});

describe('policies as anybody may read them', () => {
  let test: TestApp;
  let staff: PolicyStaff;
  let scheduled: string;
  beforeAll(async () => {
    test = await createPolicyApp({ ABIDE_ROLE: 'web', ABIDE_PUBLIC_URL: 'https://abide.example' });
    staff = await PolicyStaff.open(test);
    await staff.inForce(aPolicy({ glossary, clauses: [advertisingPeriods] }));
    await staff.inForce({ ...agreement, definitions });
    await staff.inForce(ticketing);
    const hidden = await staff.draft(aPolicy({ clauses: [aClause({ id: 'withdrawn' })] }));
    await staff.withdraw(hidden.revisionId);
    scheduled = await staff.approved({ ...longer, glossary });
    await staff.schedule(scheduled, { effectiveAt: await staff.inDays(8) });
    await staff.draft(aPolicy({ clauses: [aClause({ id: 'secret' })] }));
  });
  afterAll(() => test.close());

  const get = (path: string, headers: Record<string, string> = {}) => test.request({ method: 'GET', path, headers });
  const english = { 'accept-language': 'en' };

  describe('as JSON', () => {
    it('are listed with what is in force and what is announced', async () => {
      const { items } = (await get('policies')).body;
      expect(items.map((one: { slug: string }) => one.slug)).toEqual(['privacy', 'user-agreement', 'ticketing']);
      expect(items[0]).toMatchObject({
        kind: 'general',
        title: { en: 'Privacy policy' },
        revision: { number: 1 },
        scheduled: { id: scheduled, number: 3, materiality: 'freshConsent' },
      });
      expect(items[2]).toMatchObject({ kind: 'service', service: 'ticketing' });
      expect(items[2].scheduled).toBeUndefined();
    });

    it('are listed page by page, without reading their texts', async () => {
      const all = (await get('policies')).body.items;
      const items: unknown[] = [];
      for (let cursor = ''; ;) {
        const { body } = await get(`policies?limit=1${cursor}`);
        expect(body.items).toHaveLength(1);
        items.push(...body.items);
        if (!body.nextCursor) break;
        cursor = `&cursor=${body.nextCursor}`;
      }
      expect(items).toEqual(all);
      const { policyId } = await test.get(Revisions).get(scheduled);
      const listed = await test.get(Revisions).titled([policyId], ['effective', 'scheduled']);
      expect(listed.map((one) => [one.title.en, Reflect.get(one, 'document')])).toEqual([
        ['Privacy policy', undefined],
        ['Privacy policy', undefined],
      ]);
    });

    it('carry each clause with its text, its terms and what they mean', async () => {
      const policy = (await get('policies/privacy')).body;
      expect(policy).toMatchObject({
        slug: 'privacy',
        revision: { number: 1, state: 'effective' },
        contact: { en: 'Customer service 400-000-0000' },
        scheduled: { number: 3 },
      });
      expect(policy.clauses[0]).toMatchObject({
        id: 'collect.registration',
        number: 1,
        heading: { en: 'Registration' },
      });
      expect(policy.clauses[0].terms[0]).toMatchObject({
        type: 'collection',
        basis: 'contract',
        sentence: { en: expect.stringContaining('phone number'), 'zh-CN': expect.stringContaining('手机号') },
      });
    });

    it('share the words that the user agreement defines', async () => {
      const words = (await get('policies/privacy')).body.glossary.map((one: { term: { en: string } }) => one.term.en);
      expect(words).toEqual(['name', 'phone number']);
    });

    it('show which clause of a service comes before which general one', async () => {
      const { clauses } = (await get('policies/privacy')).body;
      const named = (id: string) => clauses.find((one: { id: string }) => one.id === id);
      const general = named('keep.periods');
      expect(named('keep.advertising').replacedBy ?? []).toEqual([]);
      expect(general.replacedBy).toMatchObject([
        { policy: 'ticketing', clauseId: 'ticketing.periods', number: 1, service: 'ticketing' },
      ]);
      const own = (await get('policies/ticketing')).body;
      expect(own.clauses[0].replaces).toMatchObject([{ policy: 'privacy', clauseId: 'keep.periods', number: 2 }]);
      expect(own.contact).toEqual({ 'zh-CN': '客服热线 400-000-0000', en: 'Customer service 400-000-0000' });
    });

    it('show every published revision and no other', async () => {
      const { items } = (await get('policies/privacy/revisions')).body;
      expect(items.map((one: { number: number; state: string }) => [one.number, one.state])).toEqual([
        [3, 'scheduled'],
        [1, 'effective'],
      ]);
      expect((await get('policies/privacy/revisions/3')).body.clauses).toHaveLength(4);
      for (const number of [2, 4, 99])
        expect((await get(`policies/privacy/revisions/${number}`)).body).toMatchObject({
          status: 404,
          code: 'policy.revision_not_found',
        });
      expect((await get('policies/nothing')).body).toMatchObject({ status: 404, code: 'policy.not_found' });
    });

    it('have no revision of a number that none can have', async () => {
      for (const number of ['0', '-1', '1.5', 'x', '1e3', '2147483648', '99999999999']) {
        for (const path of ['', '/changes'])
          expect((await get(`policies/privacy/revisions/${number}${path}`)).body).toMatchObject({
            status: 404,
            code: 'policy.revision_not_found',
          });
      }
      expect((await get('/policies/privacy/99999999999', english)).status).toBe(404);
    });

    it('are not looked for under a name that no policy can have', async () => {
      const asked = jest.spyOn(test.get(Database).dataSource.manager, 'findOneBy');
      for (const slug of ['Privacy', 'a'.repeat(61), '-', '%20privacy']) {
        for (const path of ['', '/revisions', '/revisions/1'])
          expect((await get(`policies/${slug}${path}`)).body).toMatchObject({ status: 404, code: 'policy.not_found' });
      }
      expect(asked).not.toHaveBeenCalled();
      asked.mockRestore();
    });

    it('tell what a revision changed, by default against the one in force before it', async () => {
      const changes = (await get('policies/privacy/revisions/3/changes')).body;
      expect(changes).toMatchObject({
        from: { number: 1 },
        to: { number: 3 },
        materiality: 'freshConsent',
        differences: expect.arrayContaining([expect.objectContaining({ rule: 'collection.categoryAdded' })]),
      });
      expect((await get('policies/privacy/revisions/3/changes?from=1')).body).toEqual(changes);
      expect((await get('policies/privacy/revisions/1/changes')).body.from).toBeNull();
      expect((await get('policies/privacy/revisions/3/changes?from=2')).body.code).toBe('policy.revision_not_found');
    });

    it('answer 304 as long as nothing changed', async () => {
      const first = await get('policies/privacy');
      const etag = String(first.headers['etag']);
      expect(first.headers['cache-control']).toBe('public, no-cache');
      expect(await get('policies/privacy', { 'if-none-match': etag })).toMatchObject({ status: 304, text: '' });
      expect((await get('policies/privacy', { 'if-none-match': '"other"' })).status).toBe(200);
    });
  });

  describe('as pages', () => {
    it('are found from one page, with what is announced at its top', async () => {
      const page = await get('/policies', english);
      expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(page.text).toContain('<a href="/policies/privacy?lang=en">Privacy policy</a>');
      expect(page.text).toContain('The Privacy policy changes on <time');
      expect(page.text).toContain('Customer service 400-000-0000');
    });

    it('may load nothing but their own stylesheet and run nothing', async () => {
      const page = await get('/policies/privacy');
      expect(page.headers['content-security-policy']).toContain("default-src 'none'");
      expect(page.text).not.toMatch(/<script|<img|<iframe|style="/);
      const addresses = [...page.text.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(
        (match) => match[1] ?? '',
      );
      expect(addresses).toHaveLength(1);
      const sheet = await get(addresses[0] ?? '');
      expect(sheet.headers['content-type']).toBe('text/css; charset=utf-8');
      expect(sheet.text).toContain('prefers-color-scheme: dark');
      expect(sheet.text).not.toMatch(/@import|url\(/);
    });

    it('speak the language asked for in the address, else that of the browser', async () => {
      expect((await get('/policies/privacy', english)).text).toContain('<html lang="en">');
      expect((await get('/policies/privacy?lang=zh-CN', english)).text).toContain('<html lang="zh-CN">');
      expect((await get('/policies/privacy')).headers['content-language']).toBe('zh-CN');
    });

    it('explain words in place and again below, each with its link', async () => {
      const { text } = await get('/policies/privacy?lang=en');
      expect(text).toContain(
        '<dfn><abbr title="what you are called">name</abbr></dfn> and <dfn><abbr title="a number to reach you">phone number</abbr></dfn>',
      );
      expect(text).toContain('Words in this clause (2)');
      expect(text).toContain('<a href="https://help.example/name" rel="noopener noreferrer">more</a>');
    });

    it('show which clauses of a service come first', async () => {
      expect((await get('/policies/ticketing?lang=en')).text).toMatch(
        /Within the service “ticketing” this comes before:<\/p><ul><li><a href="\/policies\/privacy\?lang=en#c-keep\.periods">Privacy policy, Clause 2: How long we keep it/,
      );
      expect((await get('/policies/privacy?lang=en')).text).toContain('these come before this clause');
    });

    it('tell what changes in plain words before it is in force', async () => {
      const { text } = await get('/policies/privacy/3/changes?lang=en');
      expect(text).toContain('What changed from revision 1 to revision 3');
      expect(text).toContain('Needs your consent anew');
      expect(text).toContain('<ins>Search history</ins>');
    });

    it('can be saved as one file that needs nothing else', async () => {
      const file = await get('/policies/privacy/1?lang=en&download=1');
      expect(file.headers['content-disposition']).toBe('attachment; filename="privacy-1-en.html"');
      expect(file.text).not.toContain('<link');
      expect(file.text).toContain('<style>');
      expect([...file.text.matchAll(/href="(?!#|https:\/\/)/g)]).toEqual([]);
    });

    it('answer with a page, too, that there is none', async () => {
      for (const path of [
        '/policies/nothing',
        '/policies/privacy/2',
        '/policies/privacy/4',
        '/policies/privacy/x',
        '/policies/privacy/1e3',
        '/policies/%22%3E%3Cscript%3E/1',
      ]) {
        const page = await get(path, english);
        expect([page.status, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
        expect(page.text).toContain('There is no such published policy or revision.');
        expect(page.text).not.toContain('<script');
      }
    });
  });

  it('keep earlier texts readable once a new one is in force', async () => {
    await test.get(ScheduledTasks).runAll();
    await staff.advance('P9D');
    expect((await get('policies/privacy')).body.revision.number).toBe(3);
    expect((await get('policies/privacy/revisions/1')).body.revision).toMatchObject({
      state: 'superseded',
      supersededAt: expect.any(String),
    });
    const page = await get('/policies/privacy/1?lang=en');
    expect(page.text).toContain('no longer in force');
    expect(page.text).toContain('<a href="/policies/privacy?lang=en">Read the revision in force</a>');
    expect((await get('/policies', english)).text).not.toContain('class="banner"');
  });
});
