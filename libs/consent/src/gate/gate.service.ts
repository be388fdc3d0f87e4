import { Injectable } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { Database } from '@abide/platform';
import { EffectiveRulebook, type RulebookInForce } from '@abide/policy';
import { decide, unknownCodesIn, type Decision, type Question, type SubjectFacts } from '@abide/rulebook';
import { ChoicesReader } from './choices.reader.js';
import { boundedBy, boundRefusal, boundsOfRequest, refusedByBounds, type BoundRefusal } from './client-bounds.js';
import { DecisionCounts } from './decision-counts.js';
import { misspelt, unknownInBoth } from './registered-codes.js';
import { SubjectKnowledge, type KnownSubject } from './subject-knowledge.js';

/** What is asked of the gate. Instants in epoch milliseconds; without `at` the question is about now. */
export interface GateQuestion extends Omit<Question, 'at'> {
  readonly subjectId: string;
  /** A past instant: the answer is what was in force and known then. */
  readonly at?: number;
  /** The request that led to the question carried Global Privacy Control. */
  readonly hasGpcSignal?: boolean;
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
    private readonly knowledge: SubjectKnowledge,
    private readonly choices: ChoicesReader,
    private readonly counts: DecisionCounts,
  ) {}

  async decide(question: GateQuestion): Promise<Decision> {
    return this.answer(await this.groundsOf(question));
  }

  /** Answers in the order of the questions; what they share is read once. */
  async decideMany(questions: readonly GateQuestion[]): Promise<Decision[]> {
    return (await this.groundsOfMany(questions)).map((grounds) => this.answer(grounds));
  }

  /** What answers to these questions would rest on, in their order; what they share is read once. */
  async groundsOfMany(questions: readonly GateQuestion[]): Promise<Grounds[]> {
    const present = questions.filter(({ at }) => at === undefined);
    const [inForce, known] = await this.db.sideBySide(() => this.rulebooks.current(), () => this.knowledge.ofMany(present.map(({ subjectId }) => subjectId)));
    const all: Grounds[] = [];
    for (const question of questions) {
      all.push(question.at === undefined ? this.presentGrounds(question, inForce, known.get(question.subjectId) ?? null) : await this.groundsOf(question));
    }
    return this.withPositioningHistories(all, questions);
  }

  /** What an answer to the question would rest on, for whoever explains it. */
  async groundsOf(question: GateQuestion): Promise<Grounds> {
    const read = question.at === undefined ? await this.readPresentGrounds(question) : await this.pastGrounds(question, new Date(question.at));
    const [grounds = read] = await this.withPositioningHistories([read], [question]);
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

  /** The rulebook that present answers rest on. */
  inForce(): Promise<RulebookInForce> {
    return this.rulebooks.current();
  }

  /** Decides on grounds that were just read, and counts the decision. */
  answer({ inForce, facts, question, boundRefusal: refusal }: Grounds): Decision {
    const decision = refusal === null ? decide(inForce.rulebook, facts, question) : refusedByBounds(question, refusal);
    this.counts.add(question, decision);
    return decision;
  }

  private async readPresentGrounds(question: GateQuestion): Promise<Grounds> {
    const [inForce, known] = await this.db.sideBySide(() => this.rulebooks.current(), () => this.knowledge.of(question.subjectId));
    return this.presentGrounds(question, inForce, known);
  }

  private presentGrounds(asked: GateQuestion, inForce: RulebookInForce, known: KnownSubject | null): Grounds {
    const at = Math.max(this.clock.now().getTime(), known?.latestAt ?? 0);
    return groundsAt(asked, inForce, { known, at });
  }

  private async pastGrounds(asked: GateQuestion, at: Date): Promise<Grounds> {
    const inForce = await this.rulebooks.asOf(at);
    return groundsAt(asked, inForce, { known: await this.knowledge.knownAt(asked.subjectId, at), at: at.getTime() });
  }

  /** The turns of the switch are read only where a position was taken earlier than the question. */
  private async withPositioningHistories(all: readonly Grounds[], questions: readonly GateQuestion[]): Promise<Grounds[]> {
    const since = new Map<string, number>();
    all.forEach((grounds, index) => {
      const { subjectId } = questions[index] ?? {};
      if (subjectId === undefined || !needsPositioningHistory(grounds)) return;
      since.set(subjectId, Math.min(since.get(subjectId) ?? Infinity, grounds.question.occurredAt ?? grounds.question.at));
    });
    if (since.size === 0) return [...all];
    const turns = await this.choices.positioningSince(since);
    return all.map((grounds, index) => {
      const { facts } = grounds;
      return facts && needsPositioningHistory(grounds) ? { ...grounds, facts: { ...facts, positioningChanges: turns.get(questions[index]?.subjectId ?? '') ?? [] } } : grounds;
    });
  }
}

function groundsAt(asked: GateQuestion, inForce: RulebookInForce, { known, at }: { known: KnownSubject | null; at: number }): Grounds {
  const { subjectId: _subjectId, hasGpcSignal, at: _at, ...question } = asked;
  const bounds = boundsOfRequest();
  const asks = boundedBy(bounds, { ...question, at });
  const refusal = boundRefusal(bounds, asks);
  if (!known) return { inForce, facts: null, question: asks, boundRefusal: refusal, isOfChild: false };
  const { facts, isGpcCleared } = known;
  const isSignalled = hasGpcSignal && !isGpcCleared && (facts.gpcSince ?? null) === null;
  return { inForce, facts: isSignalled ? { ...facts, gpcSince: at } : facts, question: asks, boundRefusal: refusal, isOfChild: known.minorStatus === 'under14' };
}

/** Where a fix was taken earlier than the question, the switch must have been on then as well (rules.md, rule 6). */
function needsPositioningHistory({ inForce: { rulebook }, facts, question: { action, categories, occurredAt, at } }: Grounds): boolean {
  if (facts === null || facts.positioningChanges !== undefined) return false;
  return action === 'collect' && (occurredAt ?? at) !== at && categories.some((category) => rulebook.locationCategories.has(category));
}
