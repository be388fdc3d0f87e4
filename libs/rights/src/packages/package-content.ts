import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import { ZipFile } from 'yazl';
import { pageOf, type PackageFacts, type Records } from './package-page.js';
import { packageSchema } from './package.schema.js';
import { linesIn, readLine } from './record-lines.js';

/** A file that the person supplied, or a copy of what is held of them. */
export interface PackedFile {
  readonly name: string;
  readonly open: () => Promise<AsyncIterable<Uint8Array>>;
}

/**
 * A zip with what is held of somebody: a page to read in their language, JSON and CSV for machines with their schema, and the files that they supplied. Read as it is asked for: the records are
 * gone through once for each of the first three, and never kept in memory. Nothing is read before it is asked for, nor after whoever asks has stopped.
 */
export async function* packageContent(
  facts: PackageFacts,
  records: Records,
  files: readonly PackedFile[] = [],
): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  let entry: Readable | undefined;
  for (const [name, content] of [
    ['index.html', pageOf(facts, records)],
    ['data.json', jsonOf(facts, records)],
    ['data.csv', csvOf(records)],
    ['data.schema.json', [`${JSON.stringify(packageSchema, null, 2)}\n`]],
    ...files.map(({ name, open }, index) => [`files/${index + 1}-${name}`, contentOf(open)] as const),
  ] as const)
    zip.addReadStreamLazy(name, { mtime: facts.madeAt, compressionLevel: 1 }, (give) => {
      entry = Readable.from(content, { objectMode: false });
      entry.on('error', (error) => output.destroy(error));
      give(null, entry);
    });
  zip.on('error', (error: Error) => output.destroy(error));
  zip.end();
  try {
    yield* output;
  } finally {
    entry?.destroy();
  }
}

async function* contentOf(open: PackedFile['open']): AsyncGenerator<Uint8Array> {
  yield* await open();
}

async function* jsonOf(
  { number, madeAt, grounds }: PackageFacts,
  records: Records,
): AsyncGenerator<string | Uint8Array> {
  const head = { request: number, madeAt, categories: [...grounds.values()] };
  yield `${JSON.stringify(head).slice(0, -1)},"records":[\n`;
  yield* records();
  yield '\n]}\n';
}

const columns = ['holder', 'category', 'since', 'redacted', 'values'];

/** Formulas are defused: a spreadsheet shows them as text. */
async function* csvOf(records: Records): AsyncGenerator<string> {
  yield stringify([], { header: true, columns, bom: true });
  for await (const lines of linesIn(records()))
    yield stringify(lines.map(cellsOf), { escape_formulas: true, quoted: true });
}

function cellsOf(line: string): readonly string[] {
  const { head, values } = readLine(line);
  const { holder, category, since, redacted = false } = head;
  return [holder, category, since, String(redacted), values];
}
