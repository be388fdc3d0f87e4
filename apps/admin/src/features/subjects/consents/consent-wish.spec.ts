import { describe, expect, it } from '@jest/globals';
import { wishOf } from './consent-wish.js';

const wish = {
  purpose: 'service.provision',
  state: 'granted',
  evidence: 'Signed form 4711',
  reason: 'Ticket 12',
} as const;
const separately = [
  { category: 'location.wifi', service: null, recipient: null, region: null, state: 'none', consentEventId: null },
  {
    category: 'location.gps',
    service: 'ticketing',
    recipient: 'map-provider',
    region: 'CN',
    state: 'none',
    consentEventId: null,
  },
] as const;

describe('a consent recorded on somebody’s behalf', () => {
  it('is about the whole purpose unless a choice is named', () => {
    expect(wishOf({ ...wish, about: '' }, separately)).toEqual(wish);
  });

  it('names everything that tells the choice from others', () => {
    expect(wishOf({ ...wish, about: '1' }, separately)).toEqual({
      ...wish,
      categories: ['location.gps'],
      service: 'ticketing',
      recipientId: 'map-provider',
      region: 'CN',
    });
    expect(wishOf({ ...wish, about: '0' }, separately)).toEqual({ ...wish, categories: ['location.wifi'] });
  });

  it('leaves out what was left empty', () => {
    expect(wishOf({ ...wish, channel: '', occurredAt: null }, separately)).toEqual(wish);
    expect(wishOf({ ...wish, channel: 'letter', occurredAt: '2026-01-01T00:00:00Z' }, separately)).toEqual({
      ...wish,
      channel: 'letter',
      occurredAt: '2026-01-01T00:00:00Z',
    });
  });
});
