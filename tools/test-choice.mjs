/**
 * What `npm test -- <words>` runs. The name of a step chooses that step; any other word is a pattern (a regular
 * expression, case ignored, as Jest's own) over the paths of the specs.
 */
const tierBySuffix = [
  ['.int-spec.ts', 'integration'],
  ['.e2e-spec.ts', 'e2e'],
  ['.component-spec.tsx', 'component'],
  ['.spec.ts', 'unit'],
];

/**
 * @param {string[]} words
 * @param {{ steps: string[], specs: () => string[] }} offered names of the steps; paths of all specs, from the root
 * @returns {{ steps: Set<string>, specsByTier: Map<string, string[]> | null, unmatched: string[] }} `specsByTier` is
 *   null where no word is a pattern: then a tier runs whole
 */
export function choose(words, offered) {
  if (words.length === 0) return { steps: new Set(offered.steps), specsByTier: null, unmatched: [] };
  const steps = new Set(words.filter((word) => offered.steps.includes(word)));
  const patterns = words.filter((word) => !steps.has(word));
  if (patterns.length === 0) return { steps, specsByTier: null, unmatched: [] };

  const isTierNamed = tierBySuffix.some(([, tier]) => steps.has(tier));
  const specs = offered.specs().filter((path) => !isTierNamed || steps.has(tierOf(path)));
  const unmatched = patterns.filter((pattern) => !specs.some((path) => matches(pattern, path)));
  const matched = specs.filter((path) => patterns.some((pattern) => matches(pattern, path)));
  const specsByTier = Map.groupBy(matched.sort(), tierOf);
  for (const [, tier] of tierBySuffix) steps.delete(tier);
  for (const tier of specsByTier.keys()) steps.add(tier);
  // Journeys run against what was built.
  if (steps.has('e2e')) steps.add('build');
  return { steps, specsByTier, unmatched };
}

function tierOf(path) {
  return tierBySuffix.find(([suffix]) => path.endsWith(suffix))?.[1];
}

function matches(pattern, path) {
  try {
    return new RegExp(pattern, 'i').test(path);
  } catch {
    return path.includes(pattern);
  }
}
