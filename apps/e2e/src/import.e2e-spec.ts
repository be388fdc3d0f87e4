import { buffer } from 'node:stream/consumers';
import type { Browser, Page } from 'playwright-core';
import { ZipFile } from 'yazl';
import { accessibilityFaults, faultsInBothAppearances, launchBrowser, openWindow, type Window } from './browser.js';
import { demoOf, operatorEmail } from './clients.js';
import { aDataFolder, removeFolder, startWithDemo, stop, type Product } from './product.js';

const chinese = [
  [
    '一、我们收集的信息',
    '为向您提供购票服务，我们会收集您的姓名和手机号。',
    '经您同意，我们会收集您的浏览记录，用于个性化推荐。',
  ],
  ['二、保存多久', '姓名和手机号保存至账户注销，之后删除。', '浏览记录保存六个月，到期后删除。'],
  ['三、您的权利', '您有权查阅、更正和删除您的个人信息。'],
];
const english = `# What we collect

To sell you tickets we collect your name and phone number.

With your consent we collect your browsing history for personalised recommendations.

# How long we keep it

We keep your name and phone number until you close your account and delete them then.

We keep your browsing history for six months and delete it then.

# Your rights

You may access, correct and delete your data.
`;

/** From the document that somebody has to a draft that waits for review. */
describe('a policy that somebody has already', () => {
  const folder = aDataFolder();
  let product: Product;
  let browser: Browser;
  let window: Window;
  let page: Page;

  beforeAll(async () => {
    product = await startWithDemo(folder);
    browser = await launchBrowser();
    window = await openWindow(browser, { locale: 'zh-CN' });
    page = window.page;
    await signIn(page);
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await stop(product);
    removeFolder(folder);
  });

  async function signIn(on: Page): Promise<void> {
    await on.goto(`${product.url}/console/policies/import`);
    await on.locator('input[type=email]').fill(operatorEmail(product, 'policyEditor'));
    await on.locator('input[type=password]').fill(demoOf(product).password);
    await on.keyboard.press('Enter');
    await on.locator('input[type=file]').waitFor({ state: 'attached' });
  }
  const give = (on: Page, name: string, buffer: Buffer) =>
    on.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
  const step = (name: string) =>
    page
      .getByRole('navigation', { name: '导入步骤' })
      .getByRole('link', { name: new RegExp(`${name}$`) })
      .click();
  const choose = async (label: RegExp, option: string) => {
    await page.getByLabel(label).click();
    await page.locator('.ant-select-dropdown:visible').getByTitle(option).click();
  };

  it('is refused as a scanned PDF, with what to do instead', async () => {
    await give(page, '扫描件.pdf', Buffer.from('%PDF-1.7\n1 0 obj\n<< >>\nendobj\n'));
    await page.getByText('PDF 记录的是页面位置，不是文本，没有保存任何内容。').waitFor();
    expect(new URL(page.url()).pathname).toBe('/console/policies/import');
  });

  it('becomes clauses, whose terms are decided by keyboard one after another', async () => {
    await give(page, '云杉隐私政策.docx', await aWordFile(chinese.flat()));
    await page.getByRole('heading', { level: 1, name: '云杉隐私政策.docx' }).waitFor();
    await page.getByRole('heading', { level: 2, name: '1 我们收集的信息' }).waitFor();
    expect(await faultsInBothAppearances(page)).toEqual([]);

    // What is typed and not saved outlives the page.
    await page.getByRole('button', { name: '编辑' }).click();
    await page.getByRole('textbox', { name: '标题' }).fill('我们收集哪些信息');
    await page.getByText('未保存', { exact: true }).waitFor();
    await page.reload();
    await page.getByRole('textbox', { name: '标题' }).waitFor();
    expect(await page.getByRole('textbox', { name: '标题' }).inputValue()).toBe('我们收集哪些信息');
    await page.getByRole('button', { name: '保存条款' }).click();
    await page.getByRole('heading', { level: 2, name: '1 我们收集哪些信息' }).waitFor();

    await step('约定');
    await page.getByText('已决定 0 / 5').waitFor();
    await page.locator('mark', { hasText: '姓名' }).waitFor();
    expect(await faultsInBothAppearances(page)).toEqual([]);
    // The text says of nothing that it is needed for a contract: that is asked for before the term is accepted.
    await page.keyboard.press('a');
    await page.getByLabel(/^依据/).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText('已决定 1 / 5').waitFor();
    await page.keyboard.press('a');
    await page.getByText('已决定 2 / 5').waitFor();
    await page.keyboard.press('d');
    await page.getByText('已决定 3 / 5').waitFor();
    await page.getByText('已全部保存').waitFor();
  });

  it('goes on where it was left', async () => {
    await page.goto(`${product.url}/console/policies/import`);
    await page.getByRole('listitem').filter({ hasText: '已决定 3 / 5' }).getByRole('link').click();
    await page.locator('mark', { hasText: '六个月' }).waitFor();
    await page.keyboard.press('a');
    await page.getByText('已决定 4 / 5').waitFor();
    await page.keyboard.press('a');
    await page.getByText('已决定 5 / 5').waitFor();
    await page.getByText('已全部保存').waitFor();
  });

  it('takes a term by hand where nothing was proposed', async () => {
    await page.getByRole('button', { name: '您的权利' }).click();
    await page.getByText('您有权查阅、更正和删除您的个人信息。').selectText();
    await page.getByRole('button', { name: '以所选文字添加约定' }).click();
    await choose(/^约定什么/, '保护措施');
    await choose(/^措施/, '传输加密');
    await page.keyboard.press('Escape');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: '添加约定', exact: true }).click();
    await page.getByText('已决定 6 / 6').waitFor();
    await page.getByText('自行添加', { exact: true }).waitFor();
    await page.getByText('已全部保存').waitFor();
  });

  it('lists what is missing, which is mended where its link leads', async () => {
    await step('还缺什么');
    await page.getByText('原文没有写明，也尚未选定：依据。').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('listitem').filter({ hasText: '尚未选定：依据' }).getByRole('link').click();
    await choose(/^依据/, '履行合同');
    await page.getByRole('button', { name: '按此采纳' }).click();
    await page.getByText('已全部保存').waitFor();
    await step('还缺什么');
    await page.getByText('3 个条款只有一种语言。').waitFor();
    expect(await page.getByText('尚未选定').count()).toBe(0);

    // What was declined is accepted after all: what is collected is kept for some time, and the policy has to say for how long.
    const unkept = page.getByText(/没有承诺保存期限/);
    await unkept.first().waitFor();
    await step('约定');
    await page.getByRole('switch', { name: '仅看未决定' }).click();
    await page.getByRole('button', { name: '保存多久' }).click();
    await page.getByText('不采纳', { exact: true }).first().waitFor();
    await page.keyboard.press('a');
    await page.getByText('已全部保存').waitFor();
    await step('还缺什么');
    await page.getByText('3 个条款只有一种语言。').waitFor();
    await unkept.first().waitFor({ state: 'hidden' });
  });

  it('takes its other language from a document of its own, and what that lacks by hand', async () => {
    await step('另一种语言');
    await page.getByText('0 / 3 个条款已有两种语言').waitFor();
    await give(page, 'spruce-policy.md', Buffer.from(english));
    await page.getByText('3 / 3 个条款已有两种语言').waitFor();
    await page.getByLabel('英文标题').fill('What we collect about you');
    await page.getByRole('button', { name: '保存，到下一条' }).click();
    await page.getByText('未保存', { exact: true }).waitFor({ state: 'hidden' });
    expect(await faultsInBothAppearances(page)).toEqual([]);
  });

  it('becomes a draft with tests that pass, and is submitted', async () => {
    await step('草稿');
    await page.getByLabel('短名称').fill('spruce');
    await page.getByLabel('英文标题').fill('Spruce privacy policy');
    await page.getByLabel('中文联系方式').fill('help@spruce.example.com');
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.getByRole('list', { name: '建议的测试' }).getByRole('checkbox', { checked: true }).count()).toBe(
      1,
    );
    await page.getByRole('button', { name: '保存为草稿' }).click();
    await page.waitForURL(/\/revisions\/[0-9a-f-]{36}$/);
    const revision = page.url();
    await page.goto(`${revision}/tests`);
    await page.getByRole('button', { name: '运行', exact: true }).click();
    await page.getByText(/个用例全部通过/).waitFor();
    await page.goto(`${revision}/submission`);
    for (const answer of await page.getByLabel('答复', { exact: false }).all()) await answer.fill('文本无误。');
    await page.getByLabel('意见').fill('由现有政策导入。');
    await page.getByRole('button', { name: '提交审核', exact: true }).click();
    await page.waitForURL(/\/facts$/);
    expect(window.complaints).toEqual([]);
  });

  it('is brought in from Markdown in English as well, and can be discarded', async () => {
    const { page: other, complaints } = await openWindow(browser);
    await signIn(other);
    await give(other, 'spruce.md', Buffer.from(english));
    await other.getByRole('heading', { level: 1, name: 'spruce.md' }).waitFor();
    await other.getByRole('link', { name: '2 Terms' }).click();
    await other.locator('mark', { hasText: 'phone number' }).first().waitFor();
    await other.keyboard.press('d');
    await other.getByText(/^1 of \d decided$/).waitFor();
    await other.getByText('Everything is saved').waitFor();
    await other.getByRole('button', { name: 'Discard' }).click();
    await other.getByRole('tooltip').getByRole('button', { name: 'Discard' }).click();
    await other.waitForURL(/\/policies\/import$/);
    await other.getByRole('heading', { level: 1, name: 'Bring in a policy' }).waitFor();
    await other.getByRole('link', { name: /spruce\.md/ }).waitFor({ state: 'hidden' });
    expect(complaints).toEqual([]);
    await other.context().close();
  });
});

/** A Word file of these paragraphs. */
async function aWordFile(lines: readonly string[]): Promise<Buffer> {
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  const formats = 'http://schemas.openxmlformats.org';
  const main = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
  const zip = new ZipFile();
  const add = (path: string, text: string) => zip.addBuffer(Buffer.from(`${head}${text}`), path);
  add(
    '[Content_Types].xml',
    `<Types xmlns="${formats}/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`,
  );
  add(
    '_rels/.rels',
    `<Relationships xmlns="${formats}/package/2006/relationships"><Relationship Id="rId1" Type="${formats}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
  );
  const paragraphs = lines.map((line) => `<w:p><w:r><w:t>${line}</w:t></w:r></w:p>`).join('');
  add(
    'word/document.xml',
    `<w:document xmlns:w="${formats}/wordprocessingml/2006/main"><w:body>${paragraphs}<w:sectPr/></w:body></w:document>`,
  );
  zip.end();
  return buffer(zip.outputStream);
}
