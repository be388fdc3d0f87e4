import { Injectable } from '@nestjs/common';
import type { OperatorPrincipal } from '@abide/platform';
import {
  isAboutHeldData,
  isAnsweredInWords,
  isIrrevocable,
  outcomesOf,
  requestOutcomes,
  stateAfter,
  type DecisionOutcome,
  type RequestOutcome,
  type RequestState,
} from '../request-kinds.js';
import { Deciders, type DeciderBarrier } from './deciders.js';
import type { OperatorRequestView } from './request-view.service.js';
import type { SubjectRequest } from './request.entity.js';
import { SecondLooks } from './second-looks.js';
import { WaitingLinks } from './waiting-links.js';

/** Why an operator may not decide now; `withheld`: they may once a colleague lets them look. */
export const decisionBarriers = ['kind', 'decidedBefore', 'ownDecision', 'linkWaits', 'withheld'] as const satisfies (
  DeciderBarrier | 'linkWaits' | 'withheld'
)[];
export type DecisionBarrier = (typeof decisionBarriers)[number];

/** What an operator can decide of a request, and what follows from it. */
export interface DecisionOptions {
  /** Null where they may decide, or confirm what was decided. */
  readonly barrier: DecisionBarrier | null;
  /** The change that says whose data a relative asks about, while it waits. */
  readonly linkChangeId: string | null;
  readonly isAboutHeldData: boolean;
  readonly isAnsweredInWords: boolean;
  /** Whether it takes something away for good. */
  readonly isIrrevocable: boolean;
  readonly outcomes: readonly DecisionOutcome[];
  /** Where each outcome leads, were it their decision. */
  readonly next: Readonly<Record<RequestOutcome, RequestState>>;
}

/** Says before a decision what can be decided, and what would follow. */
@Injectable()
export class DecisionOptionsOf {
  constructor(
    private readonly deciders: Deciders,
    private readonly secondLooks: SecondLooks,
    private readonly links: WaitingLinks,
  ) {}

  async read({ request, isWithheld }: OperatorRequestView, operator: OperatorPrincipal): Promise<DecisionOptions> {
    const linkChangeId = await this.links.of(request);
    const closed = linkChangeId === null ? null : 'linkWaits';
    return {
      barrier: (await this.deciders.barrier(request, operator)) ?? closed ?? (isWithheld ? 'withheld' : null),
      linkChangeId,
      isAboutHeldData: isAboutHeldData(request.type),
      isAnsweredInWords: isAnsweredInWords(request.type),
      isIrrevocable: isIrrevocable(request.type),
      outcomes: outcomesOf(request.type),
      next: await this.nextOf(request, operator.operatorId),
    };
  }

  private async nextOf(request: SubjectRequest, decidedBy: string): Promise<DecisionOptions['next']> {
    const next: Partial<Record<RequestOutcome, RequestState>> = {};
    for (const outcome of requestOutcomes) {
      const isLookedAt = await this.secondLooks.needs({ ...request, outcome, decidedBy } as SubjectRequest);
      next[outcome] = isLookedAt ? 'awaitingSecond' : stateAfter(request.type, outcome);
    }
    return next as DecisionOptions['next'];
  }
}
