import { aSignedInOperator, type TestConsole } from '@abide/identity/testing';
import { newId } from '@abide/kernel';
import { joinPersistence } from '@abide/platform';
import { policyStack } from '@abide/policy/testing';
import { createTestApp, type TestAnswer, type TestApp } from '@abide/platform/testing';
import { policyImportPersistence } from '../persistence.js';
import { PolicyImportModule } from '../policy-import.module.js';
import { aParagraph, aWordFile } from '../testing/word-files.js';

const boundary = 'abide-test-form';
const text = [
  '# Collection',
  '',
  'We collect your name and e-mail address.',
  '',
  'We collect your browsing history.',
  '',
  '# Keeping',
  '',
  'Your browsing history is kept for one year.',
].join('\n');

describe('a policy that one has', () => {
  let test: TestApp;
  let editor: TestConsole;
  let slugs = 0;

  beforeAll(async () => {
    test = await createTestApp(
      [...policyStack.modules, PolicyImportModule],
      joinPersistence(policyStack.persistence, policyImportPersistence),
    );
    editor = await aSignedInOperator(test, 'policyEditor');
  });
  afterAll(() => test.close());

  const upload = (content: Buffer | string, name = 'policy.md', who = editor, path = ''): Promise<TestAnswer> =>
    who.request({
      method: 'POST',
      path: `operator/policy-imports${path}`,
      body: Buffer.concat([
        Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n\r\n`),
        Buffer.from(content),
        Buffer.from(`\r\n--${boundary}--\r\n`),
      ]),
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    });
  const begun = async (content: Buffer | string = text): Promise<any> => (await upload(content)).body;
  const send = (method: 'PATCH' | 'PUT' | 'DELETE', path: string, body?: object, etag?: string): Promise<TestAnswer> =>
    editor.request({
      method,
      path: `operator/policy-imports/${path}`,
      ...(body && { body }),
      headers: etag ? { 'if-match': etag } : {},
    });
  const decide = (id: string, decisions: object[], etag?: string) =>
    send('PATCH', `${id}/decisions`, { decisions }, etag);
  const edit = (id: string, ...edits: object[]) => send('PATCH', `${id}/clauses`, { edits });
  const read = async (id: string): Promise<any> => (await editor.get(`operator/policy-imports/${id}`)).body;
  const actsOn = async (id: string): Promise<string[]> => {
    const auditor = await aSignedInOperator(test, 'auditor');
    const { body } = await auditor.get(`operator/audit/entries?objectId=${id}`);
    return body.items.map(({ act }: { act: string }) => act);
  };
  const translated = async (id: string): Promise<void> => {
    for (const clause of (await read(id)).clauses)
      await send('PUT', `${id}/clauses/${clause.id}/translation`, { heading: '条款', body: '条款的译文。' });
  };
  const aDraft = (rest: object = {}) => ({
    slug: `imported-${(slugs += 1)}`,
    kind: 'general',
    title: { 'zh-CN': '隐私政策', en: 'Privacy policy' },
    contact: { 'zh-CN': '客服', en: 'Customer service' },
    ...rest,
  });
  const proposalOn = (imported: any, words: string): any =>
    imported.proposals.find(({ clauseId, paragraph, start, end }: any) =>
      imported.clauses
        .find(({ id }: any) => id === clauseId)
        .paragraphs[paragraph].text.slice(start, end)
        .includes(words),
    );

  it('is read into clauses with what they seem to promise, and kept with evidence', async () => {
    const { status, body, headers } = await upload(text);
    expect([status, headers.etag, body.state, body.format, body.locale, body.language]).toEqual([
      201,
      '"1"',
      'open',
      'markdown',
      'en',
      'en',
    ]);
    expect(body.clauses.map(({ heading }: any) => heading)).toEqual(['Collection', 'Keeping']);
    const proposal = proposalOn(body, 'browsing history');
    expect(proposal).toMatchObject({ decision: 'undecided', acceptedTerm: null, term: { type: 'collection' } });
    expect(proposal.open).toContain('basis');
    expect(await read(body.id)).toEqual(body);
    expect(await actsOn(body.id)).toEqual(['import.begun']);
  });

  it('is read out of a Word file, under its name without a path', async () => {
    const file = await aWordFile({ body: aParagraph('We collect your name.') });
    const { status, body } = await upload(file, 'C:\\\\policies\\\\policy.docx');
    expect([status, body.format, body.fileName, body.clauses.length]).toEqual([201, 'docx', 'policy.docx', 1]);
  });

  it.each([
    ['a PDF', '%PDF-1.7\n', 415, 'import.pdf'],
    ['nothing', '', 400, 'import.empty'],
    ['too much', 'word '.repeat(100_001), 413, 'import.too_long'],
    ['more than may be uploaded', Buffer.alloc(10 * 1024 * 1024 + 1, 'a'), 413, 'request.too_large'],
    ['a page nested beyond measure', `${'<div>'.repeat(50_000)}text`, 409, 'import.too_extensive'],
  ])('is refused with words where it is %s', async (_name, content, status, code) => {
    const answer = await upload(content, 'policy.html');
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.body.detail).toMatch(/Nothing was (stored|changed)/);
  });

  it('is for those who write policies', async () => {
    const { id } = await begun();
    const auditor = await aSignedInOperator(test, 'auditor');
    expect((await upload(text, 'policy.md', auditor)).body.code).toBe('operator.forbidden');
    const paths = ['operator/policy-imports', `operator/policy-imports/${id}`, `operator/policy-imports/${id}/missing`];
    for (const path of paths) expect((await auditor.get(path)).body.code).toBe('operator.forbidden');
    const acts: ['POST' | 'PATCH' | 'PUT' | 'DELETE', string][] = [
      ['PATCH', 'decisions'],
      ['PATCH', 'clauses'],
      ['POST', 'terms'],
      ['PUT', 'clauses/1/translation'],
      ['POST', 'draft'],
      ['DELETE', ''],
    ];
    for (const [method, path] of acts) {
      const answer = await auditor.request({
        method,
        path: `operator/policy-imports/${id}/${path}`.replace(/\/$/, ''),
        body: {},
      });
      expect([method, path, answer.body.code]).toEqual([method, path, 'operator.forbidden']);
    }
  });

  it('has proposals accepted, changed, declined and left open again; the same twice changes nothing', async () => {
    const { id, proposals } = await begun();
    const [first, second] = proposals;
    const term = { ...first.term, purposes: ['service.provision'], basis: 'consent' };
    const choices = [
      { proposalId: first.id, decision: 'accepted', term },
      { proposalId: second.id, decision: 'declined' },
    ];
    const { status, body } = await decide(id, choices, '"1"');
    expect([status, body.etag]).toEqual([200, '"2"']);
    expect(body.proposals.slice(0, 2).map((one: any) => [one.decision, one.acceptedTerm])).toEqual([
      ['accepted', term],
      ['declined', null],
    ]);
    expect((await decide(id, choices)).body.etag).toBe('"2"');
    const again = await decide(id, [{ proposalId: first.id, decision: 'undecided' }]);
    expect(again.body.proposals[0]).toMatchObject({ decision: 'undecided', acceptedTerm: null });
    expect(await actsOn(id)).toEqual(['import.decided', 'import.decided', 'import.begun']);

    expect((await decide(id, choices, '"1"')).body.code).toBe('import.stale_edit');
    expect((await decide(id, [{ proposalId: 'none', decision: 'declined' }])).body.code).toBe(
      'import.unknown_proposal',
    );
    const bad = [{ proposalId: first.id, decision: 'accepted', term: { type: 'nonsense' } }];
    expect((await decide(id, bad)).body.code).toBe('request.invalid');
  });

  it('keeps what was decided on a sentence when the clauses around it change', async () => {
    const imported = await begun();
    const { id } = imported;
    const [name, device, kept] = ['e-mail', 'browsing', 'one year'].map((words) => proposalOn(imported, words));
    await decide(
      id,
      [name, device, kept].map(({ id: proposalId }) => ({ proposalId, decision: 'accepted' })),
    );

    const [first, second] = imported.clauses.map((clause: any) => clause.id);
    const { status, body } = await edit(
      id,
      { kind: 'split', clauseId: first, paragraph: 1, newId: 'devices', heading: 'Devices' },
      { kind: 'rewrite', clauseId: first, body: 'We collect your name only.' },
      { kind: 'renumber', clauseId: second, newId: 'keeping' },
      { kind: 'rename', clauseId: 'keeping', heading: 'How long' },
    );
    expect([status, body.clauses.map((one: any) => [one.id, one.heading, one.body])]).toEqual([
      200,
      [
        [first, 'Collection', 'We collect your name only.'],
        ['devices', 'Devices', 'We collect your browsing history.'],
        ['keeping', 'How long', 'Your browsing history is kept for one year.'],
      ],
    ]);
    expect(proposalOn(body, 'only').decision).toBe('undecided');
    expect(proposalOn(body, 'browsing')).toMatchObject({ clauseId: 'devices', decision: 'accepted' });
    expect(proposalOn(body, 'one year')).toMatchObject({ clauseId: 'keeping', decision: 'accepted' });

    const merged = (await edit(id, { kind: 'merge', clauseId: 'keeping' }, { kind: 'remove', clauseId: first })).body;
    expect(merged.clauses.map((one: any) => one.body)).toEqual([
      'We collect your browsing history.\n\n**How long**\n\nYour browsing history is kept for one year.',
    ]);
    expect(proposalOn(merged, 'one year')).toMatchObject({ clauseId: 'devices', decision: 'accepted' });
  });

  it('has a term added by hand where nothing was proposed, which goes into the draft', async () => {
    const { id, clauses, proposals } = await begun();
    const term = { type: 'protection', measures: ['encryptionInTransit'] };
    const added = { clauseId: clauses[0].id, paragraph: 1, term };
    const { status, body } = await editor.post(`operator/policy-imports/${id}/terms`, added);
    expect([status, body.etag, body.proposals.length]).toEqual([200, '"2"', proposals.length + 1]);
    const own = body.proposals.find((one: any) => one.isAdded);
    const place = { paragraph: 1, start: 0, end: clauses[0].paragraphs[1].text.length };
    expect(own).toMatchObject({ ...place, decision: 'accepted', acceptedTerm: term, evidence: [], open: [] });
    expect(body.proposals.filter((one: any) => !one.isAdded).map((one: any) => one.id)).toEqual(
      proposals.map((one: any) => one.id),
    );
    expect((await editor.post(`operator/policy-imports/${id}/terms`, added)).body.etag).toBe('"2"');
    expect(await actsOn(id)).toEqual(['import.termAdded', 'import.begun']);

    const refused = [
      { ...added, paragraph: 2 },
      { ...added, start: 4, end: 4 },
      { ...added, term: { type: 'nonsense' } },
    ];
    const codes = [];
    for (const one of refused) codes.push((await editor.post(`operator/policy-imports/${id}/terms`, one)).body.code);
    expect(codes).toEqual(['import.unknown_place', 'import.unknown_place', 'request.invalid']);

    await translated(id);
    const wanted = aDraft();
    expect((await editor.post(`operator/policy-imports/${id}/draft`, wanted)).status).toBe(200);
    const draft = (await editor.get(`operator/policies/${wanted.slug}/draft`)).body;
    expect(draft.document.clauses.flatMap((clause: any) => clause.terms)).toEqual([term]);
  });

  it('lists what an added term lacks, and drops one that is declined', async () => {
    const { id, clauses } = await begun();
    const term = { type: 'change', notice: { leadDays: 7 } };
    const added = { clauseId: clauses[1].id, paragraph: 0, start: 0, end: 4, term };
    const { proposals } = (await editor.post(`operator/policy-imports/${id}/terms`, added)).body;
    const own = proposals.find((one: any) => one.isAdded);
    const open = async () => {
      const { items } = (await editor.get(`operator/policy-imports/${id}/missing`)).body;
      return items
        .filter((gap: any) => gap.proposalId === own.id && gap.severity === 'error')
        .map((gap: any) => gap.field);
    };
    expect(await open()).toEqual(expect.arrayContaining(['notice.channels', 'acceptance']));
    await decide(id, [{ proposalId: own.id, decision: 'declined' }]);
    expect(await open()).toEqual([]);
  });

  it('keeps an added term with its words, and asks again where they are others', async () => {
    const { id, clauses } = await begun();
    const [first] = clauses;
    const start = first.paragraphs[1].text.indexOf('browsing');
    const term = { type: 'right', rights: ['access'] };
    const place = { clauseId: first.id, paragraph: 1, start, end: start + 'browsing history'.length };
    await editor.post(`operator/policy-imports/${id}/terms`, { ...place, term });
    const own = (body: any) => body.proposals.filter((one: any) => one.isAdded);

    const split = await edit(
      id,
      { kind: 'split', clauseId: first.id, paragraph: 1, newId: 'devices', heading: 'Devices' },
      { kind: 'rewrite', clauseId: 'devices', body: 'For you, we collect your browsing history.' },
    );
    expect(own(split.body)).toMatchObject([
      { clauseId: 'devices', paragraph: 0, start: 25, end: 41, decision: 'accepted', acceptedTerm: term },
    ]);
    const [{ id: proposalId }] = own(split.body);
    const changed = { type: 'right', rights: ['access', 'erasure'] };
    await decide(id, [{ proposalId, decision: 'accepted', term: changed }]);
    const rewritten = await edit(id, { kind: 'rewrite', clauseId: 'devices', body: 'You may look at it.' });
    expect(own(rewritten.body)).toMatchObject([
      { clauseId: 'devices', paragraph: 0, start: 0, end: 19, decision: 'undecided', term: changed },
    ]);
    expect(own((await edit(id, { kind: 'remove', clauseId: 'devices' })).body)).toEqual([]);
  });

  it('refuses edits that leave no policy, or need what is not there', async () => {
    const { id, clauses, etag } = await begun();
    const clauseId = clauses[0].id;
    const codes = [];
    for (const edits of [
      [{ kind: 'merge', clauseId }],
      [{ kind: 'split', clauseId, paragraph: 7, newId: 'x', heading: 'X' }],
      [{ kind: 'renumber', clauseId, newId: clauses[1].id }],
      [
        { kind: 'remove', clauseId },
        { kind: 'remove', clauseId: clauses[1].id },
      ],
      [{ kind: 'remove', clauseId: 'none' }],
      [{ kind: 'rename', clauseId }],
    ])
      codes.push((await edit(id, ...edits)).body.code);
    expect(codes).toEqual([...Array(4).fill('import.edit_impossible'), 'import.unknown_clause', 'request.invalid']);
    expect((await read(id)).etag).toBe(etag);
  });

  it('says what is missing, and where', async () => {
    const imported = await begun();
    const { id } = imported;
    const [bare, whole] = [proposalOn(imported, 'e-mail'), proposalOn(imported, 'browsing')];
    const term = { ...whole.term, purposes: ['service.provision'], basis: 'contract' };
    await decide(id, [
      { proposalId: bare.id, decision: 'accepted' },
      { proposalId: whole.id, decision: 'accepted', term },
    ]);
    const { items } = (await editor.get(`operator/policy-imports/${id}/missing?kind=general`)).body;
    const found = (code: string) => items.filter((item: any) => item.code === code);
    expect(found('import.untranslated').map((item: any) => item.clauseId)).toEqual(
      imported.clauses.map((one: any) => one.id),
    );
    expect(found('import.undecided_member')).toContainEqual(
      expect.objectContaining({ proposalId: bare.id, field: 'basis', severity: 'error' }),
    );
    expect(found('import.undecided').length).toBe(imported.proposals.length - 2);
    expect(found('import.right_missing').map((item: any) => item.right)).toContain('deletion');
    expect(found('policy.retentionMissing')[0]).toMatchObject({
      proposalId: whole.id,
      clauseId: whole.clauseId,
    });
    expect(found('policy.missingLocale')).toEqual([]);
  });

  it('takes the other language from a whole document whose clauses are the same', async () => {
    const { id, clauses } = await begun();
    const other = (content: string) => upload(content, 'policy.md', editor, `/${id}/translations`);
    const { status, body } = await other('# 收集\n\n我们收集您的姓名。\n\n# 保存\n\n保存一年。');
    expect([status, body.clauses.map((one: any) => one.translation)]).toEqual([
      200,
      [
        { heading: '收集', body: '我们收集您的姓名。', isOutdated: false },
        { heading: '保存', body: '保存一年。', isOutdated: false },
      ],
    ]);
    expect(
      (await edit(id, { kind: 'rewrite', clauseId: clauses[1].id, body: 'For two years.' })).body.clauses[1]
        .translation,
    ).toMatchObject({ body: '保存一年。', isOutdated: true });
    const { items } = (await editor.get(`operator/policy-imports/${id}/missing`)).body;
    expect(items.filter(({ code }: any) => /translat/.test(code))).toEqual([
      expect.objectContaining({ code: 'import.translation_outdated', clauseId: clauses[1].id }),
    ]);
    expect((await other(text)).body.code).toBe('import.same_language');
    expect((await other('%PDF-1.7')).body.code).toBe('import.pdf');
    const apart = '# 甲\n\n姓名。\n\n# 乙\n\n电话。\n\n# 丙\n\n位置。';
    expect((await other(apart)).status).toBe(200);
  });

  it('becomes a draft without a single term where nobody accepted any', async () => {
    const { id, proposals } = await begun();
    expect(proposals.length).toBeGreaterThan(0);
    await translated(id);
    const wanted = aDraft();
    const { status, body } = await editor.post(`operator/policy-imports/${id}/draft`, wanted);
    expect([status, body.state, body.draftedSlug]).toEqual([200, 'drafted', wanted.slug]);
    const draft = (await editor.get(`operator/policies/${wanted.slug}/draft`)).body;
    expect(draft.document.clauses.flatMap((clause: any) => clause.terms)).toEqual([]);
    expect(draft.document.clauses.map((clause: any) => [clause.heading, clause.body.en])).toEqual([
      [
        { 'zh-CN': '条款', en: 'Collection' },
        'We collect your name and e-mail address.\n\nWe collect your browsing history.',
      ],
      [{ 'zh-CN': '条款', en: 'Keeping' }, 'Your browsing history is kept for one year.'],
    ]);
    expect((await actsOn(id))[0]).toBe('import.drafted');
    expect((await decide(id, [{ proposalId: proposals[0].id, decision: 'declined' }])).body.code).toBe('import.closed');
  });

  it('becomes a guide for children where that is wished', async () => {
    const { id } = await begun();
    await translated(id);
    const wanted = aDraft();
    expect((await editor.post(`operator/policy-imports/${id}/draft`, { ...wanted, kind: 'guide' })).status).toBe(200);
    const draft = (await editor.get(`operator/policies/${wanted.slug}/draft`)).body;
    expect(draft.document).toMatchObject({ kind: 'guide', audience: 'children' });
  });

  it('becomes a draft with what was accepted, and tests beside it that pass', async () => {
    const imported = await begun();
    const { id } = imported;
    const accepted = proposalOn(imported, 'browsing');
    const term = { ...accepted.term, purposes: ['advertising.relevant'], basis: 'consent', required: false };
    const kept = proposalOn(imported, 'one year');
    await decide(id, [
      { proposalId: accepted.id, decision: 'accepted', term },
      { proposalId: kept.id, decision: 'accepted', term: { ...kept.term, then: 'delete' } },
    ]);
    const wanted = aDraft({ withTests: true });
    expect((await editor.post(`operator/policy-imports/${id}/draft`, wanted)).body).toMatchObject({
      code: 'import.untranslated',
      errors: imported.clauses.map((clause: any) => expect.objectContaining({ pointer: clause.id })),
    });
    await translated(id);
    const saved = await editor.post(`operator/policy-imports/${id}/draft`, wanted);
    expect([saved.status, saved.body.errors]).toEqual([200, undefined]);
    const draft = (await editor.get(`operator/policies/${wanted.slug}/draft`)).body;
    expect(draft.document.clauses.flatMap((clause: any) => clause.terms)).toEqual([
      term,
      { ...kept.term, then: 'delete' },
    ]);
    const run = await editor.post(`operator/policies/${wanted.slug}/tests/run`, {});
    expect(run.body).toMatchObject({ passed: 2, failed: 0 });
  });

  it('has only those tests beside it that are wanted', async () => {
    const imported = await begun();
    const { id } = imported;
    const rest = { purposes: ['advertising.relevant'], basis: 'consent', required: false };
    const [one, other, kept] = ['e-mail', 'browsing', 'one year'].map((words) => proposalOn(imported, words));
    const retention = { ...kept.term, categories: [...kept.term.categories, ...one.term.categories], then: 'delete' };
    await decide(id, [
      { proposalId: one.id, decision: 'accepted', term: { ...one.term, ...rest } },
      { proposalId: other.id, decision: 'accepted', term: { ...other.term, ...rest } },
      { proposalId: kept.id, decision: 'accepted', term: retention },
    ]);
    await translated(id);
    const about = { clauseId: other.clauseId, category: other.term.categories[0], purpose: 'advertising.relevant' };
    const wanted = aDraft({ withTests: true, tests: [about] });
    expect((await editor.post(`operator/policy-imports/${id}/draft`, wanted)).status).toBe(200);
    const run = await editor.post(`operator/policies/${wanted.slug}/tests/run`, {});
    expect(run.body).toMatchObject({ passed: 2, failed: 0 });
  });

  it('stays as it was where the draft cannot be saved, tests and all', async () => {
    const imported = await begun();
    const { id } = imported;
    await translated(id);
    await decide(id, [{ proposalId: proposalOn(imported, 'browsing').id, decision: 'accepted' }]);
    const wanted = aDraft({ withTests: true });
    const refused = await editor.post(`operator/policy-imports/${id}/draft`, wanted);
    expect([refused.status, refused.body.code]).toEqual([400, 'policy.invalid']);
    expect((await read(id)).state).toBe('open');
    expect((await editor.get(`operator/policies/${wanted.slug}/draft`)).status).toBe(404);
  });

  it('writes over no draft that it was not told of', async () => {
    const [first, second] = [await begun(), await begun()];
    const wanted = aDraft();
    for (const { id } of [first, second]) await translated(id);
    await editor.post(`operator/policy-imports/${first.id}/draft`, wanted);
    const refused = await editor.post(`operator/policy-imports/${second.id}/draft`, wanted);
    expect([refused.status, refused.body.code]).toEqual([428, 'policy.if_match_required']);
    const { contentHash } = (await editor.get(`operator/policies/${wanted.slug}/draft`)).body;
    const saved = await editor.post(`operator/policy-imports/${second.id}/draft`, {
      ...wanted,
      replacesDraft: contentHash,
    });
    expect(saved.status).toBe(200);
  });

  it('goes on where it stopped: one’s own before those of others, and gone when discarded', async () => {
    const other = await aSignedInOperator(test, 'policyEditor');
    const { id } = await begun();
    const theirs = (await upload(text, 'theirs.md', other)).body;
    const listed = (await other.get('operator/policy-imports')).body.items;
    expect([listed[0].id, listed[1].id]).toEqual([theirs.id, id]);
    expect(listed[0]).toMatchObject({
      fileName: 'theirs.md',
      clauses: 2,
      decided: 0,
      createdBy: { id: other.operatorId },
    });
    const mine = (await editor.get('operator/policy-imports')).body.items;
    expect(mine.findIndex((line: any) => line.id === id)).toBeLessThan(
      mine.findIndex((line: any) => line.id === theirs.id),
    );

    const gone = await send('DELETE', id);
    expect([gone.status, gone.body.state, gone.body.clauses, gone.body.proposals]).toEqual([200, 'discarded', [], []]);
    expect((await editor.get('operator/policy-imports?state=discarded')).body.items[0].id).toBe(id);
    expect((await send('DELETE', newId())).body.code).toBe('import.not_found');
  });
});
