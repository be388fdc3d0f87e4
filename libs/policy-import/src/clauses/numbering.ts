/** The number that a line begins with, as written: its style, its place in its row, and what follows. */
export interface Numbering {
  readonly written: string;
  /** Lines whose numbers are of one style stand beside each other. */
  readonly style: string;
  /** `[2, 1]` of `2.1`, `[3]` of `（三）`, `c)` or `第三条`; empty for a bullet. */
  readonly path: readonly number[];
  readonly rest: string;
}

const han = '[零〇一二三四五六七八九十百]+';
const wordNumber = `(?:\\d{1,3}|${han})`;

const shapes: readonly { readonly style: string; readonly pattern: RegExp }[] = [
  { style: 'article', pattern: new RegExp(`^第\\s*(${wordNumber})\\s*(?:条|章|节|部分|款)[:：、.．]?\\s*`, 'u') },
  { style: 'article', pattern: /^(?:article|section|chapter|part|clause)\s+(\d{1,3}|[ivxIVX]+)\b[:.．)]?\s*/iu },
  { style: 'path', pattern: /^(\d{1,2}(?:[.．]\d{1,2}){1,4})[.．、。)）]?(?:\s+|(?=\p{Script=Han}))(?![年月日%])/u },
  { style: 'bracket', pattern: /^[（(]\s*(\d{1,2})\s*[)）][、.．]?\s*/u },
  { style: 'hanBracket', pattern: new RegExp(`^[（(]\\s*(${han})\\s*[)）][、.．]?\\s*`, 'u') },
  { style: 'letterBracket', pattern: /^[（(]([a-zA-Z]|[ivx]{1,4})[)）]\s*/u },
  { style: 'han', pattern: new RegExp(`^(${han})[、.．]\\s*`, 'u') },
  { style: 'number', pattern: /^(\d{1,2})[.．、。](?!\d)\s*(?![年月日])/u },
  { style: 'paren', pattern: /^(\d{1,2})[)）]\s*/u },
  { style: 'letter', pattern: /^([a-zA-Z])[.．、)）]\s+/u },
  { style: 'circle', pattern: /^([①-⑳])\s*/u },
  { style: 'bullet', pattern: /^(?:[-*–—+]\s+|[•·●○◦■□▪‣◆◇➢✓]\s*)/u },
];

/** The number or bullet at the start of a line; null where it has none. */
export function numberingOf(line: string): Numbering | null {
  for (const { style, pattern } of shapes) {
    const match = pattern.exec(line);
    if (!match || match[0].length === line.length) continue;
    return { written: match[0].trim(), style, path: pathOf(match[1] ?? ''), rest: line.slice(match[0].length) };
  }
  return null;
}

/** Whether a line begins something of its own, so that it goes on no line before it. */
export function startsAnew(line: string): boolean {
  return /^[|#>]/.test(line) || numberingOf(line) !== null;
}

function pathOf(written: string): number[] {
  if (written === '') return [];
  return written.split(/[.．]/).map(numberOf);
}

const digits = '零一二三四五六七八九';

function numberOf(written: string): number {
  if (/^\d+$/.test(written)) return Number(written);
  if (/^[①-⑳]$/u.test(written)) return (written.codePointAt(0) ?? 0) - 0x245f;
  if (/^[ivx]{2,}$|^[ivx]$/iu.test(written) && written.length > 1) return romanOf(written.toLowerCase());
  if (/^[a-z]$/i.test(written)) return written.toLowerCase().charCodeAt(0) - 96;
  return hanOf(written.replaceAll('〇', '零'));
}

function romanOf(written: string): number {
  const values: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10 };
  const each = [...written].map((letter) => values[letter] ?? 0);
  return each.reduce((sum, value, at) => sum + (value < (each[at + 1] ?? 0) ? -value : value), 0);
}

/** `十二` 12, `二十` 20, `一百零三` 103. */
function hanOf(written: string): number {
  let [sum, digit] = [0, 0];
  for (const character of written) {
    if (character === '十' || character === '百')
      [sum, digit] = [sum + (digit || 1) * (character === '十' ? 10 : 100), 0];
    else digit = digits.indexOf(character);
  }
  return sum + digit;
}
