import type { Locale } from '@abide/kernel';
import type { GlossaryEntry } from '@abide/rulebook';
import { escapeHtml } from './html.js';

/** Finds the explained words in a text, the longest first; English ones only as whole words, whatever their case. */
export class Glossary {
  private readonly pattern: RegExp | null;
  private readonly byWord = new Map<string, GlossaryEntry>();

  constructor(
    entries: readonly GlossaryEntry[],
    private readonly locale: Locale,
  ) {
    for (const entry of entries) {
      const word = entry.term[locale].trim().toLowerCase();
      if (word && !this.byWord.has(word)) this.byWord.set(word, entry);
    }
    const words = [...this.byWord.keys()].sort((a, b) => b.length - a.length).map((word) => RegExp.escape(word));
    const boundary = locale === 'en' ? '\\b' : '';
    this.pattern =
      words.length > 0 ? new RegExp(`${boundary}(?:${words.join('|')})${locale === 'en' ? 's?\\b' : ''}`, 'giu') : null;
  }

  /**
   * Escapes `text` and explains each word at its first place: `<dfn>` with the meaning in an `<abbr>`. Entries met are
   * added to `met`, so that a clause explains a word once and can list it below.
   */
  explain(text: string, met: Set<GlossaryEntry>): string {
    if (!this.pattern) return escapeHtml(text);
    let written = '';
    let end = 0;
    for (const match of text.matchAll(this.pattern)) {
      const entry = this.entryOf(match[0]);
      if (!entry || met.has(entry)) continue;
      met.add(entry);
      written += `${escapeHtml(text.slice(end, match.index))}<dfn><abbr title="${escapeHtml(entry.meaning[this.locale])}">${escapeHtml(match[0])}</abbr></dfn>`;
      end = match.index + match[0].length;
    }
    return written + escapeHtml(text.slice(end));
  }

  private entryOf(word: string): GlossaryEntry | undefined {
    const lower = word.toLowerCase();
    return this.byWord.get(lower) ?? this.byWord.get(lower.replace(/s$/, ''));
  }
}
