import { Injectable } from '@nestjs/common';
import type { Precision } from '@abide/rulebook';
import { Gate, type GateQuestion } from './gate.service.js';

/** What somebody wants to use of a subject's stored data, and what for; without a service, each in the one that it was collected in. */
export interface UseQuestion {
  readonly subjectId: string;
  readonly purpose: string;
  readonly service?: string;
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

/** How exactly it may be seen. */
export interface AllowedUse extends StoredKind {
  readonly precision: Precision;
}

export interface DecidedUses {
  readonly refused: readonly RefusedUse[];
  readonly allowed: readonly AllowedUse[];
  /** How exactly a row may be seen; null where it may not. */
  precisionOf(row: StoredKind): Precision | null;
}

/** Decides about stored data before it is opened: as a use in the service it comes from, or across services where another one asks. */
@Injectable()
export class StoredUses {
  constructor(private readonly gate: Gate) {}

  async decide({ subjectId, purpose, service, hasGpcSignal }: UseQuestion, kinds: readonly StoredKind[]): Promise<DecidedUses> {
    const questions = kinds.map((kind): GateQuestion => ({
      subjectId, action: 'use', purpose, categories: [kind.category], hasGpcSignal,
      service: service ?? kind.service,
      ...(service !== undefined && kind.service !== null && kind.service !== service ? { fromService: kind.service } : {}),
    }));
    const decisions = await this.gate.decideMany(questions);
    const refused: RefusedUse[] = [];
    const allowed = new Map<string, AllowedUse>();
    kinds.forEach((kind, index) => {
      const result = decisions[index]?.results[0];
      if (result?.allowed && result.precision !== null) allowed.set(nameOf(kind), { ...kind, precision: result.precision });
      else refused.push({ ...kind, code: result?.code ?? 'clause.none', fallback: result?.fallback ?? null });
    });
    return { refused, allowed: [...allowed.values()], precisionOf: (row) => allowed.get(nameOf(row))?.precision ?? null };
  }
}

function nameOf({ category, service }: StoredKind): string {
  return `${category} ${service ?? ''}`;
}
