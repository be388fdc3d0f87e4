import { compare, type Materiality, type PolicyDocument } from '@abide/rulebook';
import { aClause, aPolicy, periodsClause, withClause } from '../testing/documents.js';
import { noticeText } from './notice-text.js';

const keeping = (period: string, policy = aPolicy()) =>
  withClause(policy, {
    id: 'keep.periods',
    terms: [
      periodsClause.terms[0] as never,
      { type: 'retention', categories: ['log.browsing'], period, then: 'delete' },
    ],
  });

function told(before: PolicyDocument, after: PolicyDocument, raisedTo?: Materiality) {
  const { materiality, differences } = compare({ document: before }, { document: after });
  return noticeText({ document: after, number: 2, from: 1, materiality: raisedTo ?? materiality, differences });
}

describe('the notice of a change', () => {
  it('tells what weighs most first, each weight with what follows from it', () => {
    const added = aClause({
      id: 'search',
      terms: [{ type: 'collection', categories: ['log.search'], purposes: ['personalisation'], basis: 'consent' }],
    });
    const { summary } = told(aPolicy(), keeping('P12M', aPolicy({ clauses: [added] })));
    const lines = summary.en.split('\n');
    const [fresh, reduced, leaving] = ['need your consent anew', 'reduce your rights', 'export your data'].map((part) =>
      lines.findIndex((line) => line.includes(part)),
    );
    expect(lines.findIndex((line) => line.includes('search history'))).toBe((fresh ?? 0) + 1);
    expect(lines.findIndex((line) => line.includes('Browsing history: kept'))).toBe((reduced ?? 0) + 1);
    expect([fresh, leaving]).toEqual([0, lines.length - 1]);
  });

  it('does not call an improvement a disadvantage', () => {
    const { summary } = told(aPolicy(), keeping('P1M'));
    expect(summary.en).not.toContain('reduce');
    expect(summary['zh-CN']).toMatch(/^以下内容有更新：\n· /);
  });

  it('offers leaving where it raises a change that was computed lighter', () => {
    expect(told(aPolicy(), keeping('P1M'), 'reductionOfRights').summary.en).toMatch(
      /^Please read the changes carefully\.\n[^]*close your account before then\.$/,
    );
  });

  it('tells of the first policy of a service what it overrides', () => {
    const own = aClause({
      id: 'own',
      terms: [{ type: 'retention', categories: ['log.browsing'], period: 'P2Y', then: 'delete' }],
    });
    const service = { ...aPolicy({ policy: 'ticketing', kind: 'service', service: 'ticketing' }), clauses: [own] };
    const { materiality, differences } = compare(null, { document: service, others: [aPolicy()] });
    const { summary, link } = noticeText({ document: service, number: 1, from: null, materiality, differences });
    expect(summary.en).toMatch(/^These changes reduce your rights:\n- Browsing history: kept for 2 years/);
    expect(link).toBe('/policies/ticketing/1');
  });

  it('leads to what changed, or to the text where it is the first', () => {
    expect(told(aPolicy(), keeping('P1M')).link).toBe('/policies/privacy/2/changes?from=1');
    expect(
      noticeText({ document: aPolicy(), number: 1, from: null, materiality: 'informational', differences: [] }),
    ).toMatchObject({ link: '/policies/privacy/1', title: { en: 'Privacy policy: published' } });
  });
});
