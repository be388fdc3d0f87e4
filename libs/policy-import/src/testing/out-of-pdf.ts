/** The characters that Unicode holds twice (KS X 1001 read them in several ways), with their second form. */
const secondForms = new Map(
  Array.from({ length: 0x10c }, (_, index) => String.fromCodePoint(0xf900 + index))
    .filter((form) => form.normalize('NFC') !== form)
    .map((form) => [form.normalize('NFC'), form] as const),
);

const radicals = new Set(
  Array.from({ length: 0xd6 }, (_, index) => String.fromCodePoint(0x2f00 + index).normalize('NFKC')),
);

/** A text as it comes out of a PDF: characters twice, the second in its other form, and spaces before those that are radicals. */
export function asOutOfPdf(text: string): string {
  return text.replaceAll(/(?<=([^\n]?))(\p{Script=Han})/gu, (_, before: string, character: string) => {
    const space = radicals.has(character) && /[\p{Script=Han}，、。；：]/u.test(before) ? ' ' : '';
    return space + character + (secondForms.get(character) ?? '');
  });
}
