import { pipeline, Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import type { HeldRecord } from '@abide/platform';
import { stringify } from 'csv-stringify/sync';
import { linesIn } from '../json-lines.js';
import { DeflatedPart } from './deflated-part.js';
import { frameOf, piecesOf } from './frames.js';
import { OthersData, type Redacted } from './others-data.js';
import type { CategoryGrounds } from './package-grounds.service.js';
import { RecordCounts } from './record-counts.js';

/** Records and who holds them. */
export interface HeldBy {
  readonly holder: string;
  readonly records: AsyncIterable<HeldRecord>;
}

/** A record as data.json has it. */
export interface RecordLine {
  readonly holder: string;
  readonly category: string;
  /** An instant (ISO 8601). */
  readonly since: string;
  /** What identifies others in it is masked. */
  readonly redacted?: true;
  readonly values: Readonly<Record<string, unknown>>;
}

/** What stands in a package before its records. */
export interface RecordsHead {
  readonly number: string;
  readonly madeAt: Date;
  /** Why each kind of data is held. */
  readonly grounds: ReadonlyMap<string, CategoryGrounds>;
}

/** A file of the zip that is deflated already. */
export interface DeflatedFile {
  /** Before it was deflated, in bytes. */
  readonly size: number;
  readonly crc32: number;
  readonly content: AsyncIterable<Uint8Array>;
}

/** Records of one kind on the page; the other files hold all. */
export const shownOfEachKind = 10_000;

const parts = ['json', 'csv', 'shown'] as const;
type PartName = (typeof parts)[number];

/** How many pieces are deflated at the same time. */
const deflatedAtOnce = 4;
const columns = ['holder', 'category', 'since', 'redacted', 'values'];

/** How the records of one holder and kind begin in each file. */
interface Beginning {
  readonly holder: string;
  readonly category: string;
  readonly json: string;
  readonly csv: string;
}

/**
 * The records of a package, gone through once: data.json and data.csv come about at the same time, deflated, beside the records that the page
 * shows. One stream holds the three, and they are read from it one after the other.
 */
export class PackageRecords {
  /** What there is, once it was gone through. */
  readonly counts = new RecordCounts();
  private readonly parts = { json: new DeflatedPart(), csv: new DeflatedPart(), shown: new DeflatedPart() };

  /** `content`: what `packed` gave, as often as it is asked for. */
  constructor(private readonly content: () => AsyncIterable<Uint8Array>) {}

  /** `own`: what identifies the person themselves; what identifies others is masked. */
  async *packed(
    held: AsyncIterable<HeldBy>,
    own: ReadonlySet<string>,
    { number, madeAt, grounds }: RecordsHead,
  ): AsyncGenerator<Uint8Array> {
    const { json, csv } = this.parts;
    const head = { request: number, madeAt, categories: [...grounds.values()] };
    json.add(`${JSON.stringify(head).slice(0, -1)},"records":[\n`);
    csv.add(stringify([], { header: true, columns, bom: true }));
    try {
      yield* this.deflated(held, new OthersData(own));
      json.add('\n]}\n');
      for (const name of parts) yield await this.framed(name, this.parts[name].last());
    } finally {
      for (const name of parts) this.parts[name].close();
    }
  }

  file(name: 'json' | 'csv'): DeflatedFile {
    const { size, crc32 } = this.parts[name];
    return { size, crc32, content: piecesOf(parts.indexOf(name), this.content()) };
  }

  /** Those on the page, several at a time. */
  async *shown(): AsyncGenerator<readonly RecordLine[]> {
    const pieces = Readable.from(piecesOf(parts.indexOf('shown'), this.content()));
    for await (const lines of linesIn(pipeline(pieces, createInflateRaw(), () => undefined)))
      yield lines.map((line) => JSON.parse(line) as RecordLine);
  }

  /** What is deflated of them while they come. */
  private async *deflated(held: AsyncIterable<HeldBy>, others: OthersData): AsyncGenerator<Uint8Array> {
    const deflating: Promise<Uint8Array>[] = [];
    let separator = '';
    for await (const { holder, records } of held) {
      let beginning: Beginning | null = null;
      for await (const record of records) {
        if (beginning?.category !== record.category) beginning = beginningOf(holder, record.category);
        this.parts.json.add(separator);
        separator = ',\n';
        this.add(record, others.leftOutOf(record.values), beginning);
        for (const name of parts)
          if (this.parts[name].isFull) deflating.push(this.framed(name, this.parts[name].taken()));
        while (deflating.length >= deflatedAtOnce) yield* await Promise.all(deflating.splice(0, 1));
      }
    }
    yield* await Promise.all(deflating);
  }

  private add(record: HeldRecord, { json: values, isRedacted }: Redacted, beginning: Beginning): void {
    const { json, csv, shown } = this.parts;
    const since = record.since.toISOString();
    const head = `${beginning.json}${since}"${isRedacted ? ',"redacted":true' : ''},"values":`;
    json.add(head);
    const written = json.add(values);
    json.add('}');
    csv.add(`${beginning.csv},"${since}","${isRedacted}","`);
    csv.addQuoted(written);
    csv.add('"\n');
    if (this.counts.add(beginning, record.since) <= shownOfEachKind) shown.add(`${head}${values}}\n`);
  }

  private framed(name: PartName, piece: Promise<Uint8Array>): Promise<Uint8Array> {
    const frame = piece.then((bytes) => frameOf(parts.indexOf(name), bytes));
    // Whoever waits for it learns of its failure; nobody may be left to.
    frame.catch(() => undefined);
    return frame;
  }
}

/** Formulas are defused: a spreadsheet shows them as text. The other cells begin with a digit, a letter or a brace. */
function beginningOf(holder: string, category: string): Beginning {
  return {
    holder,
    category,
    json: `${JSON.stringify({ holder, category }).slice(0, -1)},"since":"`,
    csv: stringify([[holder, category]], { escape_formulas: true, quoted: true, eof: false }),
  };
}
