import type { TextBlock } from '../../document.js';

/** What Word shows beside a paragraph's own text: in the text while it passes through a reader that knows nothing of it. */
export interface LineMark {
  readonly heading: number | null;
  readonly list: { readonly level: number; readonly number: string | null } | null;
}

/** Characters that no text has (Private Use Area). */
const [begin, end] = ['\uE000', '\uE001'];

export function written(mark: LineMark): string {
  return begin + JSON.stringify(mark) + end;
}

/** The line as its mark says it is, without the mark. */
export function unmarked(block: TextBlock): TextBlock {
  const [, json, text = ''] = /^\uE000(\{[^\uE001]*\})\uE001(.*)$/s.exec(block.text) ?? [];
  if (json === undefined) return block;
  const { heading, list } = JSON.parse(json) as LineMark;
  const number = list?.number ?? block.number;
  const level = block.kind === 'heading' ? block.level : heading;
  const line = { number, text: text.trim() };
  if (level !== null) return { ...line, kind: 'heading', level: Math.min(level, 6) };
  return list ? { ...line, kind: 'listItem', level: list.level } : { ...block, ...line };
}
