import { Injectable } from '@nestjs/common';
import { bearsSensitive, type CategoryDecision, type Precision } from '@abide/rulebook';
import { isOverFor, standingLineage } from '../states/standing-lineage.sql.js';
import { boundsOfRequest } from './client-bounds.js';
import { Gate, type GateQuestion } from './gate.service.js';
import { requireRegistered } from './registered-codes.js';

/** What somebody wants to use of a subject's stored data, and what for; without a service, each in the one that it was collected in. */
export interface UseQuestion {
  readonly subjectId: string;
  readonly purpose: string;
  readonly service?: string;
  /** Where they are named and not found. */
  readonly categories?: readonly string[];
  readonly hasGpcSignal: boolean;
}

/** What is stored of one category, by the service that it was collected in; null where nothing is. */
export interface StoredKind {
  readonly category: string;
  readonly service: string | null;
}

/** Why it may not be used. */
export interface RefusedUse extends StoredKind {
  readonly code: string;
  readonly fallback: string | null;
}

/** What of it may be seen, and how exactly. */
export interface AllowedUse extends StoredKind {
  readonly precision: Precision;
  /** Only rows that are still kept for the purpose: what a withdrawal took it from, no later consent gives it back to. */
  readonly isOfPurposeOnly: boolean;
  /** Also what is sensitive by the subject's word, which a plain consent or a contract does not carry. */
  readonly bearsSensitive: boolean;
}

export interface DecidedUses {
  readonly refused: readonly RefusedUse[];
  readonly allowed: readonly AllowedUse[];
  /** How far ahead of UTC the zone is by whose months retention is counted. */
  readonly utcOffsetHours: number;
  /** How exactly a row may be seen; null where it may not. */
  precisionOf(row: StoredKind): Precision | null;
}

/** Decides about stored data before it is opened: as a use in the service it comes from, or across services where another one asks. */
@Injectable()
export class StoredUses {
  constructor(private readonly gate: Gate) {}

  /** @throws DomainError `question.unknown*` for a purpose, category or service that nobody registered */
  async decide(
    { subjectId, purpose, service, categories, hasGpcSignal }: UseQuestion,
    kinds: readonly StoredKind[],
  ): Promise<DecidedUses> {
    const { rulebook } = await this.gate.inForce();
    requireRegistered(rulebook, { purpose, service, categories });
    const questions = kinds.map((kind): GateQuestion => ({
      subjectId,
      action: 'use',
      purpose,
      categories: [kind.category],
      hasGpcSignal,
      service: service ?? kind.service,
      ...(service !== undefined && kind.service !== null && kind.service !== service
        ? { fromService: kind.service }
        : {}),
    }));
    const decisions = await this.gate.decideMany(questions);
    const { collect: collected } = rulebook.index;
    const refused: RefusedUse[] = [];
    const allowed = new Map<string, AllowedUse>();
    kinds.forEach((kind, index) => {
      const result = decisions[index]?.results[0];
      if (result?.allowed && result.precision !== null)
        allowed.set(nameOf(kind), {
          ...kind,
          precision: result.precision,
          ...limitsOf(result, { purpose, collected }),
        });
      else refused.push({ ...kind, code: result?.code ?? 'clause.none', fallback: result?.fallback ?? null });
    });
    return {
      refused,
      allowed: [...allowed.values()],
      utcOffsetHours: rulebook.profile.utcOffsetHours,
      precisionOf: (row) => allowed.get(nameOf(row))?.precision ?? null,
    };
  }
}

/**
 * What was found, and what was asked for and is not there, which is asked about all the same: in the service that is named, else in those
 * that the asking client is for.
 */
export function withAbsent(
  found: readonly StoredKind[],
  categories: readonly string[],
  service: string | undefined,
): StoredKind[] {
  const services = service === undefined ? [...(boundsOfRequest()?.services ?? [null])] : [service];
  const absent = [...new Set(categories)].filter((category) => !found.some((kind) => kind.category === category));
  return [...found, ...absent.flatMap((category) => services.map((one) => ({ category, service: one })))];
}

/** A purpose that the category is collected for rests on the row, where it rests on consent; one that is only a use rests on the clause alone. */
function limitsOf(
  { category, basis }: CategoryDecision,
  { purpose, collected }: { purpose: string; collected: ReadonlyMap<string, ReadonlyMap<string, unknown>> },
): Pick<AllowedUse, 'isOfPurposeOnly' | 'bearsSensitive'> {
  const isConsent = basis === 'consent' || basis === 'separateConsent';
  return {
    isOfPurposeOnly: isConsent && collected.get(category)?.has(purpose) === true,
    bearsSensitive: basis !== null && bearsSensitive(basis),
  };
}

/**
 * SQL: the rows of `row`, an alias of a table with lineage, that may be used as the `kind` of `kindsFrom` says. `purpose` and `now` are the numbers of
 * their parameters. What is kept for no purpose any more is stored and nothing else; what is kept for others still is not used for one whose time is over.
 */
export function isUsable(row: string, given: { purpose: number; now: number; utcOffsetHours: number }): string {
  const lineage = standingLineage(row);
  const { purpose, now, utcOffsetHours } = given;
  return `kind.category = ${row}.category AND kind.service = ${row}.service AND ${lineage} <> '[]'
    AND (NOT kind.of_purpose_only OR ${lineage} @> jsonb_build_array(jsonb_build_object('purpose', $${purpose}::text)))
    AND NOT ${isOverFor(row, { purpose: `$${purpose}::text`, now: `$${now}::timestamptz`, utcOffsetHours })}
    AND (kind.bears_sensitive OR NOT ${row}.is_sensitive OR kind.of_purpose_only)`;
}

/** SQL: the allowed kinds as rows, from four parameters of which `first` is the number of the first. */
export function kindsFrom(first: number): string {
  const arrays = ['text', 'text', 'boolean', 'boolean'].map((type, index) => `$${first + index}::${type}[]`);
  return `unnest(${arrays.join(', ')}) AS kind (category, service, of_purpose_only, bears_sensitive)`;
}

/** The parameters of `kindsFrom`. */
export function kindValues(allowed: readonly AllowedUse[]): unknown[] {
  return [
    allowed.map(({ category }) => category),
    allowed.map(({ service }) => service),
    allowed.map((one) => one.isOfPurposeOnly),
    allowed.map((one) => one.bearsSensitive),
  ];
}

function nameOf({ category, service }: StoredKind): string {
  return `${category} ${service ?? ''}`;
}
