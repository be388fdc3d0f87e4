import fc from 'fast-check';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readDocument, type ReadOutcome } from '../read-document.js';
import {
  aLink,
  aList,
  aParagraph,
  aRun,
  aTable,
  aWordFile,
  aZip,
  type WordFileParts,
} from '../../testing/word-files.js';

const read = async (parts: WordFileParts): Promise<ReadOutcome> => readDocument(await aWordFile(parts), 'policy.docx');

/** Its lines as `kind level number text`, and its remarks as `code count`. */
async function said(parts: WordFileParts): Promise<{ lines: string[]; remarks: string[] }> {
  const outcome = await read(parts);
  if ('refused' in outcome) throw new Error(outcome.refused);
  const { blocks, remarks } = outcome.document;
  return {
    lines: blocks.map(({ kind, level, number, text }) => `${kind} ${level} ${number ?? '-'} ${text}`),
    remarks: remarks.map(({ code, count }) => `${code} ${count}`),
  };
}

const headings = ['1', '2'].map(
  (level) => `<w:style w:type="paragraph" w:styleId="H${level}"><w:name w:val="heading ${level}"/></w:style>`,
);
const ownHeading =
  '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="条款标题"/><w:basedOn w:val="H2"/></w:style>';

describe('a Word file', () => {
  it('is read with its headings, also those of styles that stand on others', async () => {
    const { lines, remarks } = await said({
      styles: headings.join('') + ownHeading,
      body:
        aParagraph('隐私政策', { style: 'H1' }) + aParagraph('收集', { style: 'Own' }) + aParagraph('我们收集姓名。'),
    });
    expect(lines).toEqual(['heading 1 - 隐私政策', 'heading 2 - 收集', 'paragraph 0 - 我们收集姓名。']);
    expect(remarks).toEqual([]);
  });

  it('keeps the numbers that Word gives, in the way that the document writes them', async () => {
    const list = aList('7', [
      ['chineseCounting', '%1、'],
      ['chineseCounting', '（%2）'],
      ['decimal', '%1.%3'],
      ['bullet', ''],
    ]);
    const { lines } = await said({
      numbering: `${list}<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>`,
      body: [
        aParagraph('收集', { list: ['1', 0] }),
        aParagraph('姓名', { list: ['1', 1] }),
        aParagraph('电话', { list: ['1', 1] }),
        aParagraph('细则', { list: ['1', 2] }),
        aParagraph('其他', { list: ['1', 3] }),
        aParagraph('共享', { list: ['1', 0] }),
        aParagraph('对象', { list: ['1', 1] }),
      ].join(''),
    });
    expect(lines).toEqual([
      'listItem 1 一、 收集',
      'listItem 2 （一） 姓名',
      'listItem 2 （二） 电话',
      'listItem 3 一.1 细则',
      'listItem 4 - 其他',
      'listItem 1 二、 共享',
      'listItem 2 （一） 对象',
    ]);
  });

  it('counts lists that start elsewhere, in letters and Roman, and headings that a style numbers', async () => {
    const numbered =
      '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>';
    const { lines } = await said({
      styles: numbered,
      numbering: [
        aList('1', [['upperRoman', '%1.']]),
        aList('2', [['lowerLetter', '(%1)']]),
        aList('3', [['decimal', '第%1条']]),
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>',
        '<w:num w:numId="2"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="27"/></w:lvlOverride></w:num>',
        '<w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num>',
      ].join(''),
      body: [
        aParagraph('收集', { style: 'H1' }),
        aParagraph('one', { list: ['1', 0] }),
        aParagraph('two', { list: ['1', 0] }),
        aParagraph('late', { list: ['2', 0] }),
        aParagraph('later', { list: ['2', 0] }),
        aParagraph('共享', { style: 'H1' }),
      ].join(''),
    });
    expect(lines).toEqual([
      'heading 1 第1条 收集',
      'listItem 1 I. one',
      'listItem 1 II. two',
      'listItem 1 (aa) late',
      'listItem 1 (ab) later',
      'heading 1 第2条 共享',
    ]);
  });

  it('reads as with every tracked change accepted, and says how many there were', async () => {
    const { lines, remarks } = await said({
      body: aParagraph('We keep it ', {
        runs: `<w:del w:id="1"><w:r><w:delText>for ever</w:delText></w:r></w:del><w:ins w:id="2">${aRun('one year')}</w:ins>${aRun('.')}`,
      }),
    });
    expect(lines).toEqual(['paragraph 0 - We keep it one year.']);
    expect(remarks).toEqual(['trackedChanges 2']);
  });

  it('leaves out comments, hidden text and the table of contents', async () => {
    const toc = '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>';
    const { lines, remarks } = await said({
      styles: toc,
      comments: '<w:comment w:id="1"><w:p><w:r><w:t>Ask counsel</w:t></w:r></w:p></w:comment>',
      body:
        aParagraph('收集 … 1', { style: 'T1' }) +
        aParagraph('We keep it.', {
          runs: `${aRun(' For ever.', '<w:vanish/>')}<w:r><w:commentReference w:id="1"/></w:r>`,
        }),
    });
    expect(lines).toEqual(['paragraph 0 - We keep it.']);
    expect(remarks).toEqual(['commentsLeftOut 1', 'hiddenTextLeftOut 1', 'contentsLeftOut 1']);
  });

  it('keeps footnotes behind the text', async () => {
    const { lines } = await said({
      footnotes: '<w:footnote w:id="2"><w:p><w:r><w:t>Unless a law asks for longer.</w:t></w:r></w:p></w:footnote>',
      body: aParagraph('We keep it for one year', { runs: '<w:r><w:footnoteReference w:id="2"/></w:r>' }),
    });
    expect(lines).toEqual(['paragraph 0 - We keep it for one year[1]', 'listItem 1 [1] Unless a law asks for longer.']);
  });

  it('reads tables row by row, and one within another after its row', async () => {
    const inner = aTable([['SDK', 'Purpose']]);
    const { lines, remarks } = await said({
      body: aTable([
        ['Partner', 'Data'],
        ['Maps', `${aParagraph('Place')}${inner}${aParagraph('')}`],
      ]),
    });
    expect(lines).toEqual(['tableRow 0 - Partner | Data', 'tableRow 0 - Maps | Place', 'tableRow 0 - SDK | Purpose']);
    expect(remarks).toEqual(['nestedTables 1']);
  });

  it('never runs macros', async () => {
    const { lines, remarks } = await said({
      body: aParagraph('We keep it.'),
      contentType: 'application/vnd.ms-word.document.macroEnabled.main+xml',
      files: { 'word/vbaProject.bin': 'Sub AutoOpen()' },
    });
    expect([lines, remarks]).toEqual([['paragraph 0 - We keep it.'], ['macrosLeftOut 1']]);
  });

  it('is refused where it names what is not in it', async () => {
    const bomb = (inner: string) =>
      `<?xml version="1.0"?><!DOCTYPE d [${inner}]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&amp;a;&a;</w:t></w:r></w:p></w:body></w:document>`;
    for (const inner of ['<!ENTITY a SYSTEM "file:///etc/passwd">', '<!ENTITY b "ha"><!ENTITY a "&b;&b;&b;&b;">'])
      expect(await read({ body: '', files: { 'word/document.xml': bomb(inner) } })).toEqual({ refused: 'damaged' });
  });

  it('is refused where it is another zip, broken, or encrypted', async () => {
    const whole = await aWordFile({ body: aParagraph('We keep it.') });
    expect(await readDocument(whole.subarray(0, whole.length - 40), 'a.docx')).toEqual({ refused: 'damaged' });
    expect(await readDocument(await aZip({ 'xl/workbook.xml': '<a/>' }), 'a.docx')).toEqual({
      refused: 'unknown_format',
    });
    const compound = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
    const withStream = (name: string) => Buffer.concat([compound, Buffer.from(name, 'utf16le'), Buffer.alloc(600)]);
    expect(await readDocument(withStream('EncryptedPackage'), 'a.docx')).toEqual({ refused: 'encrypted' });
    expect(await readDocument(withStream('WordDocument'), 'a.doc')).toEqual({ refused: 'old_word' });
  });

  it('unfolds to no more than it may, whatever it says of itself', async () => {
    const zeros = Buffer.alloc(70 * 1024 * 1024, ' ');
    const honest = await aWordFile({ body: '', files: { 'word/document.xml': zeros } });
    expect(honest.length).toBeLessThan(200_000);
    expect(await readDocument(honest, 'a.docx')).toEqual({ refused: 'unfolds_too_large' });

    const lying = Buffer.from(honest);
    for (let at = lying.indexOf(sizeOf(zeros.length)); at >= 0; at = lying.indexOf(sizeOf(zeros.length), at + 1))
      lying.writeUInt32LE(1000, at);
    expect(await readDocument(lying, 'a.docx')).toEqual({ refused: 'damaged' });
  });

  it('takes no text for a mark of its own', async () => {
    const { lines } = await said({ body: aParagraph('\uE000{"heading":1}\uE001 Text') });
    expect(lines).toEqual(['paragraph 0 - \uE000{"heading":1}\uE001 Text']);
  });

  it('is read or refused however it is broken', async () => {
    const body = [
      aParagraph('收集', { list: ['1', 0] }),
      aTable([['A', aTable([['B']])]]),
      aParagraph('We keep it.', {
        runs: `<w:ins>${aRun('x')}</w:ins><w:hyperlink r:id="rId1">${aRun('y')}</w:hyperlink>`,
      }),
    ].join('');
    const numbering = `${aList('7', [['decimal', '%1.%2']])}<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>`;
    const place = fc.nat({ max: body.length });
    const piece = fc.constantFrom(
      '',
      '<',
      '/>',
      '"',
      '&#0;',
      '<w:p>',
      '</w:tc>',
      '<w:numPr/>',
      '<w:lvl w:ilvl="x"/>',
      'w:',
    );
    await fc.assert(
      fc.asyncProperty(place, fc.nat({ max: 40 }), piece, async (at, length, by) => {
        const broken = (text: string) => text.slice(0, at % text.length) + by + text.slice((at % text.length) + length);
        for (const parts of [
          { body: broken(body), numbering },
          { body, numbering: broken(numbering) },
        ]) {
          const outcome = await read(parts);
          expect(['refused', 'document']).toContain(Object.keys(outcome)[0]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is not read where nothing is written in it', async () => {
    expect(await read({ body: aParagraph('') })).toEqual({ refused: 'no_text' });
  });

  it('is read in two seconds with 490,000 characters, and not with more than 500,000', async () => {
    const ofLength = (paragraphs: number) => aParagraph('我们收集您的姓名与电话号码。'.repeat(7)).repeat(paragraphs);
    const began = process.threadCpuUsage();
    const outcome = await read({ body: ofLength(5000) });
    expect('document' in outcome && outcome.document.blocks.length).toBe(5000);
    const { user, system } = process.threadCpuUsage(began);
    expect((user + system) / 1000).toBeLessThan(2000);
    expect(await read({ body: ofLength(5200) })).toEqual({ refused: 'too_long' });
  });

  describe('with parts that stand elsewhere', () => {
    let server: Server;
    let requests = 0;
    beforeAll(async () => {
      server = createServer((_request, response) => {
        requests += 1;
        response.end();
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    });
    afterAll(() => server.close());

    it('fetches none of them', async () => {
      const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
      const { remarks } = await said({
        links:
          aLink('rId7', 'image', address) +
          aLink('rId8', 'attachedTemplate', address) +
          aLink('rId9', 'hyperlink', address),
        body: `${aParagraph('We keep it.', { runs: `<w:hyperlink r:id="rId9">${aRun(' Here.')}</w:hyperlink>` })}<w:p><w:r><w:drawing><a:blip r:link="rId7"/></w:drawing></w:r></w:p>`,
      });
      expect(remarks).toEqual(['picturesLeftOut 1', 'externalReferencesLeftOut 2']);

      const page = `<html><head><link rel="stylesheet" href="${address}"><script src="${address}"></script></head><body><img src="${address}"><iframe src="${address}"></iframe><p>We keep it.</p></body></html>`;
      const outcome = await readDocument(Buffer.from(page), 'policy.html');
      expect('document' in outcome && outcome.document.remarks.map(({ code, count }) => [code, count])).toEqual([
        ['picturesLeftOut', 1],
        ['externalReferencesLeftOut', 2],
        ['scriptsLeftOut', 1],
      ]);
      expect(requests).toBe(0);
    });
  });
});

function sizeOf(bytes: number): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(bytes);
  return size;
}
