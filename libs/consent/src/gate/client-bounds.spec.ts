import type { ClientBounds } from '@abide/platform';
import type { Question } from '@abide/rulebook';
import { boundedBy, boundRefusal, refusedByBounds, withinBounds } from './client-bounds.js';

const bounds = (purposes: string[] | null, services: string[] | null): ClientBounds => ({
  purposes: purposes && new Set(purposes),
  services: services && new Set(services),
});

function aQuestion(given: Partial<Question> = {}): Question {
  return {
    action: 'use',
    categories: ['log.search'],
    purpose: 'marketing.push',
    service: 'ticketing',
    at: 0,
    ...given,
  };
}

const collecting = (purposes: string[] | null | undefined, purpose: string | null = null) =>
  aQuestion({ action: 'collect', purpose, purposes });
const refusal = (asked: Question, purposes: string[] | null, services: string[] | null = null) =>
  boundRefusal(bounds(purposes, services), asked);

describe('a question of a client that is for some purposes', () => {
  const marketing = ['marketing.push'];

  it('is answered where it names one of them', () => {
    expect(refusal(aQuestion(), marketing)).toBeNull();
    expect(refusal(aQuestion({ purpose: 'security.fraud' }), marketing)).toBe('client.purposeNotCovered');
  });

  it('is refused where it names none, except for a collection, which is for those', () => {
    expect(refusal(aQuestion({ purpose: null }), marketing)).toBe('client.purposeNotCovered');
    expect(refusal(aQuestion({ purpose: undefined, purposes: marketing }), marketing)).toBe('client.purposeNotCovered');
    for (const purposes of [null, undefined, []])
      expect(boundedBy(bounds(marketing, null), collecting(purposes)).purposes).toEqual(marketing);
    expect(refusal(collecting(marketing), marketing)).toBeNull();
  });

  it('loses of several purposes of a collection those that it is not for, and is refused where none is left', () => {
    const asked = collecting(['security.fraud', 'marketing.push']);
    expect(boundedBy(bounds(marketing, null), asked)).toEqual({ ...asked, purposes: marketing });
    const none = boundedBy(bounds(marketing, null), collecting(['security.fraud']));
    expect(none.purposes).toEqual([]);
    expect(refusal(none, marketing)).toBe('client.purposeNotCovered');
    expect(refusal(collecting(undefined), marketing)).toBe('client.purposeNotCovered');
  });

  it('stays as it is where it is no collection or names its purpose, and where nobody bounds it', () => {
    const asked = [aQuestion({ purposes: ['security.fraud'] }), collecting(['security.fraud'], 'marketing.push')];
    for (const one of asked) expect(boundedBy(bounds(marketing, null), one)).toBe(one);
    const open = collecting(['security.fraud']);
    for (const one of [null, bounds(null, ['ticketing'])]) expect(boundedBy(one, open)).toBe(open);
    expect(boundRefusal(null, aQuestion({ purpose: null, service: null }))).toBeNull();
  });

  it('is bounded by a purpose named in a collection, whatever others it lists', () => {
    expect(refusal(collecting(marketing, 'security.fraud'), marketing)).toBe('client.purposeNotCovered');
  });
});

describe('a question of a client that is for some services', () => {
  it('is answered for those, and about no others or all at once', () => {
    expect(refusal(aQuestion(), null, ['ticketing'])).toBeNull();
    expect(refusal(aQuestion({ service: 'signing' }), null, ['ticketing'])).toBe('client.serviceNotCovered');
    for (const service of [null, undefined])
      expect(refusal(aQuestion({ service }), null, ['ticketing'])).toBe('client.serviceNotCovered');
    expect(refusal(aQuestion({ service: null }), null, null)).toBeNull();
  });

  it('is refused for its purpose first', () => {
    expect(refusal(aQuestion({ service: 'signing' }), ['security.fraud'], ['ticketing'])).toBe(
      'client.purposeNotCovered',
    );
  });
});

describe('what a client brings to be collected', () => {
  const items = [
    { index: 0, service: 'ticketing', purposes: ['security.fraud', 'marketing.push'], text: 'first' },
    { index: 1, service: 'ticketing', purposes: null, text: 'second' },
    { index: 2, service: 'ticketing', purposes: ['security.fraud'], text: 'third' },
    { index: 3, service: 'signing', text: 'fourth' },
  ];
  const within = (given: ClientBounds | null) => {
    const refused: { index: number; code: string }[] = [];
    return { kept: withinBounds(items, refused, given), refused };
  };

  it('is kept for the purposes and services that it is for, and refused for any other', () => {
    expect(within(bounds(['marketing.push'], ['ticketing']))).toEqual({
      kept: [
        { ...items[0], purposes: ['marketing.push'] },
        { ...items[1], purposes: ['marketing.push'] },
      ],
      refused: [
        { index: 2, code: 'client.purposeNotCovered' },
        { index: 3, code: 'client.serviceNotCovered' },
      ],
    });
  });

  it('is kept for whatever it was brought for where its purposes are nobody’s matter', () => {
    const { kept, refused } = within(bounds(null, ['ticketing']));
    expect(kept).toEqual([items[0], { ...items[1], purposes: undefined }, items[2]]);
    expect(refused).toEqual([{ index: 3, code: 'client.serviceNotCovered' }]);
  });

  it('is kept as it is where nobody bounds it, as outside of any request', () => {
    expect(within(null)).toEqual({ kept: items, refused: [] });
    expect(withinBounds(items, [])).toBe(items);
  });
});

describe('the answer to a client that may not ask', () => {
  it('says for each category only why, and nothing of the subject or of any clause', () => {
    const { allowed, results } = refusedByBounds(
      aQuestion({ categories: ['log.search', 'log.cookie'] }),
      'client.purposeNotCovered',
    );
    expect(allowed).toBe(false);
    expect(results).toEqual(
      ['log.search', 'log.cookie'].map((category) => ({
        category,
        allowed: false,
        code: 'client.purposeNotCovered',
        policy: null,
        revision: null,
        clauseId: null,
        basis: null,
        consentEventId: null,
        fallback: null,
        ifWithheld: null,
        minimumGroup: null,
        precision: null,
        storage: null,
        purposes: [],
      })),
    );
  });
});
