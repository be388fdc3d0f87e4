/** The consequence of a revision, from the lightest to the heaviest. */
export const materialities = ['editorial', 'informational', 'reductionOfRights', 'freshConsent'] as const;
export type Materiality = (typeof materialities)[number];

/** Whether `a` weighs as much as `b` or more. */
export function atLeast(a: Materiality, b: Materiality): boolean {
  return materialities.indexOf(a) >= materialities.indexOf(b);
}

/** The heaviest of several; editorial when there are none. */
export function highest(classes: Iterable<Materiality>): Materiality {
  let result: Materiality = 'editorial';
  for (const one of classes) if (atLeast(one, result)) result = one;
  return result;
}
