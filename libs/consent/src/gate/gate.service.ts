import { Injectable } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { Database, inTurns } from '@abide/platform';
import { EffectiveRulebook, type RulebookInForce } from '@abide/policy';
import {
  allowedThroughout,
  decide,
  unknownCodesIn,
  type Decision,
  type Question,
  type SubjectFacts,
} from '@abide/rulebook';
import { ChoicesReader } from './facts/choices.reader.js';
import { boundedBy, boundRefusal, boundsOfRequest, refusedByBounds, type BoundRefusal } from './client-bounds.js';
import { DecisionCounts } from './decision-counts.js';
import { cameAboutAt, EarlierGroundsReader, knownUnchangedSince, type EarlierGrounds } from './earlier-grounds.js';
import { PastRulebooks } from './past-rulebooks.js';
import { misspelt, unknownInBoth } from './registered-codes.js';
import { bearingSensitive } from './sensitive.rules.js';
import { SharingGrounds } from './sharing-grounds.js';
import { SubjectFactsLoader, type KnownSubject } from './facts/subject-facts.loader.js';

/** What is asked of the gate. Instants in epoch milliseconds; without `at` the question is about now. */
export interface GateQuestion extends Omit<Question, 'at'> {
  readonly subjectId: string;
  /** A past instant: the answer is what was in force and known then. */
  readonly at?: number;
  /** The request that led to the question carried Global Privacy Control. */
  readonly hasGpcSignal?: boolean;
  /** Collection only: the subject says that it is sensitive, so that only what may carry sensitive data carries it. */
  readonly isMarkedSensitive?: boolean;
}

/** What the gate rests an answer on. */
export interface Grounds {
  readonly inForce: RulebookInForce;
  readonly facts: SubjectFacts | null;
  readonly question: Question;
  /** Why the service client that asks may not, whatever the rulebook says; null where it may. */
  readonly boundRefusal: BoundRefusal | null;
  /** The subject is under the age of guardian consent, so that everything about them is sensitive. */
  readonly isOfChild: boolean;
  readonly isMarkedSensitive: boolean;
  /** Since when (epoch milliseconds) all this has stood: what came about since then is answered alike. */
  readonly unchangedSince: number;
  /** Of a collection of what came about before that: what stood then. */
  readonly then: EarlierGrounds | null;
}

/** Grounds with what they were gathered from, until they are complete. */
interface Gathered {
  readonly subjectId: string;
  readonly known: KnownSubject | null;
  readonly knownBy: Date | null;
  readonly grounds: Grounds;
}

/**
 * The one place that says whether something may be done, for this person, now, and under which clause. Every answer rests
 * on what was committed when the question was asked, in whichever process; inside a transaction, on what it sees.
 */
@Injectable()
export class Gate {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly rulebooks: EffectiveRulebook,
    private readonly subjectFacts: SubjectFactsLoader,
    private readonly choices: ChoicesReader,
    private readonly counts: DecisionCounts,
    private readonly past: PastRulebooks,
    private readonly earlier: EarlierGroundsReader,
    private readonly sharing: SharingGrounds,
  ) {}

  async decide(question: GateQuestion): Promise<Decision> {
    return this.answer(await this.groundsOf(question));
  }

  /** Answers in the order of the questions; what they share is read once. */
  async decideMany(questions: readonly GateQuestion[]): Promise<Decision[]> {
    return inTurns(await this.groundsOfMany(questions), (grounds) => this.answer(grounds));
  }

  /** The same for who only looks at figures: nothing is done with the answers, so they count as no decisions. */
  async weighMany(questions: readonly GateQuestion[]): Promise<Decision[]> {
    return inTurns(await this.groundsOfMany(questions), (grounds) => this.weigh(grounds));
  }

  /** What answers to these questions would rest on, in their order; what they share is read once. */
  async groundsOfMany(questions: readonly GateQuestion[]): Promise<Grounds[]> {
    const present = questions.filter(({ at }) => at === undefined);
    const [inForce, known] = await this.db.sideBySide(
      () => this.rulebooks.current(),
      () => this.subjectFacts.ofMany(present.map(({ subjectId }) => subjectId)),
    );
    const since = await this.past.unchangedSince(inForce);
    const all: Gathered[] = [];
    for (const question of questions) {
      all.push(
        question.at === undefined
          ? this.presentGrounds(question, { inForce, since }, known.get(question.subjectId) ?? null)
          : await this.pastGrounds(question, new Date(question.at)),
      );
    }
    return this.completed(all);
  }

  /** What an answer to the question would rest on, for whoever explains it. */
  async groundsOf(question: GateQuestion): Promise<Grounds> {
    const read =
      question.at === undefined
        ? await this.readPresentGrounds(question)
        : await this.pastGrounds(question, new Date(question.at));
    const [grounds = read.grounds] = await this.completed([read]);
    return grounds;
  }

  /**
   * The same, of a question that stands alone: a slip of the pen is told rather than decided about. A code that was registered after
   * the instant asked about is spelt right, and decided about.
   * @throws DomainError `question.unknown*`, `recipient.unknown`
   */
  async groundsOfWellSpelt(question: GateQuestion): Promise<Grounds> {
    const grounds = await this.groundsOf(question);
    const then = grounds.inForce.rulebook;
    if (unknownCodesIn(then, question).length === 0) return grounds;
    const now = question.at === undefined ? then : (await this.rulebooks.current()).rulebook;
    const [first, ...rest] = unknownInBoth(then, now, question);
    if (first) throw misspelt([first, ...rest]);
    return grounds;
  }

  /** Of data that is stored, each of one category: whether it might have been collected when it came about. Undecided, and true, for whom nobody knows any more. */
  async mightHaveCollected(questions: readonly (GateQuestion & { readonly occurredAt: number })[]): Promise<boolean[]> {
    const inForce = await this.rulebooks.current();
    const known = await this.subjectFacts.ofMany(questions.map(({ subjectId }) => subjectId));
    const asked = questions.flatMap(({ subjectId, ...question }) => {
      const one = known.get(subjectId);
      return one
        ? [{ subjectId, known: one, inForce, knownBy: null, question: { ...question, at: question.occurredAt } }]
        : [];
    });
    const then = (await this.earlier.of(asked)).values();
    return questions.map(({ subjectId }) => {
      const earlier = known.has(subjectId) ? then.next().value : undefined;
      return !earlier || decide(earlier.inForce.rulebook, earlier.facts, earlier.question).allowed;
    });
  }

  /** The rulebook that present answers rest on. */
  inForce(): Promise<RulebookInForce> {
    return this.rulebooks.current();
  }

  /** Decides on grounds that were just read, and counts the decision. */
  answer(grounds: Grounds): Decision {
    const decision = this.weigh(grounds);
    this.counts.add(grounds.question, decision);
    return decision;
  }

  /** Decides on grounds that were just read. */
  weigh(grounds: Grounds): Decision {
    return decisionOn(grounds);
  }

  /** Counts what was decided about things to store, each as often as there were such things, once the open transaction has committed: what is tried again counts once. */
  countStored(
    decided: readonly { readonly question: Question; readonly decision: Decision; readonly times: number }[],
  ): void {
    this.db.afterCommit(() => {
      for (const { question, decision, times } of decided) this.counts.add(question, decision, times);
    });
  }

  private async readPresentGrounds(question: GateQuestion): Promise<Gathered> {
    const [inForce, known] = await this.db.sideBySide(
      () => this.rulebooks.current(),
      () => this.subjectFacts.of(question.subjectId),
    );
    return this.presentGrounds(question, { inForce, since: await this.past.unchangedSince(inForce) }, known);
  }

  private presentGrounds(
    asked: GateQuestion,
    { inForce, since }: { inForce: RulebookInForce; since: number },
    known: KnownSubject | null,
  ): Gathered {
    const at = Math.max(this.clock.now().getTime(), known?.latestAt ?? 0);
    const unchangedSince = known === null ? at : Math.max(since, knownUnchangedSince(inForce, known));
    return {
      subjectId: asked.subjectId,
      known,
      knownBy: null,
      grounds: groundsAt(asked, inForce, { known, at, unchangedSince }),
    };
  }

  private async pastGrounds(asked: GateQuestion, at: Date): Promise<Gathered> {
    const inForce = await this.rulebooks.asOf(at);
    const known = await this.subjectFacts.knownAt(asked.subjectId, at);
    return {
      subjectId: asked.subjectId,
      known,
      knownBy: at,
      grounds: groundsAt(asked, inForce, { known, at: at.getTime(), unchangedSince: at.getTime() }),
    };
  }

  private async completed(all: readonly Gathered[]): Promise<Grounds[]> {
    return this.withSharingGrounds(await this.withPositioningHistories(await this.withEarlier(all), all), all);
  }

  /** What stood when a datum came about is read only where something has changed since. */
  private async withEarlier(all: readonly Gathered[]): Promise<Grounds[]> {
    const late = all.flatMap(({ grounds, known, ...about }) =>
      isFromBefore(grounds) && known ? [{ ...about, known, inForce: grounds.inForce, question: grounds.question }] : [],
    );
    if (late.length === 0) return all.map(({ grounds }) => grounds);
    const earlier = (await this.earlier.of(late)).values();
    return all.map(({ grounds, known }) =>
      isFromBefore(grounds) && known ? { ...grounds, then: earlier.next().value ?? null } : grounds,
    );
  }

  /** The turns of the switch are read only where it was turned after a position was taken. */
  private async withPositioningHistories(all: readonly Grounds[], gathered: readonly Gathered[]): Promise<Grounds[]> {
    const since = new Map<string, number>();
    all.forEach((grounds, index) => {
      const { subjectId } = gathered[index] ?? {};
      if (subjectId === undefined || !needsPositioningHistory(grounds)) return;
      since.set(subjectId, Math.min(since.get(subjectId) ?? Infinity, cameAboutAt(grounds.question)));
    });
    if (since.size === 0) return [...all];
    const turns = await this.choices.positioningSince(since);
    return all.map((grounds, index) => {
      const { facts } = grounds;
      return facts && needsPositioningHistory(grounds)
        ? { ...grounds, facts: { ...facts, positioningChanges: turns.get(gathered[index]?.subjectId ?? '') ?? [] } }
        : grounds;
    });
  }

  /** What is on file for sharing is read for sharing alone. */
  private async withSharingGrounds(all: Grounds[], gathered: readonly Gathered[]): Promise<Grounds[]> {
    if (this.sharing.isEmpty) return all;
    const asked = all.flatMap(({ facts, question: { action, recipient, at } }, index) => {
      const { subjectId } = gathered[index] ?? {};
      return facts === null || action !== 'share' || !recipient || subjectId === undefined
        ? []
        : [{ index, subjectId, recipient, at }];
    });
    if (asked.length === 0) return all;
    const found = await this.sharing.groundsFor(asked);
    const grounds = new Map(asked.map(({ index }, place) => [index, found[place] ?? []]));
    return all.map((one, index) =>
      one.facts && grounds.has(index) ? { ...one, facts: { ...one.facts, grounds: grounds.get(index) } } : one,
    );
  }
}

/** What follows from grounds; a collection asks twice (rules.md, Decide). */
export function decisionOn({
  inForce,
  facts,
  question,
  boundRefusal: refusal,
  isMarkedSensitive,
  then,
}: Grounds): Decision {
  if (refusal !== null) return refusedByBounds(question, refusal);
  const among = isMarkedSensitive ? bearingSensitive : (decision: Decision) => decision;
  const now = among(decide(inForce.rulebook, facts, question));
  return then === null ? now : allowedThroughout(now, among(decide(then.inForce.rulebook, then.facts, then.question)));
}

function groundsAt(
  asked: GateQuestion,
  inForce: RulebookInForce,
  { known, at, unchangedSince }: { known: KnownSubject | null; at: number; unchangedSince: number },
): Grounds {
  const { subjectId: _subjectId, hasGpcSignal, isMarkedSensitive = false, at: _at, ...question } = asked;
  const bounds = boundsOfRequest();
  const asks = boundedBy(bounds, { ...question, at });
  const rest = {
    inForce,
    question: asks,
    boundRefusal: boundRefusal(bounds, asks),
    isMarkedSensitive,
    unchangedSince,
    then: null,
  };
  if (!known) return { ...rest, facts: null, isOfChild: false };
  const { facts, isGpcCleared } = known;
  const isSignalled = hasGpcSignal && !isGpcCleared && (facts.gpcSince ?? null) === null;
  return {
    ...rest,
    facts: isSignalled ? { ...facts, gpcSince: at } : facts,
    isOfChild: known.minorStatus === 'under14',
  };
}

/** A collection of what came about before something changed. */
function isFromBefore({ question, unchangedSince }: Grounds): boolean {
  return (
    question.action === 'collect' && (question.occurredAt ?? null) !== null && cameAboutAt(question) < unchangedSince
  );
}

/** Where a fix was taken before something changed, the switch must have been on then as well (rules.md, rule 6). */
function needsPositioningHistory(grounds: Grounds): boolean {
  const {
    inForce: { rulebook },
    facts,
    question: { categories },
  } = grounds;
  if (facts === null || facts.positioningChanges !== undefined) return false;
  return isFromBefore(grounds) && categories.some((category) => rulebook.locationCategories.has(category));
}
