import {
  acceptanceModes,
  bases,
  crossServiceData,
  crossServiceForms,
  exclusionScopes,
  fallbacks,
  knownMeasures,
  knownSources,
  minorRequirements,
  retentionEvents,
  retentionOutcomes,
  rights,
  storages,
  verifications,
  withheldConsequences,
  type LabelGroup,
  type Term,
  type TermType,
} from '@abide/rulebook';
import type { fields } from '../texts/en/editor.js';

/** How a field of a term is asked for. */
export type FieldInput =
  | {
      readonly input: 'catalogue';
      readonly from: 'categories' | 'purposes' | 'services' | 'recipients' | 'thirdPartyServices';
    }
  | {
      readonly input: 'choice' | 'choices';
      readonly group: LabelGroup;
      readonly values: readonly string[];
      readonly open?: true;
    }
  | { readonly input: 'flag' | 'duration' | 'regions' | 'answerWithin' | 'precision' | 'minimum' | 'channels' }
  | { readonly input: 'whole'; readonly min: number; readonly max: number };

type FieldName = Exclude<keyof typeof fields, 'ground'>;

/** `path` leads from the term to the member, such as `['notice', 'leadDays']`; the last part names it on screen. */
export type TermField = FieldInput & {
  readonly path: readonly [FieldName] | readonly ['notice', FieldName];
  readonly required?: true;
};

const someCategories: TermField = { path: ['categories'], input: 'catalogue', from: 'categories' };
const categories: TermField = { ...someCategories, required: true };
const somePurposes: TermField = { path: ['purposes'], input: 'catalogue', from: 'purposes' };
const purposes: TermField = { ...somePurposes, required: true };
const services: TermField = { path: ['services'], input: 'catalogue', from: 'services' };
const basis: TermField = { path: ['basis'], input: 'choice', group: 'basis', values: bases, required: true };
const fallback: TermField = { path: ['fallback'], input: 'choice', group: 'fallback', values: fallbacks };
const validFor: TermField = { path: ['validFor'], input: 'duration' };
const precision: TermField = { path: ['precision'], input: 'precision' };

/** The member itself, without the way to it. */
export function fieldName({ path }: TermField): FieldName {
  return path.length === 2 ? path[1] : path[0];
}

/** What each type of term is asked for, in the order of the form. */
export const termFields: Readonly<Record<TermType, readonly TermField[]>> = {
  collection: [
    categories,
    purposes,
    basis,
    { path: ['required'], input: 'flag' },
    { path: ['ifWithheld'], input: 'choice', group: 'ifWithheld', values: withheldConsequences },
    services,
    { path: ['sources'], input: 'choices', group: 'source', values: knownSources, open: true },
    { path: ['storage'], input: 'choice', group: 'storage', values: storages },
    precision,
    validFor,
    fallback,
  ],
  use: [categories, purposes, basis, services, precision, validFor, fallback],
  crossServiceUse: [
    categories,
    purposes,
    { path: ['from'], input: 'catalogue', from: 'services', required: true },
    { path: ['to'], input: 'catalogue', from: 'services', required: true },
    { path: ['form'], input: 'choice', group: 'form', values: crossServiceForms, required: true },
    { path: ['minimumGroup'], input: 'whole', min: 2, max: 1_000_000 },
    { path: ['data'], input: 'choice', group: 'data', values: crossServiceData },
    basis,
    validFor,
    fallback,
  ],
  sharing: [
    categories,
    { path: ['recipients'], input: 'catalogue', from: 'recipients', required: true },
    purposes,
    basis,
    { path: ['regions'], input: 'regions' },
    services,
    validFor,
    fallback,
  ],
  retention: [
    categories,
    somePurposes,
    services,
    { path: ['period'], input: 'duration' },
    { path: ['until'], input: 'choice', group: 'until', values: retentionEvents },
    { path: ['then'], input: 'choice', group: 'then', values: retentionOutcomes, required: true },
    { path: ['minimum'], input: 'minimum' },
  ],
  right: [
    { path: ['rights'], input: 'choices', group: 'right', values: rights, required: true },
    { path: ['answerWithin'], input: 'answerWithin' },
    { path: ['verification'], input: 'choice', group: 'verification', values: verifications },
    services,
    { path: ['regions'], input: 'regions' },
  ],
  protection: [
    { path: ['measures'], input: 'choices', group: 'measure', values: knownMeasures, open: true, required: true },
    someCategories,
  ],
  minors: [
    { path: ['under'], input: 'whole', min: 1, max: 21, required: true },
    { path: ['requires'], input: 'choice', group: 'minorRequirement', values: minorRequirements, required: true },
  ],
  change: [
    { path: ['notice', 'leadDays'], input: 'whole', min: 0, max: 365, required: true },
    { path: ['notice', 'channels'], input: 'channels', required: true },
    { path: ['acceptance'], input: 'choice', group: 'acceptance', values: acceptanceModes, required: true },
  ],
  exclusion: [
    { path: ['scope'], input: 'choice', group: 'scope', values: exclusionScopes, required: true },
    { path: ['thirdPartyServices'], input: 'catalogue', from: 'thirdPartyServices' },
  ],
};

/** A new term of a type, as empty as the format allows; what is missing shows as a problem at its field. */
export function blankTerm(type: TermType): Term {
  return blanks[type];
}

const blanks: Readonly<Record<TermType, Term>> = {
  collection: { type: 'collection', categories: [], purposes: [], basis: 'consent' },
  use: { type: 'use', categories: [], purposes: [], basis: 'consent' },
  crossServiceUse: {
    type: 'crossServiceUse',
    categories: [],
    purposes: [],
    from: [],
    to: [],
    form: 'aggregated',
    minimumGroup: 20,
    basis: 'consent',
  },
  sharing: {
    type: 'sharing',
    categories: [],
    recipients: ['processor'],
    purposes: [],
    basis: 'contract',
    regions: ['CN'],
  },
  retention: { type: 'retention', categories: [], period: 'P6M', then: 'delete' },
  right: { type: 'right', rights: ['access'], answerWithin: { workingDays: 15 } },
  protection: { type: 'protection', measures: ['encryptionInTransit'] },
  minors: { type: 'minors', under: 14, requires: 'guardianConsent' },
  change: { type: 'change', notice: { leadDays: 7, channels: ['inApp', 'email'] }, acceptance: 'continuedUse' },
  exclusion: { type: 'exclusion', scope: 'thirdPartyServices' },
};

/** The value of a field in a term. */
export function fieldValue(term: Term, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined,
    term,
  );
}

/** The term with a field set; an empty value leaves the member out, for the format knows no empty ones. */
export function withField(term: Term, [name, ...rest]: readonly [string, ...string[]], value: unknown): Term {
  const members = { ...term } as Record<string, unknown>;
  const [next, ...further] = rest;
  const inner = next === undefined ? value : withField((members[name] ?? {}) as Term, [next, ...further], value);
  if (isEmpty(inner)) delete members[name];
  else members[name] = inner;
  return members as unknown as Term;
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    value === false ||
    (Array.isArray(value) && value.length === 0)
  );
}
