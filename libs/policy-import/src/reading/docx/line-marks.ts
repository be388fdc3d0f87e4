import { randomUUID } from 'node:crypto';
import type { TextBlock } from '../../document.js';

/** What Word shows beside a paragraph's own text. */
export interface LineMark {
  readonly heading: number | null;
  readonly list: { readonly level: number; readonly number: string | null } | null;
}

/** Marks that stand in the text while it passes through a reader that knows nothing of them; no text can hold one of its own. */
export class LineMarks {
  /** Between characters that no text has (Private Use Area). */
  private readonly begin = `\uE000${randomUUID()}`;
  private readonly end = '\uE001';

  written(mark: LineMark): string {
    return this.begin + JSON.stringify(mark) + this.end;
  }

  /** The line as its mark says it is, without the mark. */
  readonly unmarked = (block: TextBlock): TextBlock => {
    const end = block.text.indexOf(this.end);
    if (!block.text.startsWith(this.begin) || end < 0) return block;
    const { heading, list } = JSON.parse(block.text.slice(this.begin.length, end)) as LineMark;
    const line = { number: list?.number ?? block.number, text: block.text.slice(end + 1).trim() };
    const level = block.kind === 'heading' ? block.level : heading;
    if (level !== null) return { ...line, kind: 'heading', level: Math.min(level, 6) };
    return list ? { ...line, kind: 'listItem', level: list.level } : { ...block, ...line };
  };
}
