import { z } from 'zod';
import { parseDuration } from './duration.js';
import {
  acceptanceModes,
  bases,
  crossServiceData,
  crossServiceForms,
  exclusionScopes,
  fallbacks,
  minorRequirements,
  noticeChannels,
  recipientKinds,
  retentionEvents,
  retentionOutcomes,
  rights,
  storages,
  verifications,
  withheldConsequences,
} from './vocabulary.js';

/** Codes of categories, purposes, services, sources and measures: `log.device`, `ticketing`. */
export const codeSchema = z
  .string()
  .max(80)
  .regex(/^[a-z][A-Za-z0-9]*(?:[.-][A-Za-z0-9]+)*$/);
const codeOrAll = z
  .string()
  .max(80)
  .regex(/^(?:\*|[a-z][A-Za-z0-9]*(?:[.-][A-Za-z0-9]+)*)$/);
const listOf = <T extends z.ZodType>(item: T) => z.array(item).min(1).max(200);

const categories = listOf(codeOrAll);
const purposes = listOf(codeOrAll);
const services = listOf(
  z
    .string()
    .max(90)
    .regex(/^(?:thirdParty:)?[a-z][A-Za-z0-9]*(?:[.-][A-Za-z0-9]+)*$/),
);
const basis = z.enum(bases);
const duration = z
  .string()
  .max(40)
  .refine((text) => parseDuration(text) !== null, { error: 'duration' });
const days = z.int().min(1).max(3650);
/**
 * How exactly a datum is kept or used: as it is; at the cell of an H3 resolution (places only); or truncated, which
 * leaves of an IP address its network part (/24 of IPv4, /48 of IPv6) and strips content metadata of place and time.
 */
export const precisionSchema = z.union(
  [z.literal('exact'), z.literal('truncated'), z.strictObject({ h3: z.int().min(0).max(15) })],
  { error: 'precision' },
);
const recipient = z.string().max(90).refine(isRecipientReference, { error: 'recipient' });
const regions = listOf(z.string().regex(/^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/));

function isRecipientReference(text: string): boolean {
  return (recipientKinds as readonly string[]).includes(text) || /^recipient:[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text);
}

const collection = z.strictObject({
  type: z.literal('collection'),
  categories,
  purposes,
  basis,
  required: z.boolean().optional(),
  ifWithheld: z.enum(withheldConsequences).optional(),
  services: services.optional(),
  sources: listOf(codeSchema).optional(),
  /** Read on the device and never sent, neither to collect nor to use it. */
  storage: z.enum(storages).optional(),
  precision: precisionSchema.optional(),
  validFor: duration.optional(),
  fallback: z.enum(fallbacks).optional(),
});

const use = z.strictObject({
  type: z.literal('use'),
  categories,
  purposes,
  basis,
  services: services.optional(),
  precision: precisionSchema.optional(),
  validFor: duration.optional(),
  fallback: z.enum(fallbacks).optional(),
});

const crossServiceUse = z.strictObject({
  type: z.literal('crossServiceUse'),
  categories,
  purposes,
  from: listOf(codeSchema),
  to: listOf(codeSchema),
  form: z.enum(crossServiceForms),
  minimumGroup: z.int().min(2).max(1_000_000).optional(),
  data: z.enum(crossServiceData).optional(),
  basis,
  validFor: duration.optional(),
  fallback: z.enum(fallbacks).optional(),
});

const sharing = z.strictObject({
  type: z.literal('sharing'),
  categories,
  recipients: listOf(recipient),
  purposes,
  basis,
  regions: regions.optional(),
  services: services.optional(),
  validFor: duration.optional(),
  fallback: z.enum(fallbacks).optional(),
});

const retention = z
  .strictObject({
    type: z.literal('retention'),
    categories,
    /** For which purposes it is kept so long. Left out (or `'*'`), whatever it was collected for. */
    purposes: purposes.optional(),
    services: services.optional(),
    period: duration.optional(),
    until: z.enum(retentionEvents).optional(),
    then: z.enum(retentionOutcomes),
    minimum: z.strictObject({ period: duration, ground: z.string().trim().min(1).max(300) }).optional(),
  })
  .refine((term) => (term.period === undefined) !== (term.until === undefined), { error: 'periodOrUntil' });

const answerWithin = z.union(
  [
    z.literal('immediate'),
    z.strictObject({ workingDays: days }),
    z.strictObject({ calendarDays: days }),
    z.strictObject({ months: z.int().min(1).max(120) }),
  ],
  { error: 'answerWithin' },
);

const right = z.strictObject({
  type: z.literal('right'),
  rights: listOf(z.enum(rights)),
  answerWithin: answerWithin.optional(),
  verification: z.enum(verifications).optional(),
  services: services.optional(),
  /** Whose right it is: who lives there. Left out, everybody's. */
  regions: regions.optional(),
});

const protection = z.strictObject({
  type: z.literal('protection'),
  measures: listOf(codeSchema),
  categories: categories.optional(),
});

const minors = z.strictObject({
  type: z.literal('minors'),
  under: z.int().min(1).max(21),
  requires: z.enum(minorRequirements),
});

/** One that is used in any case, or several of which one is enough for each subject, the preferred first. */
const channel = z.union(
  [z.enum(noticeChannels), z.strictObject({ anyOf: z.array(z.enum(noticeChannels)).min(2).max(20) })],
  {
    error: 'channel',
  },
);

const change = z.strictObject({
  type: z.literal('change'),
  notice: z.strictObject({ leadDays: z.int().min(0).max(365), channels: listOf(channel) }),
  acceptance: z.enum(acceptanceModes),
});

const exclusion = z.strictObject({
  type: z.literal('exclusion'),
  scope: z.enum(exclusionScopes),
  thirdPartyServices: listOf(codeSchema).optional(),
});

/** Strict schemas of every term type: an unknown key is an error. */
export const termSchema = z.discriminatedUnion('type', [
  collection,
  use,
  crossServiceUse,
  sharing,
  retention,
  right,
  protection,
  minors,
  change,
  exclusion,
]);

export type CollectionTerm = z.infer<typeof collection>;
export type UseTerm = z.infer<typeof use>;
export type CrossServiceUseTerm = z.infer<typeof crossServiceUse>;
export type SharingTerm = z.infer<typeof sharing>;
export type RetentionTerm = z.infer<typeof retention>;
export type RightTerm = z.infer<typeof right>;
export type ProtectionTerm = z.infer<typeof protection>;
export type MinorsTerm = z.infer<typeof minors>;
export type ChangeTerm = z.infer<typeof change>;
export type ExclusionTerm = z.infer<typeof exclusion>;
/** As a term promises it. */
export type PromisedAnswer = z.infer<typeof answerWithin>;
/** As it is counted: `calendarDays: 0` is the day that the request came. */
export type AnswerWithin = Exclude<PromisedAnswer, 'immediate'>;
export type PromisedChannel = z.infer<typeof channel>;
export type Precision = z.infer<typeof precisionSchema>;

/** The less exact of two: a truncated datum before any cell, the larger cell, exact last. */
export function coarserOf(one: Precision, other: Precision): Precision {
  return rankOf(other) < rankOf(one) ? other : one;
}

function rankOf(precision: Precision): number {
  if (precision === 'exact') return Infinity;
  return precision === 'truncated' ? -1 : precision.h3;
}

/** A machine-readable statement in a clause. */
export type Term =
  | CollectionTerm
  | UseTerm
  | CrossServiceUseTerm
  | SharingTerm
  | RetentionTerm
  | RightTerm
  | ProtectionTerm
  | MinorsTerm
  | ChangeTerm
  | ExclusionTerm;
