import type { PolicyTestCase } from '../../../api/types.js';

export interface Turn {
  readonly key: string;
  readonly expected: string;
  readonly actual: string;
}

/** Where the decision differs from what the case says it must be, member by member, as people write them. */
export function turnsOf({ expected, actual }: Pick<PolicyTestCase, 'expected' | 'actual'>): Turn[] {
  const came = actual as Record<string, unknown>;
  return Object.entries(expected as Record<string, unknown>).flatMap(([key, value]) =>
    JSON.stringify(value) === JSON.stringify(came[key]) ? [] : [{ key, expected: written(value), actual: written(came[key]) }],
  );
}

function written(value: unknown): string {
  if (value === null || value === undefined) return '–';
  return Array.isArray(value) ? value.map(String).join(', ') : String(value);
}
