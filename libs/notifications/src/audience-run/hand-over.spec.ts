import { afterFailure, isAddressDead } from './hand-over.rules.js';

describe('a hand-over that failed', () => {
  it('is tried again ever later, and given up for six hours from the fourth time on', () => {
    const at = new Date('2027-01-01T00:00:00Z');
    const waits = [1, 2, 3, 4, 5].map((tries) => {
      const { state, nextTryAt } = afterFailure(tries, at);
      return [state, (nextTryAt.getTime() - at.getTime()) / 60_000];
    });
    expect(waits).toEqual([
      ['queued', 1],
      ['queued', 5],
      ['queued', 30],
      ['failed', 360],
      ['failed', 360],
    ]);
  });

  it('makes a subject unreachable only where the relay says for good that the address is the reason', () => {
    const dead = [
      '550 5.1.1 User unknown',
      '550-5.1.1 The account does not exist',
      '553 5.1.3 Bad address',
      '556 5.1.10 Null MX',
      '550 5.2.1 Mailbox disabled',
    ];
    const ours = [
      '550 5.7.1 Relaying denied',
      '451 4.1.1 Try again',
      '550 Refused',
      '550 5.1.8 Bad sender',
      '421 4.2.1 Busy',
      '550 5.1.11 Unknown code',
    ];
    expect(dead.filter((response) => !isAddressDead({ response }))).toEqual([]);
    expect(ours.filter((response) => isAddressDead({ response }))).toEqual([]);
    expect([undefined, null, 'text', new Error('socket closed'), { response: 5 }].filter(isAddressDead)).toEqual([]);
  });
});
