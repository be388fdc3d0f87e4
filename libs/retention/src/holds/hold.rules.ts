import type { SparedScope } from '@abide/platform';

/** What of a person a hold is about. */
export interface HoldScope {
  /** Empty: everything. */
  readonly categories: readonly string[];
  /** Only what was collected at or after this instant. */
  readonly collectedFrom: Date | null;
  /** Only what was collected before this instant. */
  readonly collectedUntil: Date | null;
}

/** What is held of a category, and since when; null where nobody knows. */
export interface HeldCategory {
  readonly category: string;
  readonly since: Date | null;
}

/** Whether a hold may cover any of it. When the newest record came nobody says: it counts as of now. */
export function covers(scope: HoldScope, { category, since }: HeldCategory, now: Date): boolean {
  const { categories, collectedFrom, collectedUntil } = scope;
  if (categories.length > 0 && !categories.includes(category)) return false;
  if (collectedFrom !== null && collectedFrom > now) return false;
  return collectedUntil === null || since === null || since < collectedUntil;
}

/** The same, row by row, for whoever deletes what fell due. */
export function sparedBy({
  subjectId,
  categories,
  collectedFrom,
  collectedUntil,
}: HoldScope & { readonly subjectId: string }): SparedScope[] {
  const about: SparedScope = {
    subjectId,
    ...(collectedFrom ? { from: collectedFrom } : {}),
    ...(collectedUntil ? { until: collectedUntil } : {}),
  };
  return categories.length === 0 ? [about] : categories.map((category) => ({ ...about, category }));
}
