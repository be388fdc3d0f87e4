import { Readable } from 'node:stream';
import { pageOf, type PackageFacts } from './package-page.js';
import type { PackageRecords } from './package-records.js';
import { packageSchema } from './package.schema.js';

/** A file that the person supplied, or a copy of what is held of them. */
export interface PackedFile {
  readonly name: string;
  readonly open: () => Promise<AsyncIterable<Uint8Array>>;
}

type Content = AsyncIterable<string | Uint8Array> | Iterable<string>;

const deflated = 8;

/**
 * A zip with what is held of somebody: a page to read in their language, JSON and CSV for machines with their schema, and the files that they supplied. Read as it is asked for: the records are
 * never kept in memory. Nothing is read before it is asked for, nor after whoever asks has stopped.
 */
export async function* packageContent(
  facts: PackageFacts,
  records: PackageRecords,
  files: readonly PackedFile[] = [],
): AsyncGenerator<Uint8Array> {
  // Loaded when the first package is written: it takes some memory.
  const { configure, ZipWriter } = await import('@zip.js/zip.js/lib/zip-core-native.js');
  configure({ useWebWorkers: false });
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const zip = new ZipWriter(writable, { lastModDate: facts.madeAt, extendedTimestamp: false });
  const add = (name: string, content: Content, options = {}) =>
    zip.add(name, Readable.toWeb(Readable.from(content, { objectMode: false })) as ReadableStream, options);
  const addDeflated = (name: string, { size: uncompressedSize, crc32, content }: ReturnType<PackageRecords['file']>) =>
    add(name, content, { passThrough: true, compressionMethod: deflated, uncompressedSize, crc32 });
  const writing = (async () => {
    await add('index.html', pageOf(facts, records));
    await addDeflated('data.json', records.file('json'));
    await addDeflated('data.csv', records.file('csv'));
    await add('data.schema.json', [`${JSON.stringify(packageSchema, null, 2)}\n`]);
    for (const [index, { name, open }] of files.entries()) await add(`files/${index + 1}-${name}`, contentOf(open));
    await zip.close();
  })();
  writing.catch((error: unknown) => writable.abort(error));
  yield* readable;
  await writing;
}

async function* contentOf(open: PackedFile['open']): AsyncGenerator<Uint8Array> {
  yield* await open();
}
