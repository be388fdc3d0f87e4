import { mock } from 'node:test';
import { Logger } from '@nestjs/common';
import type { OperatorPrincipal } from '@abide/platform';
import { OverviewFragments } from './overview-fragments.js';

describe('the fragments of a page', () => {
  const nobodySpecial = { permissions: new Set() } as unknown as OperatorPrincipal;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    Logger.overrideLogger(false);
  });
  afterEach(() => {
    mock.timers.reset();
    Logger.overrideLogger(true);
  });

  it('are answered without one that never comes, after five seconds', async () => {
    const fragments = new OverviewFragments();
    fragments.register({ name: 'prompt', permission: null, load: async () => ({ mine: [{ number: 7 }] }) });
    fragments.register({ name: 'stuck', permission: null, load: () => new Promise(() => undefined) });
    const loaded = fragments.load(nobodySpecial);
    await new Promise(setImmediate);
    mock.timers.tick(5_000);
    expect(await loaded).toEqual({
      answers: [{ name: 'prompt', answer: { mine: [{ number: 7 }] } }],
      missing: ['stuck'],
    });
  });
});
