/**
 * Characters that make a text read otherwise than it is kept: they turn the order of what follows (UAX #9, "Trojan
 * Source", CVE-2021-42574), or nobody sees that they are there. None of them belongs into a legal text or a name.
 */
const refused =
  /[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]/u;

/** Characters that have their place in some writing and are not seen either: soft hyphen, joiners, variation selectors, spaces of other kinds. */
const shown = /[\u00a0\u00ad\u034f\u1680\u2000-\u200a\u200c\u200d\u202f\u205f\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;

const unseen = new RegExp(`${refused.source}|${shown.source}`, 'gu');

/** The first character of `text` that makes it read otherwise than it is kept, as `U+202E`; null where there is none. */
export function hiddenCharacterIn(text: string): string | null {
  const [found] = refused.exec(text) ?? [];
  return found === undefined ? null : codePoint(found);
}

/** The text with every character that nobody sees written out: `14⟦U+202E⟧`. */
export function withUnseenWrittenOut(text: string): string {
  return text.replace(unseen, (character) => `⟦${codePoint(character)}⟧`);
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
