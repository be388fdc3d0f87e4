import { describe, expect, it } from '@jest/globals';
import { pathOfPointer, problemFrom, splitFieldProblems } from './problem.js';

const answer = (status: number, correlationId: string | null = null) => ({
  status,
  headers: { get: () => correlationId },
});

describe('a refusal of the API', () => {
  it('keeps code, detail, correlation id and the members beyond the standard ones', () => {
    const problem = problemFrom(
      {
        type: 'about:blank',
        status: 409,
        code: 'policy.lead_time_too_short',
        detail: 'Too soon',
        correlationId: 'c-1',
        earliestEffectiveAt: '2026-09-01T00:00:00Z',
      },
      answer(409),
    );
    expect(problem).toMatchObject({
      status: 409,
      code: 'policy.lead_time_too_short',
      detail: 'Too soon',
      correlationId: 'c-1',
    });
    expect(problem.extra).toEqual({ earliestEffectiveAt: '2026-09-01T00:00:00Z' });
  });

  it('is still told apart by status when the answer is not a problem document', () => {
    const problem = problemFrom('<html>Bad gateway</html>', answer(502, 'c-2'));
    expect(problem).toMatchObject({ code: 'http.502', detail: '', correlationId: 'c-2', errors: [] });
  });

  it('shows each error at the field the form has and leaves the others for the message', () => {
    const problem = problemFrom(
      {
        code: 'request.invalid',
        errors: [
          { pointer: '/effectiveAt', code: 'instant', message: 'Not a time' },
          { pointer: '/effectiveAt', code: 'future', message: 'In the past' },
          { pointer: '/contentHash', code: 'text', message: 'Missing' },
        ],
      },
      answer(400),
    );
    const effectiveAt = ['effectiveAt'];
    const { byField, rest } = splitFieldProblems(problem, [effectiveAt, ['reason']]);
    expect(byField.get(effectiveAt)?.map(({ code }) => code)).toEqual(['instant', 'future']);
    expect(rest.map((error) => error.pointer)).toEqual(['/contentHash']);
  });
});

describe('a pointer', () => {
  it.each([
    ['/clauses/0/heading', ['clauses', 0, 'heading']],
    ['clauses[12].terms[0].basis', ['clauses', 12, 'terms', 0, 'basis']],
    ['/a~1b/c~0d', ['a/b', 'c~d']],
    ['', []],
  ])('%s leads to its place', (pointer, path) => {
    expect(pathOfPointer(pointer)).toEqual(path);
  });
});
