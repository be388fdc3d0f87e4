import { Injectable } from '@nestjs/common';
import type { RulebookInForce } from '@abide/policy';
import { addDuration, parseDuration, retentionFor, type Basis, type Duration, type Precision, type PurposeLineage, type RefusalCode, type RetentionPromise } from '@abide/rulebook';
import { Gate, type GateQuestion, type Grounds } from './gate.service.js';

/** Something that is to be collected, in the service it comes from. Without purposes, every purpose that allows it counts. */
export interface CollectionQuestion {
  readonly subjectId: string;
  readonly category: string;
  readonly service: string;
  readonly purposes?: readonly string[] | null;
  readonly thirdPartyService?: string | null;
  /** Epoch milliseconds; of a position, when it was taken. */
  readonly occurredAt?: number;
  /** The subject says that it is sensitive: then only what may carry sensitive data carries it. */
  readonly isMarkedSensitive?: boolean;
}

/** Why something is kept, as it is stored with it. */
export interface LineageEntry {
  readonly purpose: string;
  readonly policy: string;
  readonly revision: number;
  readonly clause: string;
  readonly basis: Basis;
  readonly consentEvent: string | null;
}

export interface MayCollect {
  readonly code: null;
  readonly lineage: readonly LineageEntry[];
  /** As exactly as the most exact of its purposes allows. */
  readonly precision: Precision;
  /** By its category, by the subject's word or by their age (PIPL art. 28). */
  readonly isSensitive: boolean;
  /** When something that occurred at an instant falls due, both in epoch milliseconds; null with an event. */
  readonly dueAt: (occurredAt: number) => number | null;
}

export type CollectionAnswer = MayCollect | { readonly code: RefusalCode };

/** How long a category is kept in a service. */
interface Keeping {
  readonly period: Duration | null;
  readonly minimum: Duration | null;
}

const bearsSensitive: ReadonlySet<Basis> = new Set(['separateConsent', 'legalObligation', 'publicInterest', 'vitalInterest']);

/** Decides what may be stored, with the lineage and the term of what may: asked in the transaction that stores it. */
@Injectable()
export class Collection {
  private kept: { readonly key: string; readonly keepings: Map<string, Keeping>; readonly sensitive: ReadonlySet<string> } | null = null;

  constructor(private readonly gate: Gate) {}

  /** Answers in the order of the questions, resting on what is committed when it is called. */
  async answer(questions: readonly CollectionQuestion[]): Promise<CollectionAnswer[]> {
    const grounds = await this.gate.groundsOfMany(questions.map(toGateQuestion));
    return grounds.map((one, index) => this.answerOne(one, questions[index]));
  }

  /** When what occurs at an instant falls due under each promise in force, in epoch milliseconds: for who has to make room ahead. */
  async dueInstants(occurredAt: number): Promise<number[]> {
    const { rulebook } = await this.gate.inForce();
    const keepings = rulebook.promises.map(toKeeping);
    return keepings.flatMap((keeping) => dueAt(keeping, occurredAt) ?? []);
  }

  private answerOne(grounds: Grounds, asked: CollectionQuestion | undefined): CollectionAnswer {
    const [result] = this.gate.answer(grounds).results;
    if (!asked || !result) throw new Error('A question about one category has one answer');
    if (!result.allowed) return { code: result.code ?? 'clause.none' };
    const carrying = asked.isMarkedSensitive ? result.purposes.filter(({ basis }) => bearsSensitive.has(basis)) : result.purposes;
    if (carrying.length === 0) return { code: 'consent.separateMissing' };
    const known = this.knowledgeOf(grounds.inForce);
    const keeping = keepingOf(known.keepings, grounds.inForce, asked);
    return {
      code: null,
      lineage: carrying.map(toLineageEntry),
      precision: mostExact(carrying),
      isSensitive: asked.isMarkedSensitive === true || grounds.isOfChild || known.sensitive.has(asked.category),
      dueAt: (occurredAt) => dueAt(keeping, occurredAt),
    };
  }

  private knowledgeOf({ key, registry }: RulebookInForce) {
    if (this.kept?.key === key) return this.kept;
    const sensitive = new Set(registry.catalogue.categories.filter(({ isSensitive }) => isSensitive).map(({ code }) => code));
    this.kept = { key, keepings: new Map(), sensitive };
    return this.kept;
  }
}

function toGateQuestion({ subjectId, category, service, purposes, thirdPartyService, occurredAt }: CollectionQuestion): GateQuestion {
  return { subjectId, action: 'collect', categories: [category], service, purposes, thirdPartyService, occurredAt };
}

function toLineageEntry({ purpose, policy, revision, clauseId, basis, consentEventId }: PurposeLineage): LineageEntry {
  return { purpose, policy, revision, clause: clauseId, basis, consentEvent: consentEventId };
}

/** Exact before the finer of two cells; a truncated datum has only one form. */
export function mostExact(among: readonly { readonly precision: Precision }[]): Precision {
  return among.reduce<Precision>((best, { precision }) => (rank(precision) > rank(best) ? precision : best), among[0]?.precision ?? 'truncated');
}

function rank(precision: Precision): number {
  if (precision === 'exact') return Infinity;
  return precision === 'truncated' ? -1 : precision.h3;
}

function keepingOf(keepings: Map<string, Keeping>, { rulebook }: RulebookInForce, { category, service }: CollectionQuestion): Keeping {
  const name = `${category} ${service}`;
  const known = keepings.get(name);
  if (known) return known;
  const keeping = toKeeping(retentionFor(rulebook, category, service));
  keepings.set(name, keeping);
  return keeping;
}

function toKeeping(promise: Pick<RetentionPromise, 'period' | 'minimum'> | null): Keeping {
  const durationOf = (text: string | null | undefined) => (text ? parseDuration(text) : null);
  return { period: durationOf(promise?.period), minimum: durationOf(promise?.minimum?.period) };
}

/** Counted from when it occurred, and no less than the law's minimum (rules.md, Keep). */
function dueAt({ period, minimum }: Keeping, occurredAt: number): number | null {
  if (period === null) return null;
  const ends = [period, ...(minimum ? [minimum] : [])].map((duration) => addDuration(occurredAt, duration));
  return Math.max(...ends);
}
