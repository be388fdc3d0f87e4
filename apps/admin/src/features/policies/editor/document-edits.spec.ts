import { describe, expect, it } from '@jest/globals';
import type { Clause, PolicyDocument, Term } from '@abide/rulebook';
import { edited, newClause } from './document-edits.js';

const minors: Term = { type: 'minors', under: 14, requires: 'guardianConsent' };
const aClause = (id: string, terms: Term[] = []): Clause => ({
  id,
  heading: { 'zh-CN': '标题', en: 'Heading' },
  body: { 'zh-CN': '正文', en: 'Body' },
  terms,
});
const aDocument = (...clauses: Clause[]): PolicyDocument => ({
  policy: 'privacy',
  kind: 'general',
  title: { 'zh-CN': '隐私政策', en: 'Privacy policy' },
  glossary: [],
  definitions: [],
  services: [],
  recipients: [],
  clauses,
});
const idsOf = ({ clauses }: PolicyDocument) => clauses.map(({ id }) => id).join(' ');

describe('editing a policy text', () => {
  const document = aDocument(aClause('a'), aClause('b', [minors]), aClause('c'));

  it('changes one clause and leaves the others the very same', () => {
    const after = edited(document, { kind: 'clause', index: 1, change: { heading: { 'zh-CN': '新', en: 'New' } } });
    expect(after.clauses[1]?.heading.en).toBe('New');
    expect(after.clauses[0]).toBe(document.clauses[0]);
    expect(document.clauses[1]?.heading.en).toBe('Heading');
  });

  it.each([
    [1, -1, 'b a c'],
    [1, 1, 'a c b'],
    [0, -1, 'a b c'],
    [2, 1, 'a b c'],
  ] as const)('moves clause %i by %i and stops at the ends', (index, by, order) => {
    expect(idsOf(edited(document, { kind: 'moveClause', index, by }))).toBe(order);
  });

  it('adds a clause behind the one in hand, with an id nobody has', () => {
    const taken = aDocument(aClause('clause-2'));
    const after = edited(taken, { kind: 'addClause', after: 0, clause: newClause(taken) });
    expect(idsOf(after)).toBe('clause-2 clause-3');
  });

  it('removes a clause', () => {
    expect(idsOf(edited(document, { kind: 'removeClause', index: 1 }))).toBe('a c');
  });

  it('adds, changes and removes terms of a clause', () => {
    const added = edited(document, { kind: 'addTerm', clause: 1, term: { ...minors, under: 18 } });
    const changed = edited(added, { kind: 'term', clause: 1, index: 0, term: { ...minors, under: 16 } });
    expect(changed.clauses[1]?.terms.map((term) => term.type === 'minors' && term.under)).toEqual([16, 18]);
    expect(edited(changed, { kind: 'removeTerm', clause: 1, index: 0 }).clauses[1]?.terms).toHaveLength(1);
  });

  it('leaves out what was cleared instead of keeping an empty member', () => {
    const withContact = edited(document, { kind: 'frame', change: { contact: { 'zh-CN': '电话', en: 'Phone' } } });
    expect('contact' in edited(withContact, { kind: 'frame', change: { contact: undefined } })).toBe(false);
  });
});
