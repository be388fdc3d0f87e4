import { compile } from '../compile.js';
import { offlineRegistry } from '../registry.js';
import type { Term } from '../terms.js';
import { aClause, aPolicy, aSharing, aUse } from '../testing/builders.js';
import { aGrant, aQuestion, aSubject } from '../testing/subjects.js';
import { explain, type ExplainedRule } from './explain.js';
import type { Question, SubjectFacts } from './facts.js';

const purpose = 'advertising.relevant';

function explained(terms: readonly Term[], facts: SubjectFacts | null, question: Partial<Question> = {}) {
  const document = aPolicy({ clauses: terms.map((term, index) => aClause(`c${index}`, [term])) });
  const { rulebook } = compile([{ document, revision: 4 }], offlineRegistry());
  const [first] = explain(rulebook!, facts, { purpose, ...aQuestion(question) } as Question & { purpose: string });
  return first!;
}

const outcomes = (rules: readonly ExplainedRule[] = []) =>
  Object.fromEntries(rules.map(({ rule, outcome, code }) => [rule, code ?? outcome]));

describe('the explanation of a decision', () => {
  it('shows the rules that let it pass, and the consent it rests on', () => {
    const { decision, rules, statements } = explained([aUse()], aSubject({ consents: [aGrant()] }));
    expect(decision.allowed).toBe(true);
    expect(outcomes(rules)).toEqual({ 1: 'passed', 2: 'notAsked', 3: 'passed' });
    expect(statements).toHaveLength(1);
    expect(statements[0]).toMatchObject({
      policy: 'privacy',
      revision: 4,
      clauseId: 'c0',
      basis: 'consent',
      service: null,
      recipient: null,
      consentEventId: 'grant',
    });
    expect(outcomes(statements[0]?.rules)).toEqual({
      4: 'passed',
      5: 'passed',
      6: 'notAsked',
      7: 'notAsked',
      8: 'passed',
      9: 'notAsked',
      10: 'passed',
    });
  });

  it('shows the rule that refused, and that no later one was asked', () => {
    const { statements } = explained([aUse()], aSubject({ isRestricted: true, consents: [aGrant()] }));
    expect(statements[0]?.consentEventId).toBeNull();
    expect(outcomes(statements[0]?.rules)).toMatchObject({
      4: 'subject.restricted',
      5: 'notReached',
      10: 'notReached',
    });
    expect(statements[0]?.rules.map(({ outcome }) => outcome)).toEqual(['refused', ...Array(6).fill('notReached')]);
  });

  it('shows that a legal obligation is asked about neither restriction, guardian nor consent', () => {
    const { statements } = explained([aUse({ basis: 'legalObligation' })], aSubject({ isRestricted: true }));
    expect(outcomes(statements[0]?.rules)).toMatchObject({ 4: 'notAsked', 5: 'notAsked', 8: 'passed', 10: 'notAsked' });
    expect(statements[0]?.consentEventId).toBeNull();
  });

  it('shows every statement that speaks of it, and how far each carried', () => {
    const terms = [aUse({ basis: 'separateConsent' }), aUse({ purposes: ['personalisation'] }), aUse()];
    const { statements } = explained(terms, aSubject({ consents: [aGrant()] }));
    expect(statements.map(({ clauseId, rules }) => [clauseId, outcomes(rules)[10]])).toEqual([
      ['c0', 'consent.separateMissing'],
      ['c2', 'passed'],
    ]);
  });

  it('shows the statements about the recipient asked for alone', () => {
    const terms = [aSharing({ basis: 'contract' }), aSharing({ basis: 'contract', recipients: ['recipient:carrier'] })];
    const { statements } = explained(terms, aSubject(), {
      action: 'share',
      purpose: 'service.provision',
      recipient: 'carrier',
    });
    expect(statements.map(({ clauseId, recipient }) => [clauseId, recipient])).toEqual([['c1', 'recipient:carrier']]);
    expect(outcomes(statements[0]?.rules)).toMatchObject({ 7: 'passed' });
  });

  it.each<[string, SubjectFacts | null, Partial<Question>]>([
    ['subject.unknown', null, {}],
    ['subject.closed', aSubject({ isClosed: true }), {}],
    ['subject.suppressed', aSubject({ isSuppressed: true }), {}],
    ['question.unknownService', aSubject(), { service: 'singing' }],
    ['recipient.unknown', aSubject(), { recipient: 'nobody' }],
  ])('stops at the first rule with %s', (code, facts, question) => {
    const { decision, rules, statements } = explained([aUse()], facts, question);
    expect(decision.code).toBe(code);
    expect(rules).toEqual([
      { rule: 1, outcome: 'refused', code },
      { rule: 2, outcome: 'notReached', code: null },
      { rule: 3, outcome: 'notReached', code: null },
    ]);
    if (facts === null || code.includes('.unknown')) expect(statements).toEqual([]);
  });

  it('stops at the second where a third party’s service is out of scope', () => {
    const { rules, statements } = explained([aUse()], aSubject(), { thirdPartyService: 'blue-pass' });
    expect(outcomes(rules)).toEqual({ 1: 'passed', 2: 'scope.excluded', 3: 'notReached' });
    expect(statements).toEqual([]);
  });

  it('goes on where a statement names that service, and shows that one', () => {
    const terms = [aUse(), aUse({ basis: 'legalObligation', services: ['thirdParty:blue-pass'] })];
    const { rules, statements } = explained(terms, aSubject(), { thirdPartyService: 'blue-pass' });
    expect(outcomes(rules)).toEqual({ 1: 'passed', 2: 'passed', 3: 'passed' });
    expect(statements.map(({ clauseId, service }) => [clauseId, service])).toEqual([['c1', 'thirdParty:blue-pass']]);
    const closed = explained(terms, aSubject({ isClosed: true }), { thirdPartyService: 'blue-pass' });
    expect(outcomes(closed.rules)).toEqual({ 1: 'subject.closed', 2: 'notReached', 3: 'notReached' });
  });

  it('says nothing of a category that no clause speaks of', () => {
    const { rules, statements } = explained([aUse()], aSubject(), { categories: ['log.cookie'] });
    expect(outcomes(rules)).toMatchObject({ 3: 'clause.none' });
    expect(statements).toEqual([]);
  });

  it('stops at the third where no clause speaks of it', () => {
    const { rules, statements } = explained([aUse({ purposes: ['personalisation'] })], aSubject());
    expect(outcomes(rules)).toEqual({ 1: 'passed', 2: 'notAsked', 3: 'clause.none' });
    expect(rules[2]?.outcome).toBe('refused');
    expect(statements).toEqual([]);
  });
});
