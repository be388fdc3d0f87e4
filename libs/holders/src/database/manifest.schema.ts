import { retentionGrounds } from '@abide/platform';
import { z } from 'zod';
import { category, line } from '../protocol/holder-answers.js';

/** What a draft writes where only a person knows. */
export const gap = 'unknown';
/** A column that says nothing about anybody. */
export const notPersonal = 'none';

/** `schema.table`. */
const tableName = z
  .string()
  .max(127)
  .regex(/^[^.\p{C}]{1,63}\.[^.\p{C}]{1,63}$/u);
/** PostgreSQL cuts longer names off. */
const column = z
  .string()
  .max(63)
  .regex(/^[^\p{C}]+$/u);
const scalar = z.union([z.string().max(1000), z.number(), z.boolean(), z.null()]);

/** A column that holds an identifier of the person. */
const match = z.strictObject({
  column,
  /** `account`: their id in Abide; else the type of an identifier. */
  identifier: z.string().regex(/^[a-z][A-Za-z]{1,39}$/),
  ignoreCase: z.boolean().default(false),
});
/** The way to a table that knows whose a row is: own column by column of that table. */
const through = z.strictObject({ through: tableName, on: z.record(column, column) });

const erasing = z.union([
  z.literal('delete'),
  /** Every personal column is emptied. */
  z.literal('blank'),
  /** Only a way to others: nothing of it is personal. */
  z.literal('leave'),
  /** As `blank`, with what stands there afterwards. */
  z.strictObject({ blank: z.record(column, scalar) }),
  z.strictObject({ keep: z.strictObject({ ground: z.enum(retentionGrounds), article: line(200) }) }),
]);

const mappedTable = z.strictObject({
  table: tableName,
  /** What tells its rows apart. */
  key: z.array(column).min(1).max(8),
  /** The column that says since when a row is held, or a day for all of them. */
  since: z.union([z.strictObject({ column }), z.strictObject({ day: z.iso.date() })]),
  /** The column that says when a row falls due. */
  due: column.optional(),
  subject: z.union([z.array(match).min(1).max(10), through]),
  /** Each column that there is, with the kind of data that it is of. */
  columns: z.record(column, z.union([z.literal(notPersonal), category])),
  /** What may be set to a corrected value. */
  correctable: z.array(column).max(200).default([]),
  restrict: z.strictObject({ column, restricted: scalar, lifted: scalar }).optional(),
  erase: erasing,
  /** Smaller ones first. */
  order: z.int(),
});

/** What a database outside keeps about people, and what may be done there; written by a person, from a draft. */
export const manifestSchema = z.strictObject({
  version: z.literal(1),
  /** Of every table and column in `schemas` as they were when it was written. */
  fingerprint: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  schemas: z.array(z.string().min(1).max(63)).min(1).max(50),
  /** Of times that are stored without a zone. */
  timeZone: z
    .string()
    .max(60)
    .regex(/^[A-Za-z][A-Za-z0-9_+/-]*$/)
    .default('UTC'),
  /** Where what was done is noted in the transaction that does it; without it nothing is changed there. */
  ledger: tableName.nullable().default(null),
  /** Rows of a table that belong to one person at most: one that finds more has a wrong way to them, and changes nothing. */
  mostRows: z.int().min(1).max(1_000_000).default(10_000),
  tables: z.array(mappedTable).min(1).max(100),
  /** Tables that hold nothing about anybody. */
  without: z.array(tableName).max(2000).default([]),
});

export type DatabaseManifest = z.output<typeof manifestSchema>;
export type MappedTable = DatabaseManifest['tables'][number];
export type Scalar = z.output<typeof scalar>;
