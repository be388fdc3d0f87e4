import { describe, expect, it } from '@jest/globals';
import type { PolicyProblem } from '../policies.types.js';
import { clauseOf, problemsOfFrame, problemsUnder, worstOf } from './problem-places.js';

const aProblem = (path: string, severity: PolicyProblem['severity'] = 'error'): PolicyProblem => ({
  path,
  code: 'policy.missing',
  message: 'x',
  severity,
});

describe('where a problem is shown', () => {
  const problems = [
    aProblem('clauses[3].terms[0].categories[1]'),
    aProblem('clauses[3].body.en', 'warning'),
    aProblem('clauses[30].id'),
    aProblem('contact', 'warning'),
  ];

  it('is the clause and field it is about, and no other whose number begins the same', () => {
    expect(problemsUnder(problems, ['clauses', 3]).map(({ path }) => path)).toEqual([
      'clauses[3].terms[0].categories[1]',
      'clauses[3].body.en',
    ]);
    expect(problemsUnder(problems, ['clauses', 3, 'terms', 0, 'categories'])).toHaveLength(1);
  });

  it('is the policy as a whole where no clause is named', () => {
    expect(problemsOfFrame(problems).map(({ path }) => path)).toEqual(['contact']);
    expect(problems.map(clauseOf)).toEqual([3, 3, 30, null]);
  });

  it('counts an error before a warning', () => {
    expect([worstOf(problems), worstOf(problems.slice(1, 2)), worstOf([])]).toEqual(['error', 'warning', null]);
  });
});
