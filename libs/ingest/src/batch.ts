import type { CopyValue } from './copy-rows.js';

/** One item that is not stored, by its place in the request. */
export interface Refusal {
  readonly index: number;
  readonly code: string;
  /** Of a malformed one: which member of it, as a JSON pointer, and what is wrong with that; never what it holds. */
  readonly pointer?: string;
  readonly reason?: string;
}

/** What one request brings: `refused` are the items that failed a check which needs nobody's data. */
export interface IngestBatch<Item> {
  /** Who sends: a batch id is one within it. */
  readonly owner: string;
  readonly batchId: string;
  /** A keyed hash of what was sent: the same id with other content is another batch under a wrong name. */
  readonly content: Buffer;
  readonly items: readonly Item[];
  readonly refused: readonly Refusal[];
  /** By `performance.now()`: how long it may still wait is counted from then. */
  readonly arrivedAt: number;
}

export interface IngestAnswer {
  /** How many are stored: by this request, or, `alreadyStored` of them, before it. */
  readonly accepted: number;
  readonly alreadyStored: number;
  readonly refused: readonly Refusal[];
  /** The batch was answered before, and this is that answer. */
  readonly duplicate: boolean;
}

/** An answer and the places of the items in it that had been stored before, which count as nothing new. */
export interface Ingested {
  readonly answer: IngestAnswer;
  readonly alreadyStored: readonly number[];
}

/** An answer with the content that it was given to; null of batches that were answered before contents were kept. */
export interface Answered extends Ingested {
  readonly content: Buffer | null;
}

/** A row to store. `values` in the order of the table's columns; the first two, subject and id, tell one item from another. */
export interface IngestRow {
  /** The place of its item in the request. */
  readonly index: number;
  readonly values: readonly CopyValue[];
  /** The first day of the month in which it falls due. */
  readonly month: string;
  /** Epoch milliseconds; null with an event. */
  readonly dueAt: number | null;
  /** The months under which it could have been stored lately, had it been sent before. */
  readonly months: ReadonlySet<string>;
}

/** What is to become of one batch. */
export interface BatchDecision {
  readonly rows: readonly IngestRow[];
  readonly refused: readonly Refusal[];
}

/** `rowOf`: the row to store of an item, or the code of why there is none. */
export function decideEach<Item extends { readonly index: number }>(
  items: readonly Item[],
  rowOf: (item: Item, place: number) => IngestRow | string,
): BatchDecision {
  const rows: IngestRow[] = [];
  const refused: Refusal[] = [];
  items.forEach((item, place) => {
    const row = rowOf(item, place);
    if (typeof row === 'string') refused.push({ index: item.index, code: row });
    else rows.push(row);
  });
  return { rows, refused };
}
