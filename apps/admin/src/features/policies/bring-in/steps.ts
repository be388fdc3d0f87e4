/** In the order in which most people go; one may go between them at any time. */
export const steps = ['clauses', 'terms', 'missing', 'language', 'draft'] as const;
export type Step = (typeof steps)[number];

export function stepOf(search: URLSearchParams): Step {
  return steps.find((step) => step === search.get('step')) ?? 'clauses';
}

/** What the import is to become stays in the address while one goes between the steps. */
const kept = ['kind', 'service'];

/** The address of a step, at a place in it where one is given. */
export function stepAddress(search: URLSearchParams, step: Step, place: Readonly<Record<string, string>> = {}): string {
  const next = new URLSearchParams({ step, ...place });
  for (const name of kept) {
    const value = search.get(name);
    if (value) next.set(name, value);
  }
  return `?${next.toString()}`;
}
