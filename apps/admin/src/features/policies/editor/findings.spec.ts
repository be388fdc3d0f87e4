import { describe, expect, it } from '@jest/globals';
import { offlineRegistry, type PolicyDocument } from '@abide/rulebook';
import { findingsOf } from './findings.js';

const aDocument = (period: string, body = 'How long logs are kept.'): PolicyDocument => ({
  policy: 'privacy',
  kind: 'general',
  title: { 'zh-CN': '隐私政策', en: 'Privacy policy' },
  contact: { 'zh-CN': '客服', en: 'Service' },
  glossary: [],
  definitions: [],
  services: [],
  recipients: [],
  clauses: [
    {
      id: 'keep',
      heading: { 'zh-CN': '保存', en: 'Keeping' },
      body: { 'zh-CN': '日志的保存期限。', en: body },
      terms: [{ type: 'retention', categories: ['log.search'], period, then: 'delete' }],
    },
  ],
});
const surroundings = { registry: offlineRegistry(), neighbours: [], inForce: aDocument('P6M') };

describe('what is found in a text while it is written', () => {
  it('is a reduction of rights as soon as something is kept longer, at the clause that says so', () => {
    const { comparison, states } = findingsOf(aDocument('P1Y'), surroundings);
    expect(comparison?.materiality).toBe('reductionOfRights');
    expect(states).toEqual([['keep', 'changed']]);
  });

  it('is a missing language, at its place, while the rest cannot be compared', () => {
    const { problems, comparison } = findingsOf(aDocument('P6M', ''), surroundings);
    expect(problems.map(({ path }) => path)).toContain('clauses[0].body.en');
    expect(comparison).toBeNull();
  });

  it('is a first revision where nothing is in force', () => {
    expect(findingsOf(aDocument('P6M'), { ...surroundings, inForce: null }).comparison?.isFirst).toBe(true);
  });
});
