import { holderServer } from '@abide/holders';
import { listening, SmallStore, type Listening } from '@abide/holders/testing';
import { newWebhookSecret } from '@abide/platform';
import { holderCheck } from './holder-commands.js';

const secret = newWebhookSecret();

describe('abide holder check', () => {
  let running: Listening;
  let printed: string;
  const io = { out: (text: string) => void (printed += text), err: (text: string) => void (printed += text) };
  const check = (...args: string[]) => holderCheck(args, io, { ABIDE_HOLDER_SECRET: secret });

  beforeEach(async () => {
    printed = '';
    const store = new SmallStore([
      { owner: 'test@shop.example', category: 'service.orders', id: '1', since: '2026-01-02T00:00:00Z', values: {} },
    ]);
    running = await listening(holderServer({ secret, store }));
  });
  afterEach(() => running.close());

  it('says that a holder keeps the contract', async () => {
    expect(await check(running.url, '--email', 'test@shop.example')).toBe(0);
    expect(printed).toContain('Keeps the contract.');
    expect(printed).not.toContain('–');
  });

  it('says by point what a holder with another secret breaks', async () => {
    expect(await holderCheck([running.url, '--json'], io, { ABIDE_HOLDER_SECRET: newWebhookSecret() })).toBe(1);
    const { conforming, points } = JSON.parse(printed);
    expect([conforming, points[0]]).toEqual([
      false,
      { point: 'identity', passed: false, found: 'no answer that counts: refused (401)' },
    ]);
  });

  it('wants an address and the secret', async () => {
    expect(await check('holder')).toBe(2);
    expect(await holderCheck([running.url], io, {})).toBe(2);
    expect(await check(running.url, '--timeout', 'soon')).toBe(2);
  });
});
