import { choose } from './test-choice.mjs';

const specs = [
  'libs/consent/src/gate/gate.int-spec.ts',
  'libs/consent/src/states/state.spec.ts',
  'libs/rulebook/src/decide/decide.spec.ts',
  'apps/e2e/src/consent.e2e-spec.ts',
];
const steps = ['format', 'build', 'lint', 'unit', 'integration', 'e2e'];
const chosenBy = (...words: string[]) => choose(words, { steps, specs: () => specs });

describe('npm test -- <words>', () => {
  it('runs every step where nothing is chosen', () => {
    expect([...chosenBy().steps]).toEqual(steps);
  });

  it('runs a step by its name, and a tier by its name whole', () => {
    expect(chosenBy('lint', 'unit')).toEqual({ steps: new Set(['lint', 'unit']), specsByTier: null, unmatched: [] });
  });

  it('runs the specs whose path matches any word, each in its tier, and builds before a journey', () => {
    const { steps: run, specsByTier } = chosenBy('CONSENT', 'decide');
    expect(Object.fromEntries(specsByTier)).toEqual({
      e2e: ['apps/e2e/src/consent.e2e-spec.ts'],
      integration: ['libs/consent/src/gate/gate.int-spec.ts'],
      unit: ['libs/consent/src/states/state.spec.ts', 'libs/rulebook/src/decide/decide.spec.ts'],
    });
    expect(run).toEqual(new Set(['e2e', 'build', 'integration', 'unit']));
  });

  it('looks for a pattern in the tiers that are named only, and runs the other steps that are', () => {
    const { steps: run, specsByTier } = chosenBy('lint', 'unit', 'consent');
    expect(run).toEqual(new Set(['lint', 'unit']));
    expect([...specsByTier.values()].flat()).toEqual(['libs/consent/src/states/state.spec.ts']);
  });

  it('names the words that match nothing', () => {
    expect(chosenBy('consent', 'nowhere').unmatched).toEqual(['nowhere']);
  });

  it('takes a word that is no regular expression as it stands', () => {
    expect(chosenBy('gate(').unmatched).toEqual(['gate(']);
  });
});
