import { describe, expect, it } from '@jest/globals';
import { termTypes, validatePolicyValue, offlineRegistry, type Term } from '@abide/rulebook';
import { blankTerm, fieldValue, termFields, withField } from './term-fields.js';

const documentWith = (term: Term) => ({
  policy: 'privacy',
  kind: 'general',
  title: { 'zh-CN': '政策', en: 'Policy' },
  clauses: [
    { id: 'a', heading: { 'zh-CN': '标题', en: 'Heading' }, body: { 'zh-CN': '正文', en: 'Body' }, terms: [term] },
  ],
});
const shapeProblems = (term: Term) =>
  validatePolicyValue(documentWith(term), offlineRegistry()).problems.filter(
    ({ code }) => code === 'policy.unknownKey' || code === 'policy.wrongType',
  );

describe('the form of a term', () => {
  it.each(termTypes)('for %s starts from what the format knows', (type) => {
    expect(shapeProblems(blankTerm(type))).toEqual([]);
  });

  it.each(termTypes)('for %s asks for every member that is required', (type) => {
    const bare = { type } as unknown as Term;
    const missing = validatePolicyValue(documentWith(bare), offlineRegistry()).problems.flatMap(({ path, code }) =>
      code === 'policy.missing' ? [/terms\[0\]\.(\w+)/.exec(path)?.[1]] : [],
    );
    const asked = new Set<string | undefined>(
      termFields[type].filter(({ required }) => required).map(({ path }) => path[0]),
    );
    expect(missing.filter((name) => name !== undefined && !asked.has(name))).toEqual([]);
  });

  it('reads and writes a member inside another', () => {
    const change = blankTerm('change');
    const longer = withField(change, ['notice', 'leadDays'], 15);
    expect(fieldValue(longer, ['notice', 'leadDays'])).toBe(15);
    expect(fieldValue(longer, ['notice', 'channels'])).toEqual(['inApp', 'email']);
    expect(fieldValue(change, ['notice', 'leadDays'])).toBe(7);
  });

  it.each([[''], [undefined], [null], [false], [[]]])('leaves a member out when it is cleared with %j', (empty) => {
    expect('services' in withField({ ...blankTerm('use'), services: ['ticketing'] } as Term, ['services'], empty)).toBe(
      false,
    );
  });
});
