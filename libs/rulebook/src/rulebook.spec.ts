import { policiesOf, standingsOf, type RulebookPolicy } from './rulebook.js';

function aPolicyOf(policy: string, kind: RulebookPolicy['kind'], service: string | null = null): RulebookPolicy {
  return { policy, kind, service, revision: 1 };
}

const general = aPolicyOf('privacy', 'general');
const ticketing = aPolicyOf('ticketing-privacy', 'service', 'ticketing');
const signing = aPolicyOf('signing-privacy', 'service', 'signing');
const agreement = aPolicyOf('user-agreement', 'agreement', 'ticketing');

describe('whose acceptance carries a contract', () => {
  it('is told by the agreements, the general policies and what each service policy speaks for', () => {
    expect(standingsOf([general, ticketing, agreement, signing, aPolicyOf('unbound', 'service')])).toEqual({
      hasAgreement: true,
      hasSeveralGeneral: false,
      servicePolicies: new Map([
        ['ticketing-privacy', 'ticketing'],
        ['signing-privacy', 'signing'],
      ]),
    });
    expect(standingsOf([general, ticketing, aPolicyOf('other', 'general')])).toMatchObject({
      hasAgreement: false,
      hasSeveralGeneral: true,
    });
    expect(standingsOf([])).toEqual({ hasAgreement: false, hasSeveralGeneral: false, servicePolicies: new Map() });
  });
});

describe('the policies of a service', () => {
  it('are those that speak for it alone', () => {
    const all = [general, ticketing, signing, agreement];
    expect(policiesOf('ticketing', all)).toEqual(new Set(['ticketing-privacy']));
    expect(policiesOf('parking', all)).toEqual(new Set());
  });
});
