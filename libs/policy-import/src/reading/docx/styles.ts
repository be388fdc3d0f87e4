import type { Element } from '@xmldom/xmldom';
import { childOf, childrenOf, parsedXml, valueOf, wordName } from './xml.js';

/** What a paragraph's style says that matters for reading it. */
export interface ParagraphStyle {
  readonly name: string;
  /** Of a heading 1 to 9; null for text. */
  readonly heading: number | null;
  readonly numberingId: string | null;
  readonly numberingLevel: string | null;
}

interface OwnStyle {
  readonly name: string;
  readonly basedOn: string | null;
  readonly outline: string | null;
  readonly numberingId: string | null;
  readonly numberingLevel: string | null;
}

const deepest = 20;

/** The styles of paragraphs by id, with what each has of those that it is based on. */
export function paragraphStyles(xml: string | null): (id: string | null) => ParagraphStyle | null {
  const own = new Map<string, OwnStyle>();
  if (xml !== null) for (const style of childrenOf(parsedXml(xml).documentElement ?? parsedXml(xml))) add(own, style);
  return (id) => {
    const chain = chainOf(own, id);
    const [first] = chain;
    if (!first) return null;
    const outline = chain.find((one) => one.outline !== null)?.outline ?? null;
    const named = chain.map(({ name }) => /^heading ([1-9])$/i.exec(name)?.[1]).find((level) => level !== undefined);
    return {
      name: first.name,
      heading: named !== undefined ? Number(named) : headingOf(outline),
      numberingId: chain.find(({ numberingId }) => numberingId !== null)?.numberingId ?? null,
      numberingLevel: chain.find(({ numberingLevel }) => numberingLevel !== null)?.numberingLevel ?? null,
    };
  };
}

/** Word counts outlines from 0; 9 is text. */
export function headingOf(outline: string | null): number | null {
  return outline !== null && /^[0-8]$/.test(outline) ? Number(outline) + 1 : null;
}

function add(own: Map<string, OwnStyle>, style: Element): void {
  const id = valueOf(style, 'styleId');
  if (wordName(style) !== 'style' || id === null || (valueOf(style, 'type') ?? 'paragraph') !== 'paragraph') return;
  const properties = childOf(style, 'pPr');
  const numbering = childOf(properties, 'numPr');
  own.set(id, {
    name: valueOf(childOf(style, 'name')) ?? '',
    basedOn: valueOf(childOf(style, 'basedOn')),
    outline: valueOf(childOf(properties, 'outlineLvl')),
    numberingId: valueOf(childOf(numbering, 'numId')),
    numberingLevel: valueOf(childOf(numbering, 'ilvl')),
  });
}

function chainOf(own: ReadonlyMap<string, OwnStyle>, id: string | null): OwnStyle[] {
  const chain: OwnStyle[] = [];
  let next = id;
  while (next !== null && chain.length < deepest) {
    const style = own.get(next);
    if (!style) break;
    chain.push(style);
    next = style.basedOn;
  }
  return chain;
}
