import {
  aChild,
  aMember,
  anAdult,
  anEmail,
  anEnterprise,
  aSignedInOperator,
  aSignedInSubject,
  codeTo,
  letLook,
  type TestClientApp,
  type TestConsole,
} from '@abide/identity/testing';
import type { TestApp } from '@abide/platform/testing';
import { aPolicy, PolicyStaff } from '@abide/policy/testing';
import { Fulfilment } from '../fulfilment/fulfilment.service.js';
import { aProvenRequest, createRightsApp } from '../testing/app.js';
import { filesIn } from '../testing/zip-files.js';
import { anUpload } from '../testing/uploads.js';

describe('what a package tells of requests', () => {
  let test: TestApp;
  let officer: TestConsole;
  let accepted: { acceptedRevisionIds: string[] };

  beforeAll(async () => {
    test = await createRightsApp();
    accepted = { acceptedRevisionIds: [await (await PolicyStaff.open(test)).inForce(aPolicy())] };
    officer = await aSignedInOperator(test, 'privacyOfficer');
  });
  afterAll(() => test.close());

  const fileOf = (who: TestClientApp) => anUpload(test, { authorization: `Bearer ${who.accessToken}` });
  const grant = async (id: string) => {
    expect((await officer.post(`operator/requests/${id}/decision`, { outcome: 'grant' })).status).toBe(200);
    await test.get(Fulfilment).run(id);
  };
  /** What stands in a package, all of it, and the names of the files that were supplied. */
  const fetched = async (url: string, token: string) => {
    const answer = await test.app.inject({
      method: 'GET',
      url: `/api/v1/${url}`,
      headers: { authorization: `Bearer ${token}` },
    });
    const files = await filesIn(answer.rawPayload);
    const records: { values: { number?: string } }[] = JSON.parse(files['data.json'] ?? '').records;
    return {
      has: (...words: string[]) => {
        const text = JSON.stringify(files);
        return words.filter((word) => text.includes(word));
      },
      supplied: Object.keys(files).filter((name) => name.startsWith('files/')),
      of: (number: string) => records.find(({ values }) => values.number === number)?.values,
    };
  };

  it('is to a ward that a guardian asked, and to the guardian nothing of what the ward asked; the files of neither go to the other', async () => {
    const parent = await anAdult(test, accepted);
    const { child } = await aChild(test, { guardian: parent.identifier, ...accepted });
    await letLook(test, officer, child.subjectId);
    const complaint = { type: 'complaint', text: '大人不让我说的话', attachmentIds: [await fileOf(child)] };
    const secret = (await child.send('POST', 'me/requests', complaint)).body;
    const path = `me/wards/${child.subjectId}/requests`;
    const wanted = { type: 'access', text: '监护人写的话', attachmentIds: [await fileOf(parent)] };
    const asked = (await parent.send('POST', path, wanted)).body;
    await parent.send('POST', `${path}/${asked.id}/verification`, {
      code: await codeTo(test, parent.identifier.value),
    });
    await grant(asked.id);
    const theirs = await fetched(`${path}/${asked.id}/package`, parent.accessToken);
    expect(theirs.has('大人不让我说的话', secret.number)).toEqual([]);
    expect(theirs.supplied).toEqual([]);
    expect(theirs.of(asked.number)).toMatchObject({ text: '监护人写的话' });

    const own = await aProvenRequest(test, child);
    await grant(own.id);
    const mine = await fetched(`me/requests/${own.id}/package`, child.accessToken);
    expect(mine.of(asked.number)).toEqual({
      number: asked.number,
      type: 'access',
      state: 'closed',
      outcome: 'granted',
      askedAs: 'guardian',
    });
    expect(mine.of(secret.number)).toMatchObject({ text: '大人不让我说的话' });
    expect(mine.supplied).toHaveLength(1);
    expect(mine.has('监护人写的话', '林大禾')).toEqual([]);
  });

  it('is to whoever acts for an enterprise no more than every member reads who may fetch it', async () => {
    const both = await anEnterprise(test, accepted);
    const { enterprise, contact } = both;
    const member = await aMember(test, both, ['askAccess']);
    const path = `me/enterprises/${enterprise.subjectId}/requests`;
    const closing = { type: 'deletion', text: '联系人的私语', attachmentIds: [await fileOf(contact)] };
    const hidden = (await contact.send('POST', path, closing)).body;
    const shown = (await contact.send('POST', path, { type: 'portability', text: '带走资料' })).body;
    const own = { type: 'complaint', text: '企业账号的投诉', attachmentIds: [await fileOf(enterprise)] };
    await enterprise.send('POST', 'me/requests', own);
    const { id } = (await member.send('POST', path, { type: 'access' })).body;
    await member.send('POST', `${path}/${id}/verification`, { code: await codeTo(test, member.identifier.value) });
    await grant(id);
    const theirs = await fetched(`${path}/${id}/package`, member.accessToken);
    expect(theirs.has('联系人的私语', '企业账号的投诉', 'evidence.pdf', hidden.number, '周听澜', '周**')).toEqual([]);
    expect(theirs.supplied).toEqual([]);
    expect(theirs.of(shown.number)).toMatchObject({ text: '带走资料', askedAs: 'contact' });
  });

  it('is nothing of what was not agreed to by two, of how identity was checked, nor of what shows that something was done', async () => {
    const agent = await aSignedInOperator(test, 'supportAgent');
    const person = await aSignedInSubject(test, { ...accepted, birthDate: '2010-06-01' });
    for (const who of [officer, agent]) await letLook(test, who, person.subjectId);
    const refuse = { outcome: 'refuse', reason: '尚未核准的拒绝', text: '尚未核准的答复' };
    const ask = async (text: string) =>
      (await person.send('POST', 'me/requests', { type: 'explanation', text })).body as { id: string; number: string };
    const refused = await ask('为什么收集？');
    await officer.post(`operator/requests/${refused.id}/decision`, refuse);
    const sentBack = await ask('还有什么？');
    await officer.post(`operator/requests/${sentBack.id}/decision`, refuse);
    const colleague = await aSignedInOperator(test, 'privacyOfficer');
    await letLook(test, colleague, person.subjectId);
    const rejected = await colleague.post(`operator/requests/${sentBack.id}/rejection`, { reason: '理由不足以拒绝' });
    expect(rejected.body.state).toBe('open');
    const file = await anUpload(test, { cookie: agent.cookie, 'x-abide-csrf': agent.csrfToken });
    const evidence = { text: '来电者像是继父', attachmentIds: [file] };
    const recorded = { subjectId: person.subjectId, type: 'inquiry', channel: 'telephone', text: '来电所问' };
    const opened = await agent.post('operator/requests', { ...recorded, evidence, reason: '来电提出，无法使用应用' });
    expect(opened.status).toBe(201);

    const told = (await person.send('GET', `me/requests/${sentBack.id}`)).body;
    expect(told).toMatchObject({ outcome: null, answer: null });
    for (const word of ['尚未核准', '理由不足以拒绝']) expect(JSON.stringify(told)).not.toContain(word);
    const own = await aProvenRequest(test, person);
    await grant(own.id);
    const mine = await fetched(`me/requests/${own.id}/package`, person.accessToken);
    expect(mine.of(refused.number)).toMatchObject({ text: '为什么收集？', outcome: null, answer: null });
    expect(mine.has('来电所问', '尚未核准', '理由不足以拒绝', '像是继父', 'evidence.pdf')).toEqual(['来电所问']);
    expect(mine.supplied).toEqual([]);
  });

  it('is to a near relative what they asked and what the one who died did, without what operators saw; to an owner who lives after all that they did', async () => {
    const owner = await aSignedInSubject(test, accepted);
    const question = { type: 'inquiry', text: '生前写的话', attachmentIds: [await fileOf(owner)] };
    await owner.send('POST', 'me/requests', question);
    const before = await aProvenRequest(test, owner);
    const asked = async (text: string) => {
      const identifier = anEmail();
      const body = { type: 'access', identifier, name: '林远', relation: '儿子', text };
      const { id } = (await test.request({ method: 'POST', path: 'requests', body })).body;
      const code = await codeTo(test, identifier.value);
      const proof = await test.request({ method: 'POST', path: `requests/${id}/verification`, body: { code } });
      const seen = { subjectId: owner.subjectId, reason: '核对了死亡证明' };
      const agent = await aSignedInOperator(test, 'supportAgent');
      const { change } = (await agent.post(`operator/requests/${id}/deceased`, seen)).body;
      expect((await officer.post(`operator/changes/${change.id}/confirmation`, {})).status).toBe(200);
      const { token } = proof.body as { token: string };
      const about = (await test.request({ method: 'GET', path: `requests/${id}`, token })).body;
      return { id, token, about: about as { id: string; number: string } };
    };
    const [one, other] = [await asked('想保留票根'), await asked('另一位亲属的话')];
    await grant(one.about.id);
    const theirs = await fetched(`requests/${one.id}/package`, one.token);
    const told = ['想保留票根', '生前写的话'];
    expect(theirs.has(...told, '死亡证明', '另一位亲属的话', '林远', '儿子', other.about.number)).toEqual(told);
    expect(theirs.supplied).toEqual(['files/1-evidence.pdf']);

    const withdrawal = `operator/subjects/${owner.subjectId}/death/withdrawal`;
    const { change } = (await officer.post(withdrawal, { reason: '本人到柜台出示身份证' })).body;
    const colleague = await aSignedInOperator(test, 'privacyOfficer');
    expect((await colleague.post(`operator/changes/${change.id}/confirmation`, {})).status).toBe(200);
    await owner.signIn();
    await grant(before.id);
    const mine = await fetched(`me/requests/${before.id}/package`, owner.accessToken);
    expect(mine.of(one.about.number)).toMatchObject({ askedAs: 'relative' });
    expect(mine.has('想保留票根', '死亡证明', '林远', '儿子')).toEqual([]);
  });
});
