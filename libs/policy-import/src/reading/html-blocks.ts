import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import type { TextBlock } from '../document.js';
import { attribute, listMark, rowMark } from './list-mark.js';
import type { Remarks } from './remarks.js';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

/** What a line stands in. */
interface Place {
  readonly kind: TextBlock['kind'];
  readonly level: number;
  readonly number: string | null;
}

const paragraph: Place = { kind: 'paragraph', level: 0, number: null };
const lines = new Set(
  `address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form
  header hgroup hr html legend li main menu ol p pre search section summary ul`.split(/\s+/),
);
const unsaid = new Set(
  `style noscript template title button select datalist textarea input option map area`.split(/\s+/),
);
const pictures = new Set(['img', 'picture', 'svg', 'canvas', 'video', 'audio']);
const foreign = new Set(['iframe', 'frame', 'object', 'embed', 'portal']);

/** What is done to each line before it is kept. */
type Finish = (block: TextBlock) => TextBlock;

/** The lines of a page as somebody sees it who runs no scripts and loads nothing, counting what that leaves out. */
export function htmlBlocks(html: string, remarks: Remarks, finish: Finish = (block) => block): TextBlock[] {
  const reader = new PageReader(remarks, finish);
  reader.read(parse(html).childNodes);
  return reader.blocks;
}

class PageReader {
  readonly blocks: TextBlock[] = [];
  private line = '';
  private place = paragraph;
  private listDepth = 0;

  constructor(
    private readonly remarks: Remarks,
    private readonly finish: Finish,
  ) {}

  read(nodes: readonly Node[]): void {
    this.children(nodes);
    this.end();
  }

  private children(nodes: readonly Node[]): void {
    for (const node of nodes) {
      if (node.nodeName === '#text' && 'value' in node) this.line += node.value;
      else if ('tagName' in node && !this.isLeftOut(node)) this.element(node);
    }
  }

  private element(element: Element): void {
    const { tagName, childNodes } = element;
    if (tagName === 'br') this.breakLine();
    else if (/^h[1-6]$/.test(tagName))
      this.within({ kind: 'heading', level: Number(tagName[1]), number: null }, element);
    else if (tagName === 'ol' || tagName === 'ul' || tagName === 'menu') this.list(element);
    else if (tagName === 'table') this.table(element);
    else if (tagName === 'pre') this.within(this.place, withLines(element));
    else if (lines.has(tagName)) this.within(this.place, element);
    else this.children(childNodes);
  }

  /** What nobody sees, and what is no text. */
  private isLeftOut(element: Element): boolean {
    const { tagName } = element;
    if (tagName === 'script') this.remarks.add('scriptsLeftOut');
    else if (pictures.has(tagName)) this.remarks.add('picturesLeftOut');
    else if (foreign.has(tagName)) this.remarks.add('externalReferencesLeftOut');
    else if (isHidden(element)) this.remarks.add('hiddenTextLeftOut', saysSomething(element) ? 1 : 0);
    else if (tagName === 'nav' || attribute(element, 'role') === 'navigation')
      this.remarks.add('contentsLeftOut', saysSomething(element) ? 1 : 0);
    else if (tagName === 'head') this.head(element);
    else return unsaid.has(tagName) || isWayBack(element);
    return true;
  }

  /** Style sheets and scripts, of which nothing is loaded. */
  private head({ childNodes }: Element): void {
    for (const node of childNodes) {
      if (!('tagName' in node)) continue;
      if (node.tagName === 'script') this.remarks.add('scriptsLeftOut');
      if (node.tagName === 'link' && attribute(node, 'rel') === 'stylesheet')
        this.remarks.add('externalReferencesLeftOut');
    }
  }

  private within(place: Place, { childNodes }: Pick<Element, 'childNodes'>): void {
    this.end();
    const before = this.place;
    this.place = place;
    this.children(childNodes);
    this.end();
    if (place !== before) this.place = before;
  }

  private list(list: Element): void {
    this.end();
    this.listDepth += 1;
    const mark = listMark(list);
    for (const node of list.childNodes) {
      if (!('tagName' in node) || this.isLeftOut(node)) continue;
      if (node.tagName === 'li') this.within({ kind: 'listItem', level: this.listDepth, number: mark(node) }, node);
      else this.within(paragraph, { childNodes: [node] });
    }
    this.listDepth -= 1;
  }

  /** Its rows one after the other, and those of a table within it after their row. A row of one cell is no row but a frame around text. */
  private table(table: Element): void {
    this.end();
    const captions = table.childNodes.filter(
      (node): node is Element => 'tagName' in node && node.tagName === 'caption',
    );
    for (const caption of captions) this.within(paragraph, caption);
    for (const row of rowsOf(table)) {
      const cells = row.childNodes.filter(
        (node): node is Element => 'tagName' in node && /^t[dh]$/.test(node.tagName) && !this.isLeftOut(node),
      );
      if (cells.length === 1) this.within(paragraph, { childNodes: cells.flatMap(({ childNodes }) => childNodes) });
      else this.row(cells);
    }
  }

  private row(cells: readonly Element[]): void {
    const within = cells.map((cell) => {
      const reader = new PageReader(this.remarks, this.finish);
      reader.read(cell.childNodes);
      return reader.blocks;
    });
    const nested = within.flat().filter(({ kind }) => kind === 'tableRow');
    if (nested.length > 0) this.remarks.add('nestedTables');
    const texts = within.map((blocks) =>
      blocks
        .filter(({ kind }) => kind !== 'tableRow')
        .map(rowMark)
        .join(' '),
    );
    this.push({ kind: 'tableRow', level: 0, number: null }, texts.filter((text) => text !== '').join(' | '));
    this.blocks.push(...nested);
  }

  /** A line break within a paragraph begins another, since pages write whole texts with them; elsewhere it is a space. */
  private breakLine(): void {
    if (this.place.kind === 'paragraph') this.end();
    else this.line += ' ';
  }

  private end(): void {
    const { line } = this;
    this.line = '';
    if (this.push(this.place, line) && this.place.kind === 'listItem') this.place = paragraph;
  }

  private push(place: Place, line: string): boolean {
    const text = line.replaceAll(/\s+/g, ' ').trim();
    const block = this.finish({ ...place, text });
    if (block.text === '') return false;
    this.blocks.push(block);
    return true;
  }
}

/** The arrow that leads from a footnote back into the text. */
function isWayBack({ tagName, childNodes }: Element): boolean {
  const [only, second] = childNodes;
  return tagName === 'a' && !second && only !== undefined && 'value' in only && /^[\s↑↩]+\uFE0E?$/.test(only.value);
}

function isHidden(element: Element): boolean {
  const style = attribute(element, 'style')?.replaceAll(/\s/g, '').toLowerCase() ?? '';
  return attribute(element, 'hidden') !== undefined || /(?:^|;)(?:display:none|visibility:hidden)/.test(style);
}

function saysSomething({ childNodes }: Element): boolean {
  return childNodes.some((node) =>
    'tagName' in node ? saysSomething(node) : node.nodeName === '#text' && 'value' in node && node.value.trim() !== '',
  );
}

/** Of this table, not of one within it. */
function rowsOf(table: Element): Element[] {
  return table.childNodes.flatMap((node) => {
    if (!('tagName' in node)) return [];
    if (node.tagName === 'tr') return [node];
    return /^t(?:body|head|foot)$/.test(node.tagName) ? rowsOf(node) : [];
  });
}

/** Preformatted text with its line breaks as elements. */
function withLines(element: Element): Pick<Element, 'childNodes'> {
  const childNodes = element.childNodes.flatMap((node): Node[] => {
    if (!(node.nodeName === '#text' && 'value' in node)) return [node];
    return node.value
      .split('\n')
      .flatMap((value): Node[] => [
        { ...node, value },
        { nodeName: 'br', tagName: 'br', attrs: [], childNodes: [], parentNode: element } as unknown as Element,
      ]);
  });
  return { childNodes };
}
