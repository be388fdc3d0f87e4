import { keep, readKept } from './kept.js';
import { t, why, type TextKey } from './texts.js';

/** What is said of an entry: names of texts and codes rather than words, so that it can be said in another language. */
export interface Entry {
  readonly at: number;
  readonly key: TextKey;
  readonly tone: 'good' | 'bad' | 'calm';
  readonly values?: Readonly<Record<string, string | number>>;
  /** The values that are names of texts. */
  readonly texts?: Readonly<Record<string, TextKey>>;
  readonly code?: string;
}

/** How many were accepted, refused and dropped in this tab. */
export interface Totals {
  readonly accepted: number;
  readonly refused: number;
  readonly dropped: number;
}

const most = 200;

/** What happened, newest first. */
export class Journal {
  entries: readonly Entry[] = readKept<Entry[]>('journal') ?? [];
  totals: Totals = readKept<Totals>('totals') ?? { accepted: 0, refused: 0, dropped: 0 };

  constructor(private readonly onEntry: (entry: Entry) => void) {}

  add(entry: Omit<Entry, 'at'>): void {
    const added = { ...entry, at: Date.now() };
    this.entries = [added, ...this.entries].slice(0, most);
    keep('journal', this.entries);
    this.onEntry(added);
  }

  count(what: keyof Totals, by: number): void {
    this.totals = { ...this.totals, [what]: this.totals[what] + by };
    keep('totals', this.totals);
  }
}

export function sentenceOf({ key, values = {}, texts = {}, code }: Entry): string {
  const named = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, t(text)]));
  return t(key, { ...values, ...named, ...(code !== undefined && { why: why(code) }) });
}
