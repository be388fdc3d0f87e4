import { XMLSerializer, type Document, type Element } from '@xmldom/xmldom';
import type { Remarks } from '../remarks.js';
import type { LineMarks } from './line-marks.js';
import { Numbering } from './numbering.js';
import { headingOf, paragraphStyles } from './styles.js';
import type { WordParts } from './word-package.js';
import { childOf, childrenOf, isOn, parsedXml, valueOf, wordName } from './xml.js';

const changes = new Set(['ins', 'del', 'moveFrom', 'moveTo']);
/** Pictures and embedded objects; the text of a text box stands beside them. */
const pictures = new Set(['blip', 'imagedata', 'OLEObject', 'control']);

/** The main part with the numbers of its lists written into it, and without what nobody reads: pictures, hidden text, a table of contents. */
export function markedDocument(parts: WordParts, marks: LineMarks, remarks: Remarks): string {
  const document = parsedXml(parts.main);
  new Marking(document, parts, { marks, remarks }).mark();
  return new XMLSerializer().serializeToString(document);
}

class Marking {
  private readonly styleOf: ReturnType<typeof paragraphStyles>;
  private readonly numbering: Numbering;

  constructor(
    private readonly document: Document,
    parts: WordParts,
    private readonly by: { readonly marks: LineMarks; readonly remarks: Remarks },
  ) {
    this.styleOf = paragraphStyles(parts.styles);
    this.numbering = new Numbering(parts.numbering);
  }

  mark(): void {
    this.within(this.document);
  }

  private within(parent: Document | Element): void {
    for (const element of childrenOf(parent)) {
      const name = wordName(element);
      if (this.isLeftOut(element, name)) parent.removeChild(element);
      else if (name === 'p') this.paragraph(element, parent);
      else this.within(element);
    }
  }

  private isLeftOut(element: Element, name: string | null): boolean {
    if (pictures.has(element.localName ?? '')) {
      this.by.remarks.add('picturesLeftOut');
      return true;
    }
    if (name !== null && changes.has(name)) this.by.remarks.add('trackedChanges');
    if (name === 'altChunk') this.by.remarks.add('externalReferencesLeftOut');
    if (name === 'r' && isOn(childOf(childOf(element, 'rPr'), 'vanish'))) {
      this.by.remarks.add('hiddenTextLeftOut', element.textContent?.trim() ? 1 : 0);
      return true;
    }
    if (name === 'hyperlink') removeAddress(element);
    // What newer versions show otherwise; the reader takes the other.
    return name === null && element.localName === 'Choice';
  }

  private paragraph(paragraph: Element, parent: Document | Element): void {
    const properties = childOf(paragraph, 'pPr');
    const styleId = valueOf(childOf(properties, 'pStyle'));
    const style = this.styleOf(styleId);
    if (/^toc\b/i.test(style?.name ?? '')) {
      this.by.remarks.add('contentsLeftOut', /^toc 1$/i.test(style?.name ?? '') ? 1 : 0);
      parent.removeChild(paragraph);
      return;
    }
    const isDeleted = childOf(childOf(properties, 'rPr'), 'del') !== null;
    const list = isDeleted ? null : this.listPlace(properties, styleId);
    const heading = headingOf(valueOf(childOf(properties, 'outlineLvl'))) ?? style?.heading ?? null;
    const numbering = childOf(properties, 'numPr');
    if (numbering) properties?.removeChild(numbering);
    this.within(paragraph);
    if (list || heading !== null) this.write(this.by.marks.written({ heading, list }), paragraph, properties);
  }

  /** Direct numbering counts before that of the style; list 0 is none. */
  private listPlace(properties: Element | null, styleId: string | null) {
    const style = this.styleOf(styleId);
    const direct = childOf(properties, 'numPr');
    const id = valueOf(childOf(direct, 'numId')) ?? style?.numberingId ?? null;
    if (id === null || id === '0') return null;
    return this.numbering.next(id, valueOf(childOf(direct, 'ilvl')) ?? style?.numberingLevel ?? null, styleId);
  }

  private write(text: string, paragraph: Element, properties: Element | null): void {
    const { namespaceURI, prefix } = paragraph;
    const create = (name: string) => this.document.createElementNS(namespaceURI, prefix ? `${prefix}:${name}` : name);
    const [run, words] = [create('r'), create('t')];
    words.appendChild(this.document.createTextNode(text));
    run.appendChild(words);
    paragraph.insertBefore(run, properties ? properties.nextSibling : paragraph.firstChild);
  }
}

/** Where a link leads stands in a part that is not read. */
function removeAddress(hyperlink: Element): void {
  const address = [...hyperlink.attributes].find(({ localName }) => localName === 'id');
  if (address) hyperlink.removeAttributeNode(address);
}
