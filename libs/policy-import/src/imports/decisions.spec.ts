import fc from 'fast-check';
import type { ImportedClause, Proposal } from '../document.js';
import { carriedDecisions, withDistinctIds, type Decision } from './decisions.js';

const aClause = (id: string, ...lines: string[]): ImportedClause => ({
  id,
  heading: id,
  body: lines.join('\n\n'),
  paragraphs: lines.map((text) => ({ text, level: 0, isRow: false })),
});
const everySentence = (clauses: readonly ImportedClause[], category = 'log.search'): Proposal[] =>
  clauses.flatMap(({ id: clauseId, paragraphs }) =>
    paragraphs.map(({ text }, paragraph) => ({
      id: `${clauseId}/${paragraph}/${category}`,
      clauseId,
      paragraph,
      start: 0,
      end: text.length,
      term: { type: 'collection', categories: [category] },
      evidence: [],
      open: [],
    })),
  );
const accepted = (purpose: string): Decision => ({
  decision: 'accepted',
  term: { type: 'collection', purposes: [purpose] },
});

describe('what was decided', () => {
  const clauses = [aClause('1', 'A.', 'B.'), aClause('2', 'A.')];
  const decisions = {
    '1/0/log.search': accepted('one'),
    '2/0/log.search': accepted('two'),
    '1/1/log.search': { decision: 'declined' as const },
  };
  const before = { clauses, proposals: everySentence(clauses), decisions };
  const carried = (changed: readonly ImportedClause[], category?: string) =>
    carriedDecisions(before, { clauses: changed, proposals: everySentence(changed, category) });

  it('stays with its sentence in another clause and under another number', () => {
    expect(carried([aClause('9', 'B.'), aClause('1', 'A.')])).toEqual({
      '9/0/log.search': { decision: 'declined' },
      '1/0/log.search': accepted('one'),
    });
  });

  it('stays in its clause where another says the same', () => {
    expect(carried([aClause('2', 'A.'), aClause('1', 'A.')])).toEqual({
      '2/0/log.search': accepted('two'),
      '1/0/log.search': accepted('one'),
    });
  });

  it('goes where the sentence or the term is another', () => {
    expect(carried([aClause('1', 'A!', 'B')])).toEqual({});
    expect(carried(clauses, 'log.browsing')).toEqual({});
  });

  it('is told apart by ids that differ, the first as it was', () => {
    const [one, other] = everySentence([aClause('1', 'A.'), aClause('2', 'A.')]).map((proposal) => ({
      ...proposal,
      id: 'x',
    }));
    expect(withDistinctIds([one, other, one].filter((each) => each !== undefined)).map(({ id }) => id)).toEqual([
      'x',
      'x~2',
      'x~3',
    ]);
  });

  it('is as it was where nothing changed, and never more than it was', () => {
    const texts = fc.array(fc.array(fc.constantFrom('A.', 'B.', 'C.'), { minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 4,
    });
    const asClauses = (lines: string[][]) => lines.map((each, index) => aClause(String(index), ...each));
    fc.assert(
      fc.property(texts, texts, (one, other) => {
        const [from, to] = [asClauses(one), asClauses(other)];
        const proposals = everySentence(from);
        const all = Object.fromEntries(proposals.map(({ id }) => [id, accepted(id)]));
        const given = { clauses: from, proposals, decisions: all };
        expect(carriedDecisions(given, { clauses: from, proposals })).toEqual(all);
        const kept = Object.values(carriedDecisions(given, { clauses: to, proposals: everySentence(to) }));
        expect(new Set(kept).size).toBe(kept.length);
      }),
    );
  });
});
