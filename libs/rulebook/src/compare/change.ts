import type { Localized } from '@abide/kernel';
import type { CompareRuleId } from './rules.js';

/** A machine value with the words for it. */
export interface Told {
  readonly raw: string | number;
  readonly words: Localized;
}

/** One change as found, before changes that say the same of several codes are gathered into one difference. */
export interface Change {
  readonly rule: CompareRuleId;
  readonly clauseId: string | null;
  readonly path?: string;
  readonly categories?: readonly string[];
  readonly purposes?: readonly string[];
  readonly recipients?: readonly string[];
  readonly regions?: readonly string[];
  /** Null among them stands for questions that name no service. */
  readonly services?: readonly (string | null)[];
  readonly before?: Told;
  readonly after?: Told;
  readonly value?: Told;
}

export function told(raw: string | number, words: (locale: 'zh-CN' | 'en') => string): Told {
  return { raw, words: { 'zh-CN': words('zh-CN'), en: words('en') } };
}

export function plain(raw: string | number): Told {
  return told(raw, () => String(raw));
}

const gathered = ['services', 'purposes', 'categories', 'recipients', 'regions'] as const;

/**
 * Gathers changes that differ in one list only, list by list. Each step is exact: what results says neither more nor
 * less than the changes it was made from.
 */
export function gather(changes: readonly Change[]): readonly Change[] {
  return gathered.reduce<readonly Change[]>((list, field) => gatherOver(list, field), changes);
}

function gatherOver(changes: readonly Change[], field: (typeof gathered)[number]): readonly Change[] {
  const groups = new Map<string, Change>();
  for (const change of changes) {
    const key = JSON.stringify({ ...change, [field]: undefined });
    const group = groups.get(key);
    const codes = new Set<string | null>([...(group?.[field] ?? []), ...(change[field] ?? [])]);
    groups.set(key, codes.size === 0 ? change : { ...change, [field]: [...codes].sort(byCode) });
  }
  return [...groups.values()];
}

function byCode(a: string | null, b: string | null): number {
  return (a ?? '') < (b ?? '') ? -1 : 1;
}
