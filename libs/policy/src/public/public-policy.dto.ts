import type { Localized } from '@abide/kernel';
import { Id, Instant, ListOf, LocalizedText, Nested, OneOf, Text, Whole } from '@abide/platform';
import {
  audiences,
  describeTerm,
  materialities,
  policyKinds,
  termTypes,
  type Audience,
  type Catalogue,
  type Clause,
  type GlossaryEntry,
  type Materiality,
  type PolicyKind,
  type Term,
} from '@abide/rulebook';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ListedRevision, RevisionState } from '../revisions/revision.entity.js';
import { publishedStates } from '../revisions/revision.entity.js';
import type { ClauseRef, Replacement } from './precedence.js';
import type { PublishedPolicy, PublishedRevision } from './published-policies.js';

class PublicRevisionRef {
  @Id() readonly id: string = '';
  @Whole({ min: 1, max: 1_000_000 }) readonly number: number = 1;
  @Instant() readonly effectiveAt: string = '';
}

class ScheduledRevisionRef extends PublicRevisionRef {
  @OneOf(materialities) readonly materiality: Materiality = 'informational';
}

/** A policy in the public list. */
export class PublicPolicy {
  @Text({ max: 60 }) readonly slug: string = '';
  @OneOf(policyKinds) readonly kind: PolicyKind = 'general';
  @Text({ max: 80, optional: true, description: 'The service that a service policy is for' }) readonly service?: string;
  @Nested(() => LocalizedText) readonly title: LocalizedText = new LocalizedText();
  @Nested(() => PublicRevisionRef) readonly revision: PublicRevisionRef = new PublicRevisionRef();
  @Nested(() => ScheduledRevisionRef, { optional: true, description: 'What has been announced' })
  readonly scheduled?: ScheduledRevisionRef;
}

/** A published revision in a list. */
export class PublicRevision extends PublicRevisionRef {
  @OneOf(publishedStates) readonly state: RevisionState = 'effective';
  @OneOf(materialities, { nullable: true }) readonly materiality: Materiality | null = null;
  @Text({ max: 64, description: 'SHA-256 of the canonical text, in hex' }) readonly contentHash: string = '';
  @Instant({ nullable: true }) readonly supersededAt: string | null = null;
}

class PublicGlossaryEntry {
  @Nested(() => LocalizedText) readonly term: LocalizedText = new LocalizedText();
  @Nested(() => LocalizedText) readonly meaning: LocalizedText = new LocalizedText();
  @Text({ max: 500, optional: true, format: 'uri' }) readonly link?: string;
}

class PublicClauseRef {
  @Text({ max: 60 }) readonly policy: string = '';
  @Text({ max: 80 }) readonly clauseId: string = '';
  @Whole({ min: 1, max: 1000 }) readonly number: number = 1;
  @Nested(() => LocalizedText) readonly heading: LocalizedText = new LocalizedText();
  @Text({ max: 80 }) readonly service: string = '';
}

/** A term as in the policy-as-code format, with what it means in a sentence. */
type PublicTerm = Term & { readonly sentence: Localized };

const publicTermSchema = {
  type: 'object',
  description: 'As in the policy-as-code format, with what it means in a sentence',
  additionalProperties: true,
  required: ['type', 'sentence'],
  properties: {
    type: { type: 'string', enum: [...termTypes] },
    sentence: { $ref: '#/components/schemas/LocalizedText' },
  },
};

export class PublicClause {
  @Text({ max: 80, description: 'Stable across revisions' }) readonly id: string = '';
  @Whole({ min: 1, max: 1000 }) readonly number: number = 1;
  @Nested(() => LocalizedText) readonly heading: LocalizedText = new LocalizedText();
  @Nested(() => LocalizedText, { description: 'Markdown' }) readonly body: LocalizedText = new LocalizedText();
  @ApiProperty({ type: 'array', items: publicTermSchema }) readonly terms: PublicTerm[] = [];
  @ListOf(() => PublicClauseRef, {
    max: 500,
    description: 'Clauses of the general policy that it replaces for its service',
  })
  readonly replaces: PublicClauseRef[] = [];
  @ListOf(() => PublicClauseRef, {
    max: 500,
    description: 'Clauses of service policies that replace it for their service',
  })
  readonly replacedBy: PublicClauseRef[] = [];
}

/** A published text with its clauses. */
export class PublicPolicyText {
  @Text({ max: 60 }) readonly slug: string = '';
  @OneOf(policyKinds) readonly kind: PolicyKind = 'general';
  @Text({ max: 80, optional: true }) readonly service?: string;
  @OneOf(audiences, { optional: true, description: 'Whom a guide is for' }) readonly audience?: Audience;
  @Nested(() => LocalizedText) readonly title: LocalizedText = new LocalizedText();
  @ApiProperty({ type: LocalizedText, nullable: true }) readonly contact: Localized | null = null;
  @Nested(() => PublicRevision) readonly revision: PublicRevision = new PublicRevision();
  @Nested(() => ScheduledRevisionRef, { optional: true }) readonly scheduled?: ScheduledRevisionRef;
  @ApiPropertyOptional({
    type: [PublicGlossaryEntry],
    description: 'Words explained, those of the user agreement included',
  })
  readonly glossary: PublicGlossaryEntry[] = [];
  @ListOf(() => PublicClause, { max: 500 }) readonly clauses: PublicClause[] = [];
}

export function toPublicPolicy({ policy, inForce, scheduled }: PublishedPolicy): PublicPolicy[] {
  if (!inForce) return [];
  const { slug, kind, service } = policy;
  return [
    {
      slug,
      kind,
      ...(service === null ? {} : { service }),
      title: inForce.title,
      revision: refOf(inForce),
      ...scheduledPart(scheduled),
    },
  ];
}

export function toPublicRevision(revision: ListedRevision): PublicRevision {
  const { state, weight: materiality, contentHash, supersededAt } = revision;
  return { ...refOf(revision), state, materiality, contentHash, supersededAt: supersededAt?.toISOString() ?? null };
}

export function toPublicPolicyText(
  published: PublishedRevision,
  given: { catalogue: Catalogue; replacements: readonly Replacement[] },
): PublicPolicyText {
  const { policy, revision, scheduled, glossary, contact } = published;
  const { slug, kind, service } = policy;
  const { title, audience, clauses } = revision.document;
  const replacements = revision.state === 'effective' ? given.replacements : [];
  return {
    slug,
    kind,
    ...(service === null ? {} : { service }),
    ...(audience && { audience }),
    title,
    contact,
    revision: toPublicRevision(revision),
    ...scheduledPart(scheduled),
    glossary: glossary.map(toGlossaryEntry),
    clauses: clauses.map((clause, index) =>
      toPublicClause(clause, { slug, number: index + 1, catalogue: given.catalogue, replacements }),
    ),
  };
}

function toPublicClause(
  { id, heading, body, terms }: Clause,
  given: { slug: string; number: number; catalogue: Catalogue; replacements: readonly Replacement[] },
): PublicClause {
  const isThis = ({ policy, clauseId }: ClauseRef) => policy === given.slug && clauseId === id;
  const replaces = given.replacements
    .filter(({ own }) => isThis(own))
    .map(({ general, service }) => toClauseRef(general, service));
  const replacedBy = given.replacements
    .filter(({ general }) => isThis(general))
    .map(({ own, service }) => toClauseRef(own, service));
  return {
    id,
    number: given.number,
    heading,
    body,
    terms: terms.map((term) => toPublicTerm(term, given.catalogue)),
    replaces,
    replacedBy,
  };
}

function toPublicTerm(term: Term, catalogue: Catalogue): PublicTerm {
  return {
    ...term,
    sentence: { 'zh-CN': describeTerm(term, 'zh-CN', catalogue), en: describeTerm(term, 'en', catalogue) },
  };
}

function toClauseRef({ policy, clauseId, number, heading }: ClauseRef, service: string): PublicClauseRef {
  return { policy, clauseId, number, heading, service };
}

function toGlossaryEntry({ term, meaning, link }: GlossaryEntry): PublicGlossaryEntry {
  return { term, meaning, ...(link === undefined ? {} : { link }) };
}

function refOf({ id, number, tookEffectAt, effectiveAt }: ListedRevision): PublicRevisionRef {
  return { id, number, effectiveAt: (tookEffectAt ?? effectiveAt)?.toISOString() ?? '' };
}

function scheduledPart(scheduled: ListedRevision | null): { scheduled?: ScheduledRevisionRef } {
  if (!scheduled) return {};
  return { scheduled: { ...refOf(scheduled), materiality: scheduled.weight ?? 'informational' } };
}
