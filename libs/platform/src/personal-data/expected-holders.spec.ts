import { compareHolders, type ExpectedHolder } from './expected-holders.rules.js';

const aHolder = (name: string, ...tables: string[]): ExpectedHolder => ({ name, phase: 'dependents', tables });
const none = { removed: [], renamed: [], silent: [], added: [] };

describe('expected holders', () => {
  const telemetry = aHolder('telemetry', 'telemetry.events');
  const identity = aHolder('identity', 'identity.subjects');
  const expected = [telemetry, identity];
  const compare = (registered: readonly ExpectedHolder[], ...answered: string[]) =>
    compareHolders(expected, registered, new Set(answered));

  it('have all answered', () => {
    expect(compare(expected, 'telemetry', 'identity')).toEqual(none);
  });

  it('are named when they say nothing', () => {
    expect(compare(expected, 'identity')).toEqual({ ...none, silent: ['telemetry'] });
  });

  it('are named when they were removed, though they had answered before', () => {
    expect(compare([identity], 'identity')).toEqual({ ...none, removed: ['telemetry'] });
    expect(compare([identity], 'telemetry', 'identity')).toEqual({ ...none, removed: ['telemetry'] });
  });

  it('are known by their tables under another name', () => {
    const events = aHolder('events', 'telemetry.events', 'telemetry.batches');
    expect(compare([events, identity], 'identity')).toEqual({
      ...none,
      renamed: [{ from: 'telemetry', to: 'events' }],
    });
  });

  it('are joined by those who came since, until these have answered too', () => {
    const orders = aHolder('orders');
    expect(compare([...expected, orders], 'telemetry', 'identity')).toEqual({ ...none, added: ['orders'] });
    expect(compare([...expected, orders], 'telemetry', 'identity', 'orders')).toEqual(none);
  });
});
