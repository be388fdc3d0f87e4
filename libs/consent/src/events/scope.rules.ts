import { createHash } from 'node:crypto';
import type { ConsentFact } from '@abide/rulebook';

/** What a consent event speaks of; what is null is not narrowed. Recipients by slug. */
export interface ConsentScope {
  readonly purpose: string;
  /** Sorted, each once; null for all. */
  readonly categories: readonly string[] | null;
  readonly service: string | null;
  readonly recipient: string | null;
  readonly region: string | null;
}

/** A list of categories in the one form that is compared: sorted, each once, null for none. */
export function normalCategories(categories: readonly string[] | null | undefined): readonly string[] | null {
  if (!categories || categories.length === 0) return null;
  return [...new Set(categories)].sort();
}

export function scopeOfFact({
  purpose,
  categories = null,
  service = null,
  recipient = null,
  region = null,
}: ConsentFact): ConsentScope {
  return { purpose, categories, service, recipient, region };
}

/** Names a scope: events of the same scope replace each other. SHA-256, 32 bytes. */
export function scopeHash({ purpose, categories, service, recipient, region }: ConsentScope): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([purpose, categories, service, recipient, region]))
    .digest();
}

/** Whether `wider` speaks of everything that `scope` speaks of. */
export function isWithin(scope: ConsentScope, wider: ConsentScope): boolean {
  const covers = (narrow: string | null, wide: string | null) => wide === null || wide === narrow;
  const { categories } = wider;
  return (
    scope.purpose === wider.purpose &&
    (categories === null || scope.categories?.every((one) => categories.includes(one)) === true) &&
    covers(scope.service, wider.service) &&
    covers(scope.recipient, wider.recipient) &&
    covers(scope.region, wider.region)
  );
}
