import { retentionGrounds, type HolderAnswer } from '@abide/platform';
import { z } from 'zod';

/** The version of docs/holder-protocol.yaml that is spoken here. */
export const contractVersion = '1';

/** What changes something, or says that it did; each is done once for each `requestId`. */
export const changingOperations = ['correct', 'erase', 'restrict', 'unshare', 'expire'] as const;
export type ChangingOperation = (typeof changingOperations)[number];
export const holderOperations = ['describe', 'export', ...changingOperations] as const;
export type HolderOperation = (typeof holderOperations)[number];

const mostRows = 1_000_000_000;
/** A kind of data, as the catalogue names it. */
export const category = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)*$/)
  .max(80);
const rows = z.int().min(1).max(mostRows);
const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
/** Words that people read, on one line. */
export const line = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u);

const staying = { ground: z.enum(retentionGrounds), article: line(200), until: instant.nullable() };
const counts = z
  .array(z.object({ category, count: rows, table: line(127).optional() }))
  .max(200)
  .default([]);
const retained = z
  .array(z.object({ category, count: rows, ...staying }))
  .max(200)
  .default([]);

/** What a holder outside says it did, as hostile as anything from there: what is not of this shape is no answer. */
export const holderAnswerSchema = z
  .discriminatedUnion('outcome', [
    z.object({ outcome: z.enum(['done', 'nothing', 'needsIdentifier', 'manual']), counts, retained }),
    z.object({ outcome: z.literal('blocked'), block: z.object(staying), counts, retained }),
  ])
  .refine(
    ({ outcome, counts: told }) =>
      (outcome === 'done') === told.length > 0 || outcome === 'blocked' || outcome === 'manual',
  )
  .transform((answer): HolderAnswer => answer);

const holding = z.object({ category, count: rows, since: instant.nullable(), until: instant.nullable().default(null) });
export type OutsideHolding = z.output<typeof holding>;

/** What a holder outside has of somebody, counted. */
export const descriptionSchema = z
  .object({
    outcome: z.enum(['done', 'nothing', 'needsIdentifier', 'manual']),
    holdings: z.array(holding).max(200).default([]),
  })
  .refine(({ outcome, holdings }) => (outcome === 'done') === holdings.length > 0);
export type Description = z.output<typeof descriptionSchema>;

/** Who a holder outside says it is. */
export const identitySchema = z.object({
  name: line(120),
  contract: z.literal(contractVersion),
  categories: z.array(category).max(200),
});
export type HolderIdentity = z.output<typeof identitySchema>;

/** One line of an export. */
export const recordSchema = z.object({
  category,
  id: line(120),
  since: instant,
  values: z.record(z.string().max(120), z.unknown()),
});
export type ExportedRecord = z.output<typeof recordSchema>;

/** The last line of an export: how many lines came before it, and a signature over all of them. */
export const endSchema = z.object({
  end: z.object({ records: z.int().min(0), timestamp: z.string().max(12), signature: z.string().max(1000) }),
});

/** What a holder that answered 202 posts when it is done. */
export const callbackSchema = z.object({
  requestId: z.string().regex(/^[A-Za-z0-9_-]{1,100}$/),
  operation: z.enum(changingOperations),
  answer: holderAnswerSchema,
});
