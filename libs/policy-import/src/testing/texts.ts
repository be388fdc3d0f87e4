import { readFileSync } from 'node:fs';

/** Texts in words of our own, of fictional enterprises, and what each of their lines lists. */
export type TextName = 'ticket-policy.txt' | 'app-policy.md' | 'site-statement.txt' | 'tool-notice.txt';

export function textOf(name: TextName): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}
