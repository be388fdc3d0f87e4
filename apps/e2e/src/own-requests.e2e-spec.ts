import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { fromBufferPromise } from 'yauzl';
import { accessibilityFaults, launchBrowser, openWindow } from './browser.js';
import { call, demoOf, operatorEmail, signInOperator, type Credential } from './clients.js';
import { aDataFolder, removeFolder, startWithDemo, stop, until, type Product } from './product.js';

const looks = [
  { locale: 'zh-CN', colorScheme: 'light' },
  { locale: 'en', colorScheme: 'dark' },
] as const;

const email = 'lin.xiaohe@example.com';

/** 林小禾 asks in the sample app and a support agent answers in the console, as a newcomer tries it: each step stands on the one before. */
describe('what somebody asks in the sample app', () => {
  const folder = aDataFolder();
  let product: Product;
  let browser: Browser;
  let person: Page;
  let agent: Page;
  let headers: Credential;
  let complaints: readonly string[][];

  beforeAll(async () => {
    product = await startWithDemo(folder);
    browser = await launchBrowser();
    const own = await openWindow(browser, { locale: 'zh-CN' });
    const desk = await openWindow(browser, { locale: 'zh-CN' });
    [person, agent, complaints] = [own.page, desk.page, [own.complaints, desk.complaints]];
    await signIn(person, '/sample/#requests', { login: email });
    await person.getByRole('heading', { name: '我的请求' }).waitFor();
    await signIn(agent, '/console/requests', { login: operatorEmail(product, 'supportAgent') });
    await agent.getByRole('heading', { level: 1 }).first().waitFor();
    const body = { identifier: { type: 'email', value: email }, password: demoOf(product).password };
    const { accessToken } = (await call(product, 'POST', 'sessions', { body })).body;
    headers = { authorization: `Bearer ${accessToken}` };
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await stop(product);
    removeFolder(folder);
  });

  async function signIn(page: Page, path: string, { login }: { login: string }): Promise<void> {
    await page.goto(`${product.url}${path}`);
    await page.locator('input[type=email]').fill(login);
    await page.locator('input[type=password]').fill(demoOf(product).password);
    await page.keyboard.press('Enter');
  }

  async function code(): Promise<string> {
    const { items } = (await call(product, 'POST', 'dev/messages/query', { body: { to: email } })).body;
    return /\b\d{6}\b/.exec(items[0].text)?.[0] ?? '';
  }

  const press = (name: string, on = person): Promise<void> => on.getByRole('button', { name, exact: true }).click();
  const says = (what: string): Promise<void> => person.getByRole('status').getByText(what).waitFor();

  /** Sends the form and proves it by the code; resolves to the number and the id of the request. */
  async function askAndProve(): Promise<{ id: string; number: string }> {
    await press('提交请求');
    await says('请求已保存，还差一步');
    await person.getByLabel('验证码').fill(await code());
    await press('确认');
    await says('身份已确认');
    const number = await person.getByText(/^\d{6}-[0-9A-Z]{7}$/).innerText();
    return { id: person.url().split('/').at(-1) ?? '', number };
  }

  async function answerInTheConsole({ id, number }: { id: string; number: string }, words: string): Promise<void> {
    await agent.goto(`${product.url}/console/requests`);
    await agent.getByRole('link', { name: number }).click();
    await agent.getByLabel('给本人的答复').fill(words);
    await press('作出决定', agent);
    await until(async () => (await call(product, 'GET', `me/requests/${id}`, { headers })).body.state === 'closed');
    await press('重新读取');
    await person.getByText(words).waitFor();
  }

  /** `proof`: what is entered between, where a code is asked for. */
  async function downloaded(proof = async () => {}): Promise<Record<string, string>> {
    const download = person.waitForEvent('download');
    await press('下载资料包');
    await proof();
    const zip = await fromBufferPromise(readFileSync(await (await download).path()));
    const files: Record<string, string> = {};
    for await (const entry of zip.eachEntry()) {
      const chunks = await Array.fromAsync(await zip.openReadStreamPromise(entry));
      files[entry.fileName] = Buffer.concat(chunks as Buffer[]).toString('utf8');
    }
    await says('资料包已下载');
    return files;
  }

  it('begins once a code proves it; a wrong one changes nothing, and another can be sent', async () => {
    await person.getByRole('link', { name: '提出请求' }).click();
    await person.getByRole('radio', { name: '查阅、复制我的信息' }).check();
    await person.getByLabel('补充说明').fill('请给我全部信息。');
    await press('提交请求');
    await person.getByRole('heading', { name: '确认是您本人' }).waitFor();
    const first = await code();
    await person.getByLabel('验证码').fill(first === '000000' ? '000001' : '000000');
    await press('确认');
    await person.getByRole('alert').getByText('验证码不对。请求还在').waitFor();
    await press('重新发送验证码');
    await says('已重新发送');
    await person.getByLabel('验证码').fill(await code());
    await press('确认');
    await says('身份已确认，请求开始办理。');
    await person.getByText('正在处理').first().waitFor();
  });

  it('is answered in the console, and comes as a package with the ticket order, an event and its clause', async () => {
    const number = await person.getByText(/^\d{6}-[0-9A-Z]{7}$/).innerText();
    await answerInTheConsole({ id: person.url().split('/').at(-1) ?? '', number }, '请在十四天内下载。');
    const files = await downloaded();
    const page = files['index.html'] ?? '';
    for (const part of ['话剧《雾港》', '浏览记录', '浏览、搜索与应用使用记录']) expect(page).toContain(part);
    await person.getByText('已下载 1 次').waitFor();
  });

  it('corrects a name that the ticketing service holds too, which is seen there afterwards', async () => {
    await person.goto(`${product.url}/sample/#requests/new?kind=correction&category=registration.name`);
    await person.getByLabel('应当是').fill('林小荷');
    await answerInTheConsole(await askAndProve(), '已更正。');
    await person.getByText('各系统的进展').click();
    await person.getByRole('listitem').filter({ hasText: '票务系统' }).getByText('已完成').waitFor();
    await person.goto(`${product.url}/sample/#requests/new?kind=access&category=registration.name`);
    await answerInTheConsole(await askAndProve(), '更正后的姓名在这里。');
    const data = (await downloaded())['data.json'] ?? '';
    expect(data).toMatch(/"nameOnTicket":\s*"林小荷"/);
    expect(data).not.toContain('林小禾');
  });

  it('is listed with how each stands, and messages lead to it', async () => {
    const { items } = (await call(product, 'GET', 'me/notices', { headers })).body;
    const { link } = items.find(({ kind }: { kind: string }) => kind === 'request');
    await person.goto(link);
    await person.getByText('更正后的姓名在这里。').waitFor();
    await person.getByRole('link', { name: '全部请求' }).click();
    const asked = person.getByRole('link', { name: '查阅、复制我的信息' });
    await asked.nth(1).waitFor();
    expect(await asked.count()).toBe(2);
    await person.getByRole('link', { name: '我的信息', exact: true }).click();
    await person.getByText('逐条查看：浏览记录').click();
    await person
      .locator('details[open] li')
      .getByRole('link', { name: '条款：浏览、搜索与应用使用记录' })
      .first()
      .waitFor();
    expect(complaints).toEqual([[], []]);
  });

  it('is not asked by relatives after death, where the person has so arranged', async () => {
    await person.getByRole('link', { name: '身后的安排' }).click();
    await person.getByText('目前没有另作安排，按法律办理。').waitFor();
    await person.getByLabel('删除', { exact: true }).uncheck();
    await press('保存安排');
    await says('已保存。');
    await person.getByText('近亲属不得请求删除。').waitFor();
    expect((await call(product, 'GET', 'me/after-death', { headers })).body).toEqual({ relativesMayNot: ['deletion'] });
  });

  it('takes another code before a package is fetched or a wait is ended by somebody signed in for long', async () => {
    const confirmAgain = async (): Promise<void> => {
      await person.getByText('为确保是您本人').waitFor();
      expect(await accessibilityFaults(person)).toEqual([]);
      await person.getByLabel('验证码').fill(await code());
      await press('确认');
    };
    const body = { type: 'deletion', categories: ['log.browsing'] };
    const { id } = (await call(product, 'POST', 'me/requests', { body, headers })).body;
    const proof = { body: { code: await code() }, headers };
    await call(product, 'POST', `me/requests/${id}/verification`, proof);
    const officer = await signInOperator(product, 'privacyOfficer');
    const decision = { body: { outcome: 'grant' }, headers: officer };
    expect((await call(product, 'POST', `operator/requests/${id}/decision`, decision)).body.state).toBe('waiting');
    await call(product, 'POST', 'dev/clock', { body: { advance: 'PT16M' } });
    await person.getByRole('link', { name: '我的请求', exact: true }).click();
    await person.getByRole('link', { name: '查阅、复制我的信息' }).first().click();
    expect(Object.keys(await downloaded(confirmAgain))).toContain('index.html');
    await person.goto(`${product.url}/sample/#requests/${id}`);
    await press('不再等待，立即执行');
    await press('立即执行');
    await confirmAgain();
    await says('等待期已结束');
    await call(product, 'POST', 'dev/clock', { body: { reset: true } });
    expect(complaints).toEqual([[], []]);
  });

  it.each(looks)('has no accessibility fault, on a phone either, in $locale and $colorScheme', async (look) => {
    const { page, complaints: own } = await openWindow(browser, look);
    await signIn(page, '/sample/#requests', { login: email });
    const { items } = (await call(product, 'GET', 'me/requests', { headers })).body;
    const faults: string[] = [];
    for (const fragment of ['requests', 'requests/new', `requests/${items[0].id}`, 'holdings', 'after-death']) {
      await page.goto(`${product.url}/sample/#${fragment}`);
      await page.locator('main .panel, main fieldset').first().waitFor();
      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 900 });
        faults.push(...(await accessibilityFaults(page)).map((fault) => `${fragment} ${width}: ${fault}`));
        expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
      }
    }
    expect([faults, own]).toEqual([[], []]);
    await page.context().close();
  });
});
