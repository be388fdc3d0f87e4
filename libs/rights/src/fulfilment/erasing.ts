import { Injectable } from '@nestjs/common';
import type { Holder, HolderAnswer, HoldingSummary, RetainedCount, StayingGround } from '@abide/platform';
import { nothingToDo } from '@abide/platform';
import { Clock } from '@abide/kernel';
import { covers, Holds, type Hold } from '@abide/retention';
import { RequestDecisions } from '../requests/request-decisions.js';
import type { RequestDecision } from '../requests/request-parts.entities.js';
import type { SubjectRequest } from '../requests/request.entity.js';

/** What holders keep by themselves, row by row, when they erase: what was decided about it changes nothing. */
const keptByHolders: readonly StayingGround['ground'][] = ['legalMinimum', 'evidence'];

/** What one holder is to erase: how, and what of it a hold forbids. */
interface Plan {
  /** Null: everything. */
  readonly categories: readonly string[] | null;
  readonly held: readonly RetainedCount[];
}

/** Has one holder inside erase what was granted, in the open transaction, and none place a hold on that person until it ends. */
@Injectable()
export class Erasing {
  constructor(
    private readonly clock: Clock,
    private readonly holds: Holds,
    private readonly decisions: RequestDecisions,
  ) {}

  /** Whether nothing stays of an account that was decided to stay, so that it goes whole and its keys with it. */
  async isWhole(request: SubjectRequest): Promise<boolean> {
    return request.type === 'accountClosure' && !(await this.decisions.of(request)).some(staysByDecision);
  }

  /** What a hold covers is not erased, and leaves the holder blocked. */
  async at(request: SubjectRequest, holder: Holder): Promise<HolderAnswer> {
    const holds = await this.holds.inForceLocked(request.subjectId);
    const { categories, held } = await this.planFor(request, holder, holds);
    const answer =
      categories?.length === 0 ? nothingToDo : await holder.erase(request.subjectId, categories ?? undefined);
    const [first] = held;
    if (!first) return answer;
    const { counts, retained } = answer;
    return { outcome: 'blocked', counts, retained: [...retained, ...held], block: groundOf(first) };
  }

  /** The hold by which the core of an account and its keys have to stay; null where there is none. */
  async blockOf(request: SubjectRequest): Promise<HolderAnswer | null> {
    const [hold] = await this.holds.inForceLocked(request.subjectId);
    return hold ? { ...nothingToDo, outcome: 'blocked', block: groundOf({ ...hold, ground: 'hold' }) } : null;
  }

  private async planFor(request: SubjectRequest, holder: Holder, holds: readonly Hold[]): Promise<Plan> {
    const own = (await this.decisions.of(request)).filter((one) => one.holder === holder.name);
    const found = await (holder.count?.(request.subjectId) ?? holder.describe(request.subjectId));
    const holdOver = (one: HoldingSummary) => holds.find((hold) => covers(hold, one, this.clock.now()));
    const isMeant = ({ category }: HoldingSummary) =>
      request.type === 'accountClosure'
        ? !own.some((one) => one.category === category && staysByDecision(one))
        : own.some((one) => one.category === category && one.outcome === 'grant');
    const meant = found.filter(isMeant);
    const held = meant.flatMap((one): RetainedCount[] => {
      const hold = holdOver(one);
      return hold ? [{ category: one.category, count: one.count, ...groundOf({ ...hold, ground: 'hold' }) }] : [];
    });
    const isAll = request.type === 'accountClosure' && holder.phase === 'dependents' && meant.length === found.length;
    if (isAll && held.length === 0) return { categories: null, held };
    const categories = meant.filter((one) => !holdOver(one)).map(({ category }) => category);
    return { categories: [...new Set(categories)], held };
  }
}

function staysByDecision({ outcome, ground }: Pick<RequestDecision, 'outcome' | 'ground'>): boolean {
  return outcome !== 'grant' && !(outcome === 'keep' && ground !== null && keptByHolders.includes(ground));
}

function groundOf({ ground, article, until }: StayingGround): StayingGround {
  return { ground, article, until };
}
