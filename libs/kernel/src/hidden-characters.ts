/**
 * What nobody sees, or what turns the order of others (UAX #9, "Trojan Source", CVE-2021-42574): by property where
 * Unicode has one (Default_Ignorable_Code_Point, Bidi_Control), else by name: controls, separators of lines, marks of
 * annotation, and what is drawn as a blank without being a space (braille blank, null notehead, Khitan filler).
 */
const hidden = String.raw`\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\u2800\ufff9-\ufffc\u{1d159}\u{16fe4}`;

/** Scripts whose letters take another shape beside a joiner; in any other a joiner says nothing. */
const scripts = [
  'Arabic',
  'Syriac',
  'Mongolian',
  'Devanagari',
  'Bengali',
  'Gurmukhi',
  'Gujarati',
  'Oriya',
  'Tamil',
  'Telugu',
  'Kannada',
  'Malayalam',
  'Sinhala',
  'Khmer',
  'Myanmar',
  'Tibetan',
  'Inherited',
].map((script) => String.raw`\p{Script=${script}}`);
const joining = String.raw`[[${scripts.join('')}]--\p{Default_Ignorable_Code_Point}]`;
const pictograph = String.raw`\p{Extended_Pictographic}`;

/** Where writing needs one of them: a joiner between such letters or between emoji, a variation selector after what it varies. */
const needed = [
  String.raw`(?<=${joining})[\u200c\u200d](?=${joining})`,
  String.raw`(?<=[${pictograph}\p{Emoji_Modifier}]\ufe0f?)\u200d(?=${pictograph})`,
  String.raw`(?<=${pictograph})[\ufe0e\ufe0f]|(?<=[0-9#*])\ufe0f(?=\u20e3)`,
  String.raw`(?<=\p{Script=Han})[\ufe00-\ufe0d\u{e0100}-\u{e01ef}]|(?<=[\p{Script=Mongolian}--\p{Default_Ignorable_Code_Point}])[\u180b-\u180d\u180f]`,
].join('|');

const refused = new RegExp(String.raw`(?=[${hidden}])(?!${needed})[^]`, 'gv');

/** As `withHiddenWrittenOut` writes them: what was shown so and is sent back is still what it was. */
const writtenOut = /⟦(U\+[0-9A-F]{4,6})⟧/;

/** The same wherever it stands, with the spaces that are of another kind than people type. */
const unseen = new RegExp(String.raw`[${hidden}]|[\p{Zs}--[\u0020\u3000]]`, 'gv');

/** The first character of `text` that makes it read otherwise than it is kept, as `U+202E`; null where there is none. */
export function hiddenCharacterIn(text: string): string | null {
  const at = text.search(refused);
  if (at >= 0) return codePoint(text.slice(at));
  return writtenOut.exec(text)?.[1] ?? null;
}

/** The text, or the JSON of many texts, with the characters written out that no text may come in with today: `14⟦U+202E⟧`. */
export function withHiddenWrittenOut(text: string): string {
  return text.replace(refused, (character) => `⟦${codePoint(character)}⟧`);
}

/** The text without the characters that no text may come in with. */
export function withoutHidden(text: string): string {
  return text.replace(refused, '');
}

/** The text with every character that nobody sees written out: `14⟦U+202E⟧`. */
export function withUnseenWrittenOut(text: string): string {
  return text.replace(unseen, (character) => `⟦${codePoint(character)}⟧`);
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
