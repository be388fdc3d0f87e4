import { anEmail, aSignedInOperator, codeTo, type TestConsole } from '@abide/identity/testing';
import { newId } from '@abide/kernel';
import type { TestApp } from '@abide/platform/testing';
import { aPolicy, PolicyStaff } from '@abide/policy/testing';
import { Fulfilment } from '../fulfilment/fulfilment.service.js';
import { createRightsApp } from '../testing/app.js';

describe('the pages of requests without an account', () => {
  let test: TestApp;
  let officer: TestConsole;

  beforeAll(async () => {
    test = await createRightsApp();
    await (await PolicyStaff.open(test)).inForce(aPolicy());
    officer = await aSignedInOperator(test, 'privacyOfficer');
  });
  afterAll(() => test.close());

  const get = (path: string, cookie = '') =>
    test.request({ method: 'GET', path: `/requests${path}`, headers: { cookie } });
  const submit = (path: string, fields: Record<string, string>, cookie = '') =>
    test.request({
      method: 'POST',
      path: `/requests${path}`,
      body: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', cookie },
    });
  const empty = { text: '', name: '', relation: '' };

  it.each([
    ['zh-CN', '个人信息请求', '提交并获取验证码'],
    ['en', 'Ask about your data', 'Send and get a code'],
  ])('are written in %s, without a script', async (lang, title, button) => {
    const { headers, text } = await get(`?lang=${lang}`);
    expect([headers['content-type'], headers['content-language']]).toEqual(['text/html; charset=utf-8', lang]);
    for (const part of [`<html lang="${lang}">`, `<h1>${title}</h1>`, button, 'for="address"'])
      expect(text).toContain(part);
    expect(text).not.toContain('<script');
  });

  it('lead from the form by the code to the package', async () => {
    const { value } = anEmail();
    const made = await submit('?lang=zh-CN', { ...empty, type: 'access', address: value });
    const location = String(made.headers['location']);
    expect(made.status).toBe(303);
    const id = /^\/requests\/([0-9a-f-]{36})\?lang=zh-CN$/.exec(location)?.[1] ?? '';
    expect((await get(`/${id}`)).text).toContain('autocomplete="one-time-code"');
    const code = await codeTo(test, value);
    const wrong = await submit(`/${id}?lang=zh-CN`, { code: code === '000000' ? '111111' : '000000' });
    expect([wrong.status, wrong.text]).toEqual([400, expect.stringContaining('role="alert">验证码不正确')]);
    const proven = await submit(`/${id}?lang=zh-CN`, { code });
    const set = String(proven.headers['set-cookie']);
    expect([proven.status, proven.headers['location']]).toEqual([303, location]);
    for (const part of ['HttpOnly', 'SameSite=Strict', `Path=/requests/${id}`]) expect(set).toContain(part);
    const [cookie = ''] = set.split(';');
    expect((await get(`/${id}?lang=zh-CN`, cookie)).text).toContain('正在处理');
    await officer.post(`operator/requests/${id}/message`, { text: '<b>哪一年？' });
    expect((await get(`/${id}?lang=zh-CN`, cookie)).text).toContain('&lt;b&gt;哪一年？');
    expect((await submit(`/${id}/message`, { text: '今年' }, cookie)).status).toBe(303);
    await officer.post(`operator/requests/${id}/decision`, { outcome: 'grant', text: '请查收。' });
    await test.get(Fulfilment).run(id);
    const page = (await get(`/${id}?lang=zh-CN`, cookie)).text;
    for (const part of ['已答复', '请查收。', `href="/requests/${id}/package"`]) expect(page).toContain(part);
    expect((await get(`/${id}/package`, cookie)).headers['content-type']).toBe('application/zip');
    expect((await get(`/${id}/package`)).status).toBe(401);
  });

  it('let whoever proved it appeal to somebody else, and take it back', async () => {
    const { value } = anEmail();
    const made = await submit('?lang=en', { ...empty, type: 'explanation', address: value, text: 'Why?' });
    const id = /requests\/([0-9a-f-]{36})/.exec(String(made.headers['location']))?.[1] ?? '';
    const proven = await submit(`/${id}?lang=en`, { code: await codeTo(test, value) });
    const [cookie = ''] = String(proven.headers['set-cookie']).split(';');
    const refusal = { outcome: 'refuse', reason: 'It is in the policy.' };
    expect((await officer.post(`operator/requests/${id}/decision`, refusal)).body.state).toBe('closed');
    expect((await get(`/${id}?lang=en`, cookie)).text).toContain(`action="/requests/${id}/appeal?lang=en"`);
    expect((await submit(`/${id}/appeal?lang=en`, { text: 'It is not.' })).status).toBe(401);
    expect((await submit(`/${id}/appeal?lang=en`, { text: 'It is not.' }, cookie)).status).toBe(303);
    expect((await officer.post(`operator/requests/${id}/decision`, refusal)).body.code).toBe('request.same_operator');
    const page = (await get(`/${id}?lang=en`, cookie)).text;
    expect(page).toContain('Being looked at');
    expect(page).toContain(`action="/requests/${id}/cancellation?lang=en"`);
    expect((await submit(`/${id}/cancellation?lang=en`, {}, cookie)).status).toBe(303);
    const over = (await get(`/${id}?lang=en`, cookie)).text;
    expect(over).toContain('Taken back');
    expect(over).not.toContain('/cancellation');
    expect((await submit(`/${id}/cancellation?lang=en`, {}, cookie)).text).toContain('The request is over');
  });

  it('take a file by a form, look at what it is, and show it to whoever answers', async () => {
    const { value } = anEmail();
    const form = { ...empty, type: 'complaint', address: value, text: 'See the file.', name: '顾念（虚构）' };
    const made = await submit('?lang=en', form);
    const id = /requests\/([0-9a-f-]{36})/.exec(String(made.headers['location']))?.[1] ?? '';
    const proven = await submit(`/${id}?lang=en`, { code: await codeTo(test, value) });
    const [cookie = ''] = String(proven.headers['set-cookie']).split(';');
    const upload = (content: string, with_ = cookie) => {
      const part =
        'Content-Disposition: form-data; name="file"; filename="letter.pdf"\r\nContent-Type: application/pdf';
      return test.request({
        method: 'POST',
        path: `/requests/${id}/files?lang=en`,
        body: Buffer.from(`--form\r\n${part}\r\n\r\n${content}\r\n--form--\r\n`),
        headers: { 'content-type': 'multipart/form-data; boundary=form', cookie: with_ },
      });
    };
    const page = async ({ status, headers }: { status: number; headers: Record<string, unknown> }) => {
      expect(status).toBe(303);
      return (await get(String(headers['location']).replace('/requests', ''), cookie)).text;
    };
    expect((await get(`/${id}?lang=en`, cookie)).text).toContain('enctype="multipart/form-data"');
    expect(await page(await upload('%PDF-1.7\n1 0 obj << >> endobj\n%%EOF\n'))).toContain('The file has arrived');
    expect(await page(await upload('PK\u0003\u0004 an archive'))).toContain('no PDF, picture or plain text');
    await upload('%PDF-1.7\n%%EOF\n', 'abide_request=abq_none');
    const shown = (await get(`/${id}?lang=en`, cookie)).text;
    for (const part of ['<li>letter.pdf</li>', '<dd>顾念（虚构）</dd>', 'Address confirmed'])
      expect(shown).toContain(part);
    const { attachments } = (await officer.get(`operator/requests/${id}`)).body;
    expect(attachments).toMatchObject([{ name: 'letter.pdf', type: 'application/pdf' }]);
    await submit(`/${id}/cancellation?lang=en`, {}, cookie);
    expect((await officer.get(`operator/requests/${id}`)).body.attachments).toEqual([]);
    expect(await page(await upload('%PDF-1.7\n%%EOF\n'))).toContain('The request is over');
  });

  it('say what is wrong, and keep what was written, as text', async () => {
    const refused = await submit('?lang=en', { ...empty, type: 'inquiry', address: '"><script>alert(1)</script>' });
    expect([refused.status, refused.text]).toEqual([
      400,
      expect.stringContaining('role="alert">Say in your own words'),
    ]);
    expect(refused.text).toContain('value="&quot;&gt;&lt;script&gt;');
    expect(refused.text).not.toContain('<script');
  });

  it('take nothing that a page of another site sends, nor one that hides where it is', async () => {
    const { value: address } = anEmail();
    const made = await submit('?lang=en', { ...empty, type: 'complaint', address, text: 'Too many.' });
    const id = /requests\/([0-9a-f-]{36})/.exec(String(made.headers['location']))?.[1] ?? '';
    const proven = await submit(`/${id}?lang=en`, { code: await codeTo(test, address) });
    const [cookie = ''] = String(proven.headers['set-cookie']).split(';');
    const cancel = (headers: Record<string, string>) =>
      test.request({
        method: 'POST',
        path: `/requests/${id}/cancellation?lang=en`,
        body: '',
        headers: { 'content-type': 'application/x-www-form-urlencoded', cookie, ...headers },
      });
    for (const [name, value] of [
      ['origin', 'https://evil.example'],
      ['origin', 'null'],
      ['sec-fetch-site', 'cross-site'],
      ['sec-fetch-site', 'same-site'],
    ] as const)
      expect((await cancel({ [name]: value })).body.code).toBe('session.csrf');
    expect((await get(`/${id}?lang=en`, cookie)).headers['referrer-policy']).toBe('same-origin');
    const own = { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' };
    expect((await cancel(own)).status).toBe(303);
  });

  it('say of a file only what is known to be said of one', async () => {
    const { value } = anEmail();
    const made = await submit('?lang=en', { ...empty, type: 'complaint', address: value, text: 'Too many.' });
    const id = /requests\/([0-9a-f-]{36})/.exec(String(made.headers['location']))?.[1] ?? '';
    const proven = await submit(`/${id}?lang=en`, { code: await codeTo(test, value) });
    const [cookie = ''] = String(proven.headers['set-cookie']).split(';');
    for (const file of ['constructor', '__proto__', 'toString'])
      expect((await get(`/${id}?lang=en&file=${file}`, cookie)).text).toMatch(/role="alert">[^<]*again/);
  });

  it('tell nothing of whether there is a request before the code', async () => {
    const { value } = anEmail();
    const made = await submit('?lang=en', { ...empty, type: 'deletion', address: value });
    const id = /requests\/([0-9a-f-]{36})/.exec(String(made.headers['location']))?.[1] ?? '';
    const other = newId();
    const seen = (await get(`/${id}?lang=en`)).text.replaceAll(id, '');
    expect((await get(`/${other}?lang=en`, 'abide_request=abq_none')).text.replaceAll(other, '')).toBe(seen);
  });
});
