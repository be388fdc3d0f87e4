import fc from 'fast-check';
import { keptName } from './file-name.rules.js';

describe('the name of a file', () => {
  it.each([
    ['evidence.pdf', 'evidence.pdf'],
    ['票据 2026.PDF', '票据 2026.PDF'],
    ['../../etc/passwd', 'passwd.pdf'],
    ['C:\\Users\\Lin\\scan.pdf', 'scan.pdf'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe.pdf'],
    ['page.html', 'page.html.pdf'],
    ['.htaccess', 'htaccess.pdf'],
    ['a\r\nSet-Cookie: x=1.pdf', 'aSet-Cookie_ x=1.pdf'],
    ['"quoted"; filename=x.pdf', '_quoted_; filename=x.pdf'],
    ['', 'attachment.pdf'],
    ['...', 'attachment.pdf'],
    ['/', 'attachment.pdf'],
    ['.pdf', 'pdf.pdf'],
    ['half \ud83d.pdf', 'half .pdf'.replace(' .', '.')],
  ])('%j is kept as %j', (given, kept) => {
    expect(keptName(given, 'application/pdf')).toBe(kept);
  });

  it('is cut where nobody reads on, and keeps its ending', () => {
    const kept = keptName(`${'很'.repeat(5000)}.pdf`, 'application/pdf');
    expect([kept.length, kept.endsWith('很.pdf')]).toEqual([104, true]);
  });

  it('is short, legible, without a path, ends as what the file is, and stays so when kept again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (given) => {
        const kept = keptName(given, 'text/plain');
        expect(kept).not.toMatch(/[/\\\p{C}<>:"|?*]/u);
        expect(kept).toMatch(/^[^.\s].*\.(txt|log|md)$/i);
        expect([...kept].length).toBeLessThanOrEqual(104);
        expect(keptName(kept, 'text/plain')).toBe(kept);
      }),
      { numRuns: 2000 },
    );
  });
});
