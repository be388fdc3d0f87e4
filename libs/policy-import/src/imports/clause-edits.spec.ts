import fc from 'fast-check';
import { bodyOf, paragraphsOf } from '../clauses/paragraphs.js';
import type { ImportedClause } from '../document.js';
import { edited, type ClauseEdit } from './clause-edits.js';

const aClause = (id: string, body: string): ImportedClause => ({
  id,
  heading: `On ${id}`,
  body,
  paragraphs: paragraphsOf(body),
});
const after = (bodies: Record<string, string>, ...edits: ClauseEdit[]) =>
  edited({ clauses: Object.entries(bodies).map(([id, body]) => aClause(id, body)), translations: {} }, edits).clauses;

describe('a clause that is divided', () => {
  const divide = (body: string, paragraph: number) =>
    after({ one: body }, { kind: 'split', clauseId: 'one', paragraph, newId: 'two', heading: 'Two' }).map(
      (clause) => clause.body,
    );

  it('keeps its words and how they are marked up', () => {
    expect(divide('A **b**.\n\nC [d](https://example.com).', 1)).toEqual(['A **b**.', 'C [d](https://example.com).']);
  });

  it('keeps the depth of a list within the part that begins with it', () => {
    expect(divide('Lead:\n\n- a\n  - b\n  - c\n\nEnd.', 2)).toEqual(['Lead:\n\n- a', '- b\n- c\n\nEnd.']);
  });

  it('is not divided within a table', () => {
    const body = 'Lead.\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n\nEnd.';
    expect(divide(body, 1)[1]).toBe('| A | B |\n| --- | --- |\n| 1 | 2 |\n\nEnd.');
    expect(divide(body, 3)).toEqual(['Lead.\n\n| A | B |\n| --- | --- |\n| 1 | 2 |', 'End.']);
    expect(() => divide(body, 2)).toThrow(expect.objectContaining({ code: 'import.edit_impossible' }));
  });

  it('says the same, whatever it says and wherever it is divided', () => {
    const line = fc.record({
      text: fc.stringMatching(/^[A-Za-z收集姓名*_#|\-.]{1,12}$/),
      level: fc.integer({ min: 0, max: 2 }),
      isRow: fc.constant(false),
    });
    fc.assert(
      fc.property(fc.array(line, { minLength: 2, maxLength: 8 }), fc.nat(), (lines, at) => {
        const body = bodyOf(lines);
        const texts = paragraphsOf(body).map(({ text }) => text);
        fc.pre(texts.length >= 2);
        const paragraph = 1 + (at % (texts.length - 1));
        const parts = divide(body, paragraph).map((part) => paragraphsOf(part).map(({ text }) => text));
        expect(parts).toEqual([texts.slice(0, paragraph), texts.slice(paragraph)]);
      }),
    );
  });
});

describe('clauses that are joined', () => {
  it('keep the heading of the second as a line, and all translations', () => {
    const clauses = [aClause('1', 'A.'), aClause('2', 'B.')];
    const words = (heading: string) => ({ heading, body: `${heading}。`, isOutdated: false });
    const joined = edited({ clauses, translations: { 1: words('甲'), 2: words('乙') } }, [
      { kind: 'merge', clauseId: '2' },
    ]);
    expect(joined).toEqual({
      clauses: [aClause('1', 'A.\n\n**On 2**\n\nB.')],
      translations: { 1: { heading: '甲', body: '甲。\n\n**乙**\n\n乙。', isOutdated: true } },
    });
  });
});
