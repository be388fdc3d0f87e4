/** A text as words are looked up in it, and where each of its characters stood. */
export interface Folded {
  readonly text: string;
  /** For each character of `text`, and for its end, the place in the text as it was. */
  readonly at: readonly number[];
}

/** Small letters, hyphens as spaces, no space between Chinese and other letters. One folded character is one UTF-16 unit. */
export function folded(text: string): Folded {
  let found = '';
  const at: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const sign = foldedSign(text[index] ?? '');
    if (sign === ' ' && (isHan(text[index - 1]) || isHan(text[index + 1]))) continue;
    found += sign;
    at.push(index);
  }
  at.push(text.length);
  return { text: found, at };
}

function foldedSign(sign: string): string {
  if (sign >= 'A' && sign <= 'Z') return sign.toLowerCase();
  if (sign === '-' || sign === '‑' || sign === '\u00a0' || sign === '\t') return ' ';
  return sign === '’' ? "'" : sign;
}

function isHan(sign: string | undefined): boolean {
  return sign !== undefined && sign >= '\u3400' && sign <= '\u9fff';
}

/** Latin letters and digits, small ones. */
export function isLetter(sign: string | undefined): boolean {
  if (sign === undefined) return false;
  return (sign >= 'a' && sign <= 'z') || (sign >= '0' && sign <= '9') || (sign >= '\u00c0' && sign <= '\u024f');
}
