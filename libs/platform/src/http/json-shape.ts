/** How far a JSON body may go. */
export interface JsonLimits {
  /** Of objects and arrays within each other. */
  readonly levels: number;
  /** Of objects and arrays, all of them together. */
  readonly members: number;
}

/** In what the JSON in `text`, which has been parsed, goes too far; null where it does not. */
export function excessOf(text: string, { levels, members }: JsonLimits): 'depth' | 'members' | null {
  let depth = 0;
  let commas = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '"') index = endOfString(text, index);
    else if (character === ',') commas += 1;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth > levels) return 'depth';
  }
  return commas >= members ? 'members' : null;
}

/** Where the string ends that begins at `start`. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

/** After an odd number of backslashes. */
function isEscaped(text: string, at: number): boolean {
  let before = at;
  while (text[before - 1] === '\\') before -= 1;
  return (at - before) % 2 === 1;
}
