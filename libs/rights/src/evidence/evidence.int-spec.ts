import { Attachments } from '@abide/attachments';
import {
  advance,
  anEmail,
  aSignedInOperator,
  aSignedInSubject,
  codeTo,
  letLook,
  resetClock,
  type TestClientApp,
  type TestConsole,
} from '@abide/identity/testing';
import { newId } from '@abide/kernel';
import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { aPolicy, PolicyStaff } from '@abide/policy/testing';
import { RightsHolder } from '../rights.holder.js';
import { aProvenRequest, createRightsApp } from '../testing/app.js';
import { anUpload } from '../testing/uploads.js';

describe('a file that a request rests on', () => {
  let test: TestApp;
  let agent: TestConsole;
  let officer: TestConsole;
  let person: TestClientApp;
  let accepted: { acceptedRevisionIds: string[] };

  beforeAll(async () => {
    test = await createRightsApp();
    accepted = { acceptedRevisionIds: [await (await PolicyStaff.open(test)).inForce(aPolicy())] };
    agent = await aSignedInOperator(test, 'supportAgent');
    officer = await aSignedInOperator(test, 'privacyOfficer');
    person = await aSignedInSubject(test, accepted);
  });
  afterEach(() => resetClock(test));
  afterAll(() => test.close());

  const uploadedBy = (who: TestClientApp) => anUpload(test, { authorization: `Bearer ${who.accessToken}` });
  const corrections = [{ category: 'registration.name', value: '林小荷' }];
  const correction = async (attachmentIds: string[]) =>
    aProvenRequest(test, person, { type: 'correction', corrections, attachmentIds });
  const read = (who: TestConsole, id: string, file: string) => who.get(`operator/requests/${id}/attachments/${file}`);

  it('is shown with it, and read by who answers it, as a download, with evidence of each time', async () => {
    const file = await uploadedBy(person);
    const { id } = await correction([file]);
    const own = (await person.send('GET', `me/requests/${id}`)).body;
    expect(own).toMatchObject({ files: ['evidence.pdf'], names: { 'registration.name': expect.anything() } });
    const seen = (await agent.get(`operator/requests/${id}`)).body;
    expect(seen.attachments).toEqual([
      expect.objectContaining({ id: file, name: 'evidence.pdf', type: 'application/pdf' }),
    ]);
    const answer = await read(agent, id, file);
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/pdf']);
    expect(answer.headers['content-disposition']).toBe("attachment; filename*=UTF-8''evidence.pdf");
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.text).toContain('%PDF-1.7');
    await read(agent, id, file);
    const trail = (await officer.get(`operator/audit/entries?objectId=${id}&limit=50`)).body.items;
    const looks = trail.filter(({ act }: { act: string }) => act === 'request.evidenceRead');
    expect(looks).toHaveLength(2);
    expect(looks[0].actor.id).toBe(agent.operatorId);
  });

  it('is read of somebody under age only while a colleague lets one look', async () => {
    const minor = await aSignedInSubject(test, { ...accepted, birthDate: '2010-06-01' });
    const file = await uploadedBy(minor);
    const { id } = await aProvenRequest(test, minor, { type: 'correction', corrections, attachmentIds: [file] });
    expect(await read(agent, id, file)).toMatchObject({ status: 403, body: { code: 'subject.minor_look_unapproved' } });
    await letLook(test, agent, minor.subjectId);
    expect((await read(agent, id, file)).status).toBe(200);
  });

  it('is read by who has signed in lately, or confirms with the password again', async () => {
    const other = await aSignedInSubject(test, accepted);
    const file = await uploadedBy(other);
    const { id } = await aProvenRequest(test, other, { type: 'correction', corrections, attachmentIds: [file] });
    await advance(test, 'PT6M');
    expect(await read(agent, id, file)).toMatchObject({ status: 403, body: { code: 'session.step_up_required' } });
    await agent.stepUp();
    expect((await read(agent, id, file)).status).toBe(200);
  });

  it('is read by nobody else, and by no other request', async () => {
    const file = await uploadedBy(person);
    const { id } = await correction([file]);
    const other = await correction([]);
    const auditor = await aSignedInOperator(test, 'auditor');
    expect((await read(auditor, id, file)).body.code).toBe('operator.forbidden');
    expect((await read(agent, other.id, file)).body.code).toBe('attachment.not_found');
    expect((await read(agent, id, newId())).body.code).toBe('attachment.not_found');
    expect((await read(agent, newId(), file)).body.code).toBe('request.not_found');
  });

  it('is the person’s own, and of one request alone; else nothing is asked', async () => {
    const stranger = await aSignedInSubject(test, accepted);
    const used = await uploadedBy(person);
    await correction([used]);
    const before = (await person.send('GET', 'me/requests')).body.items.length;
    for (const file of [await uploadedBy(stranger), await anUpload(test), used, newId()])
      expect(
        (await person.send('POST', 'me/requests', { type: 'correction', corrections, attachmentIds: [file] })).body
          .code,
      ).toBe('attachment.unusable');
    expect((await person.send('GET', 'me/requests')).body.items).toHaveLength(before);
  });

  it('without an account goes when the request is closed, and is read until then', async () => {
    const { value } = anEmail();
    const file = await anUpload(test);
    const body = { type: 'inquiry', identifier: { type: 'email', value }, text: '请看附件', attachmentIds: [file] };
    const { id } = (await test.request({ method: 'POST', path: 'requests', body })).body;
    await test.request({
      method: 'POST',
      path: `requests/${id}/verification`,
      body: { code: await codeTo(test, value) },
    });
    expect((await read(agent, id, file)).status).toBe(200);
    await officer.post(`operator/requests/${id}/decision`, { outcome: 'grant', text: '已阅。' });
    expect((await read(agent, id, file)).body.code).toBe('attachment.not_found');
  });

  it('stays with a closed request of an account, as long as that is kept', async () => {
    const file = await uploadedBy(person);
    const { id } = await correction([file]);
    await officer.post(`operator/requests/${id}/decision`, { outcome: 'refuse', reason: '证明不足。' });
    expect((await read(officer, id, file)).status).toBe(200);
    const now = new Date(Date.now() + 4 * 366 * 86_400_000);
    await test.get(Database).transaction(() => test.get(RightsHolder).expire({ now, limit: 1000, except: [] }));
    expect(await test.get(Attachments).citedBy({ kind: 'request', id })).toEqual([]);
  });
});
