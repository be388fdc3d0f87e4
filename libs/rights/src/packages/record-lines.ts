import { pipeline, Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip, createGzip } from 'node:zlib';
import type { HeldRecord } from '@abide/platform';
import { withoutOthers } from './others-data.js';

/** A record and who holds it. */
export interface PackedRecord extends HeldRecord {
  readonly holder: string;
}

/** What stands beside the values of a record. */
export interface RecordHead {
  readonly holder: string;
  readonly category: string;
  /** An instant (ISO 8601). */
  readonly since: string;
  /** What identifies others in it is masked. */
  readonly redacted?: true;
}

/** A record as the parts of a package are made from it, its values as JSON. */
export interface RecordLine {
  readonly head: RecordHead;
  readonly values: string;
}

const bytesAtOnce = 64 * 1024;
const separator = ',\n';
const beforeValues = ',"values":';

/** Records as they stand in the list of data.json, a line each. `own`: what identifies the person themselves; what identifies others is masked. */
export async function* recordLines(
  records: AsyncIterable<PackedRecord>,
  own: ReadonlySet<string>,
): AsyncGenerator<Uint8Array> {
  let text = '';
  let before = '';
  for await (const { holder, category, since, values } of records) {
    const { json, isRedacted } = withoutOthers(values, own);
    const head = { holder, category, since, ...(isRedacted ? { redacted: true } : {}) };
    text += `${before}${JSON.stringify(head).slice(0, -1)}${beforeValues}${json}}`;
    before = separator;
    if (text.length < bytesAtOnce) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(text);
}

/** The same, read back: as many at a time as came at once. */
export async function* linesIn(content: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[]> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const bytes of content) {
    const lines = `${rest}${decoder.write(bytes as Buffer)}`.split(separator);
    rest = lines.pop() ?? '';
    if (lines.length > 0) yield lines;
  }
  if (rest !== '') yield [rest];
}

/** Nothing before `values` has a quotation mark in it that is not escaped. */
export function readLine(line: string): RecordLine {
  const end = line.indexOf(beforeValues);
  return {
    head: JSON.parse(`${line.slice(0, end)}}`) as RecordHead,
    values: line.slice(end + beforeValues.length, -1),
  };
}

/** Quickly: it is read again at once. */
export function compressed(content: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  return pipeline(Readable.from(content), createGzip({ level: 1, chunkSize: bytesAtOnce }), () => undefined);
}

export function decompressed(content: Readable): AsyncIterable<Uint8Array> {
  return pipeline(content, createGunzip({ chunkSize: bytesAtOnce }), () => undefined);
}
