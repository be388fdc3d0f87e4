import { z } from 'zod';
import { codeSchema, termSchema } from './terms.js';
import { appKinds, audiences, policyKinds, recipientKinds } from './vocabulary.js';

const textOf = (max: number) => {
  const text = z
    .string()
    .max(max)
    .refine((value) => value.trim() !== '', { error: 'missingLocale' });
  return z.strictObject({ 'zh-CN': text, en: text });
};
const slug = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
const day = z.string().refine(isDay, { error: 'day' });

/** Whether a text is a day that exists, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text);
}

const glossaryEntry = z.strictObject({
  term: textOf(120),
  meaning: textOf(2000),
  link: z
    .string()
    .max(500)
    .regex(/^https:\/\/\S+$/)
    .optional(),
});

const recipient = z.strictObject({
  slug,
  kind: z.enum(recipientKinds),
  name: z.string().min(1).max(200).optional(),
  region: z.string().regex(/^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/),
  active: z.boolean().optional(),
  contractUntil: day.nullable().optional(),
});

const clause = z.strictObject({
  id: z
    .string()
    .max(80)
    .regex(/^[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*$/),
  heading: textOf(200),
  body: textOf(50_000),
  terms: z.array(termSchema).max(100).default([]),
});

export const maxClauses = 500;

/** The policy-as-code format; lists that may be left out are read as empty. */
export const documentSchema = z.strictObject({
  policy: slug,
  kind: z.enum(policyKinds),
  service: codeSchema.optional(),
  audience: z.enum(audiences).optional(),
  appKind: z.enum(appKinds).optional(),
  title: textOf(200),
  contact: textOf(1000).optional(),
  glossary: z.array(glossaryEntry).max(500).default([]),
  definitions: z.array(glossaryEntry).max(500).default([]),
  services: z.array(codeSchema).max(200).default([]),
  recipients: z.array(recipient).max(500).default([]),
  clauses: z.array(clause).min(1).max(maxClauses),
});

/** The text and terms of one revision of a policy. */
export type PolicyDocument = z.infer<typeof documentSchema>;
export type Clause = PolicyDocument['clauses'][number];
export type GlossaryEntry = PolicyDocument['glossary'][number];
export type RecipientEntry = PolicyDocument['recipients'][number];
