import { duplicatedCharacters } from './twins.js';

const runs = /(\p{Script=Han})\1*/gu;

/** No word has one of them twice in a row, and hardly a text goes without. */
const neverTwice = ['不', '例'];

/**
 * The characters that a text holds twice wherever it should hold them once, as text out of PDFs does: of those that
 * Unicode has twice, the ones that stand in no odd number anywhere. Words double some of them as well (`执行行为`,
 * `变更更新`, `里里外外`), so that two different ones are needed, and none that no word doubles may stand alone.
 */
export function doubledCharacters(text: string): ReadonlySet<string> {
  const isEven = new Map<string, boolean>();
  for (const [run, character = ''] of text.matchAll(runs)) {
    if (!duplicatedCharacters.has(character)) continue;
    isEven.set(character, run.length % 2 === 0 && (isEven.get(character) ?? true));
  }
  const certain = neverTwice.filter((character) => text.includes(character.repeat(2)));
  const isSound = neverTwice.some((character) => isEven.get(character) === false);
  const doubled = [...isEven].filter(([, even]) => even).map(([character]) => character);
  return new Set(!isSound && doubled.length > 1 ? doubled : certain);
}

/** Every run of those characters half as long. */
export function withoutDoubled(text: string, doubled: ReadonlySet<string>, count: () => void): string {
  if (doubled.size === 0) return text;
  return text.replaceAll(runs, (run: string, character: string) => {
    if (run.length === 1 || !doubled.has(character)) return run;
    count();
    return character.repeat(Math.ceil(run.length / 2));
  });
}
