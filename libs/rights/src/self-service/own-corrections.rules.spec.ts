import type { PolicyDocument } from '@abide/rulebook';
import { givesCorrectionWithoutEvidence } from './own-corrections.rules.js';

const text = (...terms: object[]) => ({ clauses: [{ terms }] }) as unknown as PolicyDocument;
const right = (verification?: string, rights = ['access', 'correction']) => ({ type: 'right', rights, verification });

describe('correction without an operator', () => {
  it('needs a clause that gives it, and none that asks for evidence', () => {
    expect(givesCorrectionWithoutEvidence([text(right('stepUp'))])).toBe(true);
    expect(givesCorrectionWithoutEvidence([text(right())])).toBe(true);
    expect(givesCorrectionWithoutEvidence([])).toBe(false);
    expect(givesCorrectionWithoutEvidence([text(right('stepUp', ['access']), { type: 'change' })])).toBe(false);
    expect(givesCorrectionWithoutEvidence([text(right('session')), text(right('evidence'))])).toBe(false);
  });
});
