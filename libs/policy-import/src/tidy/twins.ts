/** Signs that Unicode holds beside the character that they look like, and that text out of PDFs has in its place or behind it. */

const signs = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index));

/** Radicals that Unicode maps to no character (its table Equivalent_Unified_Ideograph does). */
const unmappedRadicals =
  '⺌小⺝月⺠民⺫目⺮竹⺶羊⺼月⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻩黄⻬齐⻮齿⻰龙';
const byHand = new Map(
  [...unmappedRadicals.matchAll(/(.)(.)/gu)].map(([, sign = '', character = '']) => [sign, character]),
);

const twinsAmong = (first: number, last: number) =>
  new Map(
    signs(first, last)
      .map((sign) => [sign, byHand.get(sign) ?? sign.normalize('NFKC')] as const)
      .filter(([sign, character]) => sign !== character),
  );

/** Signs of radicals and the character they look like: `⽤` (U+2F64) and `用`. */
const radicals = twinsAmong(0x2e80, 0x2fd5);
/** Characters that Unicode holds a second time and the first of the two: U+F967 and `不`. */
const duplicates = twinsAmong(0xf900, 0xfaff);
const twins = new Map([...radicals, ...duplicates]);
const twin = new RegExp(`(.?)([${[...twins.keys()].join('')}])`, 'gu');

/** What fonts have as a radical: in text out of PDFs a space often stands before it. */
export const radicalCharacters: ReadonlySet<string> = new Set(radicals.values());
/** What fonts have twice: in text out of PDFs it often stands twice. */
export const duplicatedCharacters: ReadonlySet<string> = new Set(duplicates.values());

/** A twin behind its character is left out; one that stands alone becomes the character. */
export function withoutTwins(text: string, count: () => void): string {
  return text.replaceAll(twin, (_, before: string, sign: string) => {
    count();
    const character = twins.get(sign) ?? sign;
    return before === character ? before : before + character;
  });
}
