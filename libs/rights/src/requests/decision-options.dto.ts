import { Flag, Id, Nested, OneOf, SomeOf } from '@abide/platform';
import { decisionOutcomes, requestStates, type DecisionOutcome, type RequestState } from '../request-kinds.js';
import { decisionBarriers, type DecisionBarrier, type DecisionOptions } from './decision-options.service.js';

class NextStatesDto {
  @OneOf(requestStates) readonly granted: RequestState = 'closed';
  @OneOf(requestStates) readonly partlyGranted: RequestState = 'closed';
  @OneOf(requestStates) readonly refused: RequestState = 'closed';
}

/** What whoever asks can decide of a request, and what follows from it. */
export class DecisionOptionsDto implements DecisionOptions {
  @OneOf(decisionBarriers, {
    nullable: true,
    description:
      'Why they may not decide or confirm now; withheld: they may once a colleague lets them look; linkWaits: once somebody has agreed whose data a relative asks about',
  })
  readonly barrier: DecisionBarrier | null = null;
  @Id({ nullable: true, description: 'The change that says whose data a relative asks about, while it waits' })
  readonly linkChangeId: string | null = null;
  @Flag({ description: 'Whether it is decided on what is held, kind by kind' }) readonly isAboutHeldData: boolean =
    false;
  @Flag({ description: 'Whether it is answered in words alone, which are needed then' })
  readonly isAnsweredInWords: boolean = false;
  @Flag({ description: 'Whether it takes something away for good' }) readonly isIrrevocable: boolean = false;
  @SomeOf(decisionOutcomes, { description: 'What can be decided about a kind of data' })
  readonly outcomes: readonly DecisionOutcome[] = [];
  @Nested(() => NextStatesDto, { description: 'Where each outcome leads, were it their decision' })
  readonly next: DecisionOptions['next'] = new NextStatesDto();
}
