import type { DefaultTreeAdapterTypes } from 'parse5';
import type { TextBlock } from '../document.js';
import { latinLetters, romanNumeral } from './numerals.js';

type Element = DefaultTreeAdapterTypes.Element;

/** Gives each item of a list, in their order, the number that a browser shows (HTML §15.3.8), of footnotes that of their mark; null in a list without numbers. */
export function listMark(list: Element): (item: Element) => string | null {
  if (list.tagName !== 'ol') return () => null;
  const isReversed = attribute(list, 'reversed') !== undefined;
  const items = list.childNodes.filter((node) => 'tagName' in node && node.tagName === 'li').length;
  let next = wholeOf(attribute(list, 'start')) ?? (isReversed ? items : 1);
  const type = attribute(list, 'type') ?? '1';
  return (item) => {
    const value = wholeOf(attribute(item, 'value')) ?? next;
    next = value + (isReversed ? -1 : 1);
    if (/^(?:foot|end)note-/.test(attribute(item, 'id') ?? '')) return `[${value}]`;
    return `${shown(value, attribute(item, 'type') ?? type)}.`;
  };
}

/** A line within a table's cell, with its number. */
export function rowMark({ number, text }: TextBlock): string {
  return number === null ? text : `${number} ${text}`;
}

function shown(value: number, type: string): string {
  if (value < 1) return String(value);
  if (type === 'a') return latinLetters(value).toLowerCase();
  if (type === 'A') return latinLetters(value);
  if (type === 'i') return romanNumeral(value).toLowerCase();
  return type === 'I' ? romanNumeral(value) : String(value);
}

function wholeOf(text: string | undefined): number | null {
  return text !== undefined && /^-?\d{1,6}$/.test(text.trim()) ? Number(text) : null;
}

export function attribute({ attrs }: Element, name: string): string | undefined {
  return attrs.find((one) => one.name === name)?.value;
}
