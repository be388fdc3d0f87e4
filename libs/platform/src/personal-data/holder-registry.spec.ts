import type { Holder, HolderPhase } from './holder.js';
import { HolderRegistry } from './holder-registry.js';

const aHolder = (name: string, phase: HolderPhase) => ({ name, phase, tables: [`${name}.rows`] }) as unknown as Holder;

describe('the registry of holders', () => {
  it('has dependents before the account, and keys last, whoever came first', () => {
    const registry = new HolderRegistry();
    for (const [name, phase] of [
      ['vault', 'keys'],
      ['identity', 'core'],
      ['telemetry', 'dependents'],
      ['location', 'dependents'],
    ] as const)
      registry.register(aHolder(name, phase));
    expect(registry.all().map(({ name }) => name)).toEqual(['telemetry', 'location', 'identity', 'vault']);
  });

  it('freezes who has to answer, and finds out who fell away since', () => {
    const before = new HolderRegistry();
    before.register(aHolder('telemetry', 'dependents'));
    before.register(aHolder('identity', 'core'));
    const kept = JSON.parse(JSON.stringify(before.expected()));
    const after = new HolderRegistry();
    after.register(aHolder('identity', 'core'));
    expect(after.compare(kept, new Set(['identity']))).toMatchObject({ removed: ['telemetry'], silent: [] });
  });

  it('has one holder of a name', () => {
    const registry = new HolderRegistry();
    registry.register(aHolder('identity', 'core'));
    expect(() => registry.register(aHolder('identity', 'core'))).toThrow('registered already');
    expect(() => registry.named('telemetry')).toThrow('No holder named telemetry');
  });
});
