import { readDocument } from './read-document.js';

/** Its lines as `kind level number text`, and its remarks as `code count`. */
async function said(file: Buffer | string, fileName = 'policy.html') {
  const outcome = await readDocument(Buffer.from(file), fileName);
  if ('refused' in outcome) return outcome.refused;
  const { blocks, remarks, format, locale } = outcome.document;
  return {
    format,
    locale,
    lines: blocks.map(({ kind, level, number, text }) => `${kind} ${level} ${number ?? '-'} ${text}`),
    remarks: remarks.map(({ code, count }) => `${code} ${count}`),
  };
}

describe('a page', () => {
  it('is read as it is seen: without scripts, hidden text, pictures and navigation', async () => {
    const page = `<!doctype html><html><head><title>x</title><style>p{}</style></head><body>
      <nav><a href="/">Home</a></nav><h2>What we  collect</h2>
      <p>Your <b>name</b>,<br>your number.</p>
      <p style="display: none">and your soul</p><div hidden>and more</div><script>alert(1)</script>
      <img src="a.png"><form><input value="x"><button>Accept</button></form></body></html>`;
    expect(await said(page)).toEqual({
      format: 'html',
      locale: 'en',
      lines: ['heading 2 - What we collect', 'paragraph 0 - Your name,', 'paragraph 0 - your number.'],
      remarks: ['picturesLeftOut 1', 'scriptsLeftOut 1', 'hiddenTextLeftOut 2', 'contentsLeftOut 1'],
    });
  });

  it('keeps the numbers of its lists', async () => {
    const page = `<ol type="a" start="3"><li>one<ul><li>within</li></ul></li><li value="9"><p>nine</p><p>on</p></li></ol><ol reversed><li>b</li><li>a</li></ol>`;
    expect(await said(page)).toMatchObject({
      lines: [
        'listItem 1 c. one',
        'listItem 2 - within',
        'listItem 1 i. nine',
        'paragraph 0 - on',
        'listItem 1 2. b',
        'listItem 1 1. a',
      ],
    });
  });

  it('is read where its tables only frame it, and row by row where they hold something', async () => {
    const page = `<table><tr><td><h1>Policy</h1><p>Text</p></td></tr></table>
      <table><caption>Partners</caption><tr><th>Name</th><th>Data</th></tr><tr><td>Maps</td><td><ol><li>place</li></ol></td></tr></table>`;
    expect(await said(page)).toMatchObject({
      lines: [
        'heading 1 - Policy',
        'paragraph 0 - Text',
        'paragraph 0 - Partners',
        'tableRow 0 - Name | Data',
        'tableRow 0 - Maps | 1. place',
      ],
    });
  });

  it('that begins with comments is known at once', async () => {
    const began = performance.now();
    expect(await said(`${'<!---->'.repeat(500)}text`, 'policy.txt')).toMatchObject({ format: 'text' });
    expect(performance.now() - began).toBeLessThan(1000);
  });

  it('nested a hundred thousand deep is refused, and holds nobody up', async () => {
    await expect(said(`${'<div>'.repeat(100_000)}text`)).rejects.toThrow(RangeError);
  });
});

describe('Markdown', () => {
  it('is read with its headings, lists, tables and the page within it', async () => {
    const text =
      '# Policy\n\n1) one\n2) two\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n<script>x</script>\n\n<p>in a *page*</p>\n';
    expect(await said(text, 'policy.md')).toEqual({
      format: 'markdown',
      locale: 'en',
      lines: [
        'heading 1 - Policy',
        'listItem 1 1. one',
        'listItem 1 2. two',
        'tableRow 0 - A | B',
        'tableRow 0 - 1 | 2',
        'paragraph 0 - in a *page*',
      ],
      remarks: ['scriptsLeftOut 1'],
    });
  });
});

const chinese = '我们收集您的姓名、电话号码与位置信息，用于提供服务。未经您的同意，我们不会向第三方提供。';

describe('a plain text', () => {
  /** GB 18030 of “我们收集您的姓名。”, which no encoder of the platform writes. */
  const inGb18030 = Buffer.from('ced2c3c7cad5bcafc4fab5c4d0d5c3fba1a3', 'hex');

  it.each([
    ['UTF-8', Buffer.from(chinese)],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${chinese}`)],
    ['UTF-16 with a mark', Buffer.from(`\uFEFF${chinese}`, 'utf16le')],
    ['UTF-16 of the other order', Buffer.from(`\uFEFF${chinese}`, 'utf16le').swap16()],
  ])('is read in %s', async (_name, bytes) => {
    expect(await said(bytes, 'policy.txt')).toEqual({
      format: 'text',
      locale: 'zh-CN',
      lines: [`paragraph 0 - ${chinese}`],
      remarks: [],
    });
  });

  it('is read in GB 18030, and in what Windows writes in English', async () => {
    expect(await said(inGb18030, 'policy.txt')).toMatchObject({ lines: ['paragraph 0 - 我们收集您的姓名。'] });
    const page = Buffer.concat([Buffer.from('<meta charset="gbk"><p>'), inGb18030]);
    expect(await said(page)).toMatchObject({ lines: ['paragraph 0 - 我们收集您的姓名。'] });
    const english = Buffer.from(
      'We don\x92t sell your data. It\x92s yours, and we keep it for one year only.',
      'latin1',
    );
    expect(await said(english, 'policy.txt')).toMatchObject({
      lines: ['paragraph 0 - We don’t sell your data. It’s yours, and we keep it for one year only.'],
    });
  });

  it('says where it is in two languages', async () => {
    const both = `${chinese}\nWe collect your name.\n${chinese}\nWe keep it for one year.`;
    expect(await said(both, 'policy.txt')).toMatchObject({ locale: 'mixed', remarks: ['mixedLanguages 2'] });
  });
});

describe('what is no text', () => {
  it.each([
    ['nothing', Buffer.alloc(0), 'empty'],
    ['a blank page', '  \n ', 'no_text'],
    ['a PDF', '%PDF-1.7\n%âãÏÓ\n1 0 obj', 'pdf'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'unknown_format'],
    ['rich text', '{\\rtf1\\ansi We keep it.}', 'unknown_format'],
    ['bytes', Buffer.from([1, 2, 3, 4, 5]), 'unknown_format'],
    ['more than anybody reads', 'word '.repeat(100_001), 'too_long'],
  ])('is refused: %s', async (_name, file, code) => {
    expect(await said(file, 'policy.docx')).toBe(code);
  });
});
