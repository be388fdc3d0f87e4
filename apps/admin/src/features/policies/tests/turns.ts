import type { PolicyTestCase } from '../policies.types.js';

export interface Turn {
  readonly key: string;
  readonly expected: string;
  readonly actual: string;
}

/**
 * Where the decision differs from what the case says it must be, member by member, as people write them. A refusal that
 * was not expected says its reason, and a permission its clause, whether or not the case asks for it.
 */
export function turnsOf({ expected, actual }: Pick<PolicyTestCase, 'expected' | 'actual'>): Turn[] {
  const asked = expected as Record<string, unknown>;
  const came = actual as Record<string, unknown>;
  const turns = Object.keys(asked).flatMap((key) => (isSame(asked[key], came[key]) ? [] : [aTurn(key, asked, came)]));
  const why = came['allowed'] === true ? 'clause' : 'code';
  const isUnsaid = turns.some(({ key }) => key === 'allowed') && !(why in asked);
  return isUnsaid ? [...turns, aTurn(why, asked, came)] : turns;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function aTurn(key: string, asked: Record<string, unknown>, came: Record<string, unknown>): Turn {
  return { key, expected: written(asked[key]), actual: written(came[key]) };
}

function written(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (Array.isArray(value)) return value.map(String).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
