import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { Unreadable } from '../unreadable.js';

/** Of all parts together, as they say of themselves and as they turn out: a text of 500,000 characters unfolds to some 20 MB of XML. */
const mostUnfoldedBytes = 60 * 1024 * 1024;
/** Pictures count among what a zip says of itself, though they are not unfolded. */
const mostSaidBytes = 400 * 1024 * 1024;
const mostEntries = 5000;

/** The parts of a Word file that its text stands in; null where it has none of that kind. */
export interface WordParts {
  readonly main: string;
  readonly styles: string | null;
  readonly numbering: string | null;
  readonly footnotes: string | null;
  readonly endnotes: string | null;
  readonly comments: string | null;
  readonly hasMacros: boolean;
  /** How many parts stand elsewhere: linked pictures, templates, other documents. Links that a reader may follow are not counted. */
  readonly externalReferences: number;
}

/**
 * Opens a Word file as far as its text needs it; nothing else is unfolded.
 * @throws Unreadable `damaged`, `encrypted`, `unknown_format` for another zip, `unfolds_too_large`
 */
export async function wordParts(bytes: Buffer): Promise<WordParts> {
  const archive = await Archive.open(bytes);
  const main = await mainPath(archive);
  const folder = main.slice(0, main.lastIndexOf('/') + 1);
  const relations = relationsIn(await archive.find(`${folder}_rels/${main.slice(folder.length)}.rels`));
  const part = async (type: string) => {
    const target = relations.find((one) => !one.isExternal && one.type.endsWith(`/${type}`))?.target;
    return archive.find(target === undefined ? `${folder}${type}.xml` : resolved(target, folder));
  };
  return {
    main: await archive.get(main),
    styles: await part('styles'),
    numbering: await part('numbering'),
    footnotes: await part('footnotes'),
    endnotes: await part('endnotes'),
    comments: await part('comments'),
    hasMacros: archive.holds(/(?:^|\/)vbaProject\.bin$/i),
    externalReferences: relations.filter(({ isExternal, type }) => isExternal && !type.endsWith('/hyperlink')).length,
  };
}

async function mainPath(archive: Archive): Promise<string> {
  const relations = relationsIn(await archive.find('_rels/.rels'));
  const target = relations.find(({ type }) => type.endsWith('/officeDocument'))?.target;
  const path = target === undefined ? 'word/document.xml' : resolved(target, '');
  const types = (await archive.find('[Content_Types].xml')) ?? '';
  if (!archive.has(path) || !/wordprocessingml|ms-word/.test(types)) throw new Unreadable('unknown_format');
  return path;
}

/** A zip that is read only as far as it is asked, and never beyond what it may unfold to. */
class Archive {
  private unfolded = 0;

  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  static async open(bytes: Buffer): Promise<Archive> {
    const zip = await orDamaged(() => fromBufferPromise(bytes));
    if (zip.entryCount > mostEntries) throw new Unreadable('unfolds_too_large');
    const entries = await orDamaged(async () => {
      const found = new Map<string, Entry>();
      for await (const entry of zip.eachEntry()) found.set(entry.fileName, entry);
      return found;
    });
    const said = [...entries.values()].reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
    if (said > mostSaidBytes) throw new Unreadable('unfolds_too_large');
    return new Archive(zip, entries);
  }

  has(path: string): boolean {
    return this.entries.has(path);
  }

  holds(path: RegExp): boolean {
    return [...this.entries.keys()].some((name) => path.test(name));
  }

  async find(path: string): Promise<string | null> {
    return this.has(path) ? this.get(path) : null;
  }

  async get(path: string): Promise<string> {
    const entry = this.entries.get(path);
    if (!entry) throw new Unreadable('damaged');
    if (entry.isEncrypted()) throw new Unreadable('encrypted');
    this.count(entry.uncompressedSize);
    return xmlText(await this.unfold(entry));
  }

  /** Counted by what comes, whatever the entry says of itself. */
  private async unfold(entry: Entry): Promise<Buffer> {
    const pieces: Buffer[] = [];
    let length = 0;
    await orDamaged(async () => {
      for await (const piece of await this.zip.openReadStreamPromise(entry)) {
        length += (piece as Buffer).length;
        if (length > mostUnfoldedBytes) throw new Unreadable('unfolds_too_large');
        pieces.push(piece as Buffer);
      }
    });
    return Buffer.concat(pieces);
  }

  private count(bytes: number): void {
    this.unfolded += bytes;
    if (this.unfolded > mostUnfoldedBytes) throw new Unreadable('unfolds_too_large');
  }
}

/** Office writes XML in UTF-8 or UTF-16 and knows no document types (ECMA-376 part 2, §6.2.5), by which XML names what is not in it. */
function xmlText(bytes: Buffer): string {
  const encoding = bytes[0] === 0xff ? 'utf-16le' : bytes[0] === 0xfe ? 'utf-16be' : 'utf-8';
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new Unreadable('damaged');
  }
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw new Unreadable('damaged');
  return text;
}

interface Relation {
  readonly type: string;
  readonly target: string;
  readonly isExternal: boolean;
}

function relationsIn(xml: string | null): Relation[] {
  const value = (element: string, name: string) =>
    new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(element)?.slice(1).find(Boolean) ?? '';
  return [...(xml ?? '').matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)].map(([element]) => ({
    type: value(element, 'Type'),
    target: value(element, 'Target'),
    isExternal: value(element, 'TargetMode') === 'External',
  }));
}

function resolved(target: string, folder: string): string {
  return new URL(target, `zip:///${folder}`).pathname.slice(1);
}

async function orDamaged<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable('damaged');
  }
}
