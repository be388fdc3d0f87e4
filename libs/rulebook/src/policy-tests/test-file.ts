import { z } from 'zod';
import { isDay } from '../document.js';
import { refusalCodes } from '../decide/facts.js';
import { toProblems, withLine, pathOf } from '../parse.js';
import { firstOf, type PolicyProblem } from '../problems.js';
import { inspectTree, readText } from '../read-yaml.js';
import { isRegion } from '../regions.js';
import { precisionSchema } from '../terms.js';
import { bases, crossServiceData, crossServiceForms, fallbacks, recipientKinds, storages } from '../vocabulary.js';

const instant = z
  .string()
  .refine(isInstant, 'instant')
  .transform((text) => Date.parse(text));
const day = z.string().refine(isDay, 'day');
const revision = z.int().min(1);

function isInstant(text: string): boolean {
  const isWritten = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2}))?$/.test(text);
  return isWritten && isDay(text.slice(0, 10)) && !Number.isNaN(Date.parse(text));
}

const codes = z.array(z.string()).min(1).max(100);

const consent = z.strictObject({
  purpose: z.string(),
  categories: codes.optional(),
  service: z.string().optional(),
  recipient: z.string().optional(),
  region: z.string().optional(),
  state: z.enum(['granted', 'withdrawn']),
  at: instant,
  expiresAt: instant.optional(),
  revision: revision.optional(),
});

const subject = z.strictObject({
  kind: z.enum(['person', 'enterprise', 'device']).default('person'),
  birthDate: day.optional(),
  acceptedRevision: revision.optional(),
  acceptance: z.enum(['explicit', 'continuedUse']).default('explicit'),
  consents: z.array(consent).max(1000).default([]),
  gpc: z.strictObject({ since: instant }).optional(),
  positioning: z.boolean().optional(),
  positioningChanges: z
    .array(z.strictObject({ on: z.boolean(), at: instant }))
    .max(1000)
    .default([]),
  guardian: z.strictObject({ confirmed: z.boolean(), consented: z.boolean() }).optional(),
  closed: z.boolean().optional(),
  suppressed: z.boolean().optional(),
  restricted: z.boolean().optional(),
});

const question = z
  .strictObject({
    action: z.enum(['collect', 'use', 'share']),
    categories: codes,
    purpose: z.string().optional(),
    purposes: codes.optional(),
    service: z.string().optional(),
    fromService: z.string().optional(),
    form: z.enum(crossServiceForms).optional(),
    data: z.enum(crossServiceData).optional(),
    groupSize: z.int().optional(),
    recipient: z.string().optional(),
    region: z.string().optional(),
    thirdPartyService: z.string().optional(),
    storage: z.enum(storages).optional(),
    occurredAt: instant.optional(),
    at: instant.optional(),
  })
  .superRefine((asked, context) => {
    const missing = [
      ...(asked.action === 'collect' || asked.purpose !== undefined ? [] : ['purpose']),
      ...(asked.action === 'share' && asked.recipient === undefined ? ['recipient'] : []),
    ];
    for (const field of missing) context.addIssue({ code: 'custom', path: [field], message: 'missing' });
  });

const expectation = z
  .strictObject({
    allowed: z.boolean().optional(),
    code: z.enum(refusalCodes).nullable().optional(),
    clause: z.string().nullable().optional(),
    revision: revision.optional(),
    basis: z.enum(bases).nullable().optional(),
    fallback: z.enum(fallbacks).nullable().optional(),
    precision: precisionSchema.nullable().optional(),
    storage: z.enum(storages).nullable().optional(),
    purposes: codes.optional(),
  })
  .refine((expected) => Object.values(expected).some((value) => value !== undefined), 'empty');

const testFile = z.strictObject({
  clock: instant,
  recipients: z
    .array(
      z.strictObject({
        slug: z.string(),
        kind: z.enum(recipientKinds),
        region: z.string().refine(isRegion, 'region'),
        active: z.boolean().optional(),
        contractUntil: day.nullable().optional(),
        name: z.string().optional(),
        /** Of an authority: there are orders on file that cover what is asked. */
        orders: z.boolean().optional(),
        /** Of anybody else: there is an agreement, unless it says no. */
        agreement: z.boolean().optional(),
      }),
    )
    .max(500)
    .default([]),
  /** Files with further revisions of the same policy, oldest first. */
  revisions: z.array(z.string()).max(100).default([]),
  cases: z
    .array(
      z.strictObject({
        name: z.string(),
        subject: subject.nullable().default(subject.parse({})),
        question,
        expect: expectation,
      }),
    )
    .min(1)
    .max(1000),
});

/** Cases kept beside a policy: facts, a question, and the decision expected. */
export type PolicyTests = z.output<typeof testFile>;
export type PolicyTestCase = PolicyTests['cases'][number];

export interface ParsedPolicyTests {
  readonly tests: PolicyTests | null;
  /** How many cases there are, whole or not. */
  readonly caseCount: number;
  /** What is wrong with the text, each with its place, a hundred at most. */
  readonly problems: readonly PolicyProblem[];
}

/** Reads a test file (YAML or JSON) and lists everything wrong with its shape; `tests` is null when something is. */
export function parsePolicyTests(text: string): ParsedPolicyTests {
  const read = readText(text);
  const unsafe = read.problems.length > 0 ? read.problems : [...inspectTree(text), ...inspectTree(read.value)];
  if (unsafe.length > 0) return { tests: null, caseCount: 0, problems: firstOf(unsafe) };
  const result = testFile.safeParse(read.value);
  if (result.success) return { tests: result.data, caseCount: result.data.cases.length, problems: [] };
  const problems = result.error.issues.flatMap((issue) => toProblems(issue, read.value));
  const { cases } = (read.value ?? {}) as { cases?: unknown };
  const listed = firstOf(problems).map((problem) => withLine(problem, read.lineOf(pathOf(problem.path))));
  return { tests: null, caseCount: Array.isArray(cases) ? cases.length : 0, problems: listed };
}
