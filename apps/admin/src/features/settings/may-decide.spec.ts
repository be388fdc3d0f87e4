import { describe, expect, it } from '@jest/globals';
import { mayDecideOn } from './may-decide.js';

const person = (
  id: string,
  role: 'administrator' | 'privacyOfficer' | 'auditor',
  state: { active?: boolean; suspended?: boolean } = {},
) => ({ id, roles: [role], active: true, suspended: false, ...state });
const change = { proposedBy: { id: 'proposer' }, operator: { id: 'target' } };
const proposer = person('proposer', 'administrator');
const officer = person('officer', 'privacyOfficer');

describe('who may decide on a change of an operator', () => {
  it('is another administrator, and then no privacy officer', () => {
    const people = [proposer, person('other', 'administrator'), officer];
    expect(mayDecideOn(change, 'other', people)).toBe(true);
    expect(mayDecideOn(change, 'officer', people)).toBe(false);
  });

  it('is a privacy officer where no administrator is left but those it concerns', () => {
    expect(mayDecideOn(change, 'officer', [proposer, person('target', 'administrator'), officer])).toBe(true);
    expect(
      mayDecideOn(change, 'officer', [proposer, person('gone', 'administrator', { active: false }), officer]),
    ).toBe(true);
  });

  it('counts an administrator whom one person alone has shut out', () => {
    const suspended = person('suspended', 'administrator', { active: false, suspended: true });
    expect(mayDecideOn(change, 'officer', [proposer, suspended, officer])).toBe(false);
    expect(mayDecideOn(change, 'suspended', [proposer, suspended, officer])).toBe(false);
  });

  it('is neither who proposed it, nor whom it is about, nor anybody else', () => {
    const people = [proposer, person('target', 'administrator'), person('auditor', 'auditor')];
    expect(['proposer', 'target', 'auditor', 'stranger'].filter((id) => mayDecideOn(change, id, people))).toEqual([]);
  });
});
