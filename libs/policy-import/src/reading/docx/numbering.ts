import type { Element } from '@xmldom/xmldom';
import { chineseDigits, chineseNumeral, circled, latinLetters, romanNumeral } from '../numerals.js';
import { childOf, childrenOf, isOn, parsedXml, valueOf, wordName } from './xml.js';

interface Level {
  readonly start: number;
  readonly format: string;
  /** `%1.%2` */
  readonly text: string;
  /** Goes on counting when a shallower level does. */
  readonly goesOn: boolean;
  /** All its numbers in digits. */
  readonly isLegal: boolean;
  readonly styleId: string | null;
}

type Levels = ReadonlyMap<number, Level>;

interface List {
  readonly abstractId: string;
  readonly levels: Levels;
  readonly startsAt: ReadonlyMap<number, number>;
}

const formats: Readonly<Record<string, (value: number) => string>> = {
  upperRoman: romanNumeral,
  lowerRoman: (value) => romanNumeral(value).toLowerCase(),
  upperLetter: latinLetters,
  lowerLetter: (value) => latinLetters(value).toLowerCase(),
  decimalZero: (value) => String(value).padStart(2, '0'),
  chineseCounting: chineseNumeral,
  chineseCountingThousand: chineseNumeral,
  japaneseCounting: chineseNumeral,
  taiwaneseCountingThousand: chineseNumeral,
  ideographDigital: chineseDigits,
  taiwaneseDigital: chineseDigits,
  decimalEnclosedCircle: circled,
  decimalEnclosedCircleChinese: circled,
};

/** A paragraph's place in a list: how deep, from 1, and its number as Word shows it, null for a bullet. */
export interface ListPlace {
  readonly level: number;
  readonly number: string | null;
}

/** Counts the lists of a document as Word does (ECMA-376 part 1, §17.9), asked once a paragraph in their order. */
export class Numbering {
  private readonly lists: ReadonlyMap<string, List>;
  private readonly counts = new Map<string, number[]>();
  private readonly begun = new Set<string>();

  constructor(xml: string | null) {
    this.lists = xml === null ? new Map() : listsIn(xml);
  }

  /** The next of the list `id`; null where there is no such list. `level` null: the one that belongs to the style. */
  next(id: string, level: string | null, styleId: string | null): ListPlace | null {
    const list = this.lists.get(id);
    if (!list) return null;
    const at = level !== null ? Number(level) : levelOfStyle(list, styleId);
    const rule = list.levels.get(at);
    if (!rule) return null;
    const counts = this.count(id, list, at);
    if (rule.format === 'bullet') return { level: at + 1, number: null };
    const number = rule.text.replaceAll(/%([1-9])/g, (_, place: string) =>
      shown(counts, list.levels, Number(place) - 1, rule),
    );
    return { level: at + 1, number: number.trim() || null };
  }

  private count(id: string, list: List, at: number): number[] {
    const counts = this.counts.get(list.abstractId) ?? [];
    this.counts.set(list.abstractId, counts);
    const override = list.startsAt.get(at);
    const isFirst = override !== undefined && !this.begun.has(`${id} ${at}`);
    this.begun.add(`${id} ${at}`);
    const before = counts[at];
    counts[at] = isFirst ? override : before === undefined ? (list.levels.get(at)?.start ?? 1) : before + 1;
    for (let deeper = at + 1; deeper < counts.length; deeper += 1)
      if (!list.levels.get(deeper)?.goesOn) delete counts[deeper];
    for (let shallower = 0; shallower < at; shallower += 1)
      counts[shallower] ??= list.levels.get(shallower)?.start ?? 1;
    return counts;
  }
}

function shown(counts: readonly number[], levels: Levels, at: number, { isLegal }: Level): string {
  const value = counts[at] ?? levels.get(at)?.start ?? 1;
  const format = levels.get(at)?.format ?? 'decimal';
  if (format === 'none') return '';
  return isLegal ? String(value) : (formats[format] ?? String)(value);
}

function levelOfStyle({ levels }: List, styleId: string | null): number {
  const found = [...levels].find(([, level]) => styleId !== null && level.styleId === styleId);
  return found?.[0] ?? 0;
}

function listsIn(xml: string): Map<string, List> {
  const root = parsedXml(xml).documentElement;
  const all = root ? [...childrenOf(root)] : [];
  const abstract = new Map(
    all.filter((one) => wordName(one) === 'abstractNum').map((one) => [valueOf(one, 'abstractNumId') ?? '', one]),
  );
  const lists = all
    .filter((one) => wordName(one) === 'num')
    .flatMap((num): [string, List][] => {
      const abstractId = valueOf(childOf(num, 'abstractNumId')) ?? '';
      const element = abstract.get(abstractId);
      return element ? [[valueOf(num, 'numId') ?? '', listOf(num, abstractId, linked(element, abstract))]] : [];
    });
  return new Map(lists);
}

/** A list that only names a style has its levels where that style is defined. */
function linked(element: Element, abstract: ReadonlyMap<string, Element>): Element {
  const style = valueOf(childOf(element, 'numStyleLink'));
  if (style === null) return element;
  return [...abstract.values()].find((one) => valueOf(childOf(one, 'styleLink')) === style) ?? element;
}

function listOf(num: Element, abstractId: string, element: Element): List {
  const overrides = [...childrenOf(num)].filter((one) => wordName(one) === 'lvlOverride');
  const own = overrides.flatMap((one) => [...childrenOf(one)]).filter((one) => wordName(one) === 'lvl');
  const levels = [...childrenOf(element)].filter((one) => wordName(one) === 'lvl');
  const startsAt = overrides.flatMap((one): [number, number][] => {
    const start = valueOf(childOf(one, 'startOverride'));
    return start === null ? [] : [[Number(valueOf(one, 'ilvl')), Number(start)]];
  });
  return { abstractId, levels: new Map([...levels, ...own].map(levelOf)), startsAt: new Map(startsAt) };
}

function levelOf(element: Element): [number, Level] {
  const level = {
    start: Number(valueOf(childOf(element, 'start')) ?? 1),
    format: valueOf(childOf(element, 'numFmt')) ?? 'decimal',
    text: valueOf(childOf(element, 'lvlText')) ?? '',
    goesOn: valueOf(childOf(element, 'lvlRestart')) === '0',
    isLegal: isOn(childOf(element, 'isLgl')),
    styleId: valueOf(childOf(element, 'pStyle')),
  };
  return [Number(valueOf(element, 'ilvl') ?? 0), level];
}
