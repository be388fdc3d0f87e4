import { Injectable } from '@nestjs/common';
import { SessionSpans, type SessionOf } from '@abide/identity';
import { Clock } from '@abide/kernel';
import { EffectiveRulebook, type RulebookInForce } from '@abide/policy';
import {
  coarserOf,
  longestPeriod,
  longestSessionDays,
  retentionFor,
  retentionsFor,
  type Basis,
  type Decision,
  type Precision,
  type PurposeLineage,
  type RefusalCode,
  type Rulebook,
} from '@abide/rulebook';
import { Gate, type GateQuestion, type Grounds } from './gate.service.js';
import { RetentionTerm } from './retention-term.js';

/** Something that is to be collected, in the service it comes from. Without purposes, every purpose that allows it counts. */
export interface CollectionQuestion {
  readonly subjectId: string;
  readonly category: string;
  readonly service: string;
  readonly purposes?: readonly string[] | null;
  readonly thirdPartyService?: string | null;
  /** Epoch milliseconds, the present where left out; of a position, when it was taken. */
  readonly occurredAt?: number;
  /** The subject says that it is sensitive: then only what may carry sensitive data carries it. */
  readonly isMarkedSensitive?: boolean;
  /** The request that brought it carried Global Privacy Control. */
  readonly hasGpcSignal?: boolean;
  /** The session in which it happened, as `sessionsOf` has it; left out where none is known. */
  readonly session?: KnownSession | null;
}

/** What somebody sent, of `at` (epoch milliseconds); `sessionId` is null where a service did. */
interface SentItem {
  readonly subjectId: string;
  readonly sessionId: string | null;
  readonly at: number;
}

/** A session that somebody signed in to. Epoch milliseconds; it ends at `endsAt` at the latest, as far as anything is kept until it ends. */
export interface KnownSession {
  readonly id: string;
  readonly beganAt: number;
  readonly endsAt: number;
}

/** Why something is kept, as it is stored with it. */
export interface LineageEntry {
  readonly purpose: string;
  readonly policy: string;
  readonly revision: number;
  readonly clause: string;
  readonly basis: Basis;
  readonly consentEvent: string | null;
  /** How exactly the purpose may have it. */
  readonly precision: Precision;
  /** How long the purpose may have it (ISO 8601, from when it occurred); absent: as long as the row is kept. */
  readonly kept?: string;
  /** The session until whose end the purpose may have it, and when that is at the latest (ISO 8601). */
  readonly session?: string;
  readonly until?: string;
}

export interface MayCollect {
  readonly code: null;
  readonly lineage: readonly LineageEntry[];
  /** As exactly as the most exact of its purposes allows. */
  readonly precision: Precision;
  /** By its category, by the subject's word or by their age (PIPL art. 28). */
  readonly isSensitive: boolean;
  /** When what occurred then falls due (epoch milliseconds); null with an event. */
  readonly dueAt: (occurredAt: number) => number | null;
  /** As of `RetentionTerm`: the same array for an hour. */
  readonly dueLately: (now: number) => readonly (number | null)[];
  /** Since when (epoch milliseconds) this is the answer: whatever occurred since then is answered alike, what occurred before it has to be asked about by itself. */
  readonly holdsSince: number;
}

/** What is counted of an answer, once for each thing that it is for. */
interface Decided {
  readonly question: Grounds['question'];
  readonly decision: Decision;
}

export type CollectionAnswer = (MayCollect | { readonly code: RefusalCode }) & { readonly decided: Decided };

/** How long what is for some purposes is kept. */
interface HowLong {
  readonly term: RetentionTerm;
  /** By purpose, where they are not all promised the same: a period of ISO 8601, or `session`; none until another event. */
  readonly periods: ReadonlyMap<string, string>;
}

/** What follows from the rulebook in force, kept for as long as it is. */
interface RulebookCache {
  readonly key: string;
  readonly hour: number;
  readonly before: readonly RulebookInForce[];
  readonly howLong: Map<string, HowLong>;
  readonly sensitive: ReadonlySet<string>;
}

const mostKept = 10_000;
const hourMilliseconds = 3_600_000;
const lookBackMilliseconds = 8 * 24 * hourMilliseconds;

/** Decides what may be stored, with the lineage and the term of what may: asked in the transaction that stores it. */
@Injectable()
export class Collection {
  private kept: RulebookCache | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly gate: Gate,
    private readonly rulebooks: EffectiveRulebook,
    private readonly sessions: SessionSpans,
  ) {}

  /** Answers in the order of the questions, resting on what is committed when it is called. */
  async answer(questions: readonly CollectionQuestion[]): Promise<CollectionAnswer[]> {
    const grounds = await this.gate.groundsOfMany(questions.map(toGateQuestion));
    const [first] = grounds;
    if (!first) return [];
    const kept = await this.keep(first.inForce);
    return grounds.map((one, index) => this.answerOne(one, questions[index], kept));
  }

  /**
   * Answers of an item in which session it happened, null where none is known: where something in force is kept until a session ends, the live one that it was sent in,
   * unless it occurred before that began. The sessions stay live until the open transaction ends.
   */
  async sessionsOf(items: readonly SentItem[]): Promise<(item: SentItem) => KnownSession | null> {
    const sent = new Map(
      items.flatMap(({ subjectId, sessionId }) => (sessionId === null ? [] : [[sessionId, { subjectId, sessionId }]])),
    );
    const known = sent.size > 0 ? await this.knownAmong([...sent.values()]) : new Map<string, KnownSession>();
    return ({ sessionId, at }) => {
      const session = sessionId === null ? undefined : known.get(sessionId);
      return session && at >= session.beganAt ? session : null;
    };
  }

  /** Counts a decision for each thing that was to be stored, by the answer that it had, once the open transaction has committed. */
  count(answers: readonly (Pick<CollectionAnswer, 'decided'> | undefined)[]): void {
    const times = new Map<Decided, number>();
    for (const answer of answers) if (answer) times.set(answer.decided, (times.get(answer.decided) ?? 0) + 1);
    this.gate.countStored([...times].map(([decided, count]) => ({ ...decided, times: count })));
  }

  /** When what occurs at an instant falls due under each promise in force, in epoch milliseconds: for who has to make room ahead. */
  async dueInstants(occurredAt: number): Promise<number[]> {
    const { rulebook } = await this.rulebooks.current();
    return rulebook.promises.flatMap(
      (promise) => new RetentionTerm([promise], rulebook.profile.utcOffsetHours).latestDueAt(occurredAt) ?? [],
    );
  }

  private async knownAmong(sent: readonly SessionOf[]): Promise<ReadonlyMap<string, KnownSession>> {
    const { rulebook } = await this.rulebooks.current();
    if (!rulebook.promises.some(({ until }) => until === 'sessionEnd')) return new Map();
    const latest = this.clock.now().getTime() + longestSessionDays * 24 * hourMilliseconds;
    const spans = await this.sessions.hold(sent);
    return new Map(
      [...spans].map(([id, { beganAt, endsAt }]) => [
        id,
        { id, beganAt: beganAt.getTime(), endsAt: Math.min(endsAt.getTime(), latest) },
      ]),
    );
  }

  private answerOne(grounds: Grounds, asked: CollectionQuestion | undefined, kept: RulebookCache): CollectionAnswer {
    const decided = { question: grounds.question, decision: this.gate.weigh(grounds) };
    const [result] = decided.decision.results;
    if (!asked || !result) throw new Error('A question about one category has one answer');
    if (!result.allowed) return { code: result.code ?? 'clause.none', decided };
    const purposes = result.purposes.map(({ purpose }) => purpose);
    const { term, periods } = keptOf(kept, grounds.inForce, { ...asked, purposes });
    return {
      code: null,
      decided,
      holdsSince: grounds.unchangedSince,
      lineage: result.purposes.map((one) => ({
        ...toLineageEntry(one),
        ...keptFor(periods.get(one.purpose), asked.session ?? null),
      })),
      precision: mostExact(result.purposes),
      isSensitive: asked.isMarkedSensitive === true || grounds.isOfChild || kept.sensitive.has(asked.category),
      dueAt: (occurredAt) => term.dueAt(occurredAt, asked.session?.endsAt),
      dueLately: (now) => term.dueLately(now),
    };
  }

  private async keep(inForce: RulebookInForce): Promise<RulebookCache> {
    const now = this.clock.now().getTime();
    const hour = Math.floor(now / hourMilliseconds);
    if (this.kept?.key === inForce.key && this.kept.hour === hour) return this.kept;
    const before = await this.rulebooks.inForceSince(new Date(now - lookBackMilliseconds));
    const sensitive = new Set(
      inForce.registry.catalogue.categories.filter(({ isSensitive }) => isSensitive).map(({ code }) => code),
    );
    this.kept = { key: inForce.key, hour, before, howLong: new Map(), sensitive };
    return this.kept;
  }
}

function toGateQuestion({ category, purposes, session: _, ...asked }: CollectionQuestion): GateQuestion {
  return { ...asked, action: 'collect', categories: [category], purposes: purposes && [...new Set(purposes)] };
}

function toLineageEntry({
  purpose,
  policy,
  revision,
  clauseId,
  basis,
  consentEventId,
  precision,
}: PurposeLineage): LineageEntry {
  return { purpose, policy, revision, clause: clauseId, basis, consentEvent: consentEventId, precision };
}

/** What is kept until the end of a session that nobody knows is kept for a day. */
function keptFor(
  period: string | undefined,
  session: KnownSession | null,
): Pick<LineageEntry, 'kept' | 'session' | 'until'> {
  if (period !== 'session') return period === undefined ? {} : { kept: period };
  return session ? { session: session.id, until: new Date(session.endsAt).toISOString() } : { kept: 'PT24H' };
}

/** Exact before the finer of two cells; a truncated datum has only one form. */
export function mostExact(among: readonly { readonly precision: Precision }[]): Precision {
  return among.reduce<Precision>(
    (best, { precision }) => (coarserOf(best, precision) === best ? precision : best),
    among[0]?.precision ?? 'truncated',
  );
}

function keptOf(
  { howLong, before }: RulebookCache,
  { rulebook }: RulebookInForce,
  { category, service, purposes }: { category: string; service: string; purposes: readonly string[] },
): HowLong {
  const name = `${category} ${service} ${purposes.join()}`;
  const known = howLong.get(name);
  if (known) return known;
  const others = [rulebook, ...before.map((one) => one.rulebook)].flatMap((one) =>
    retentionsFor(one, { category, service }).map(
      (promise) => new RetentionTerm([promise], one.profile.utcOffsetHours),
    ),
  );
  const promises = retentionsFor(rulebook, { category, service, purposes });
  const term = new RetentionTerm(promises, rulebook.profile.utcOffsetHours, others);
  const found = { term, periods: periodsOf(rulebook, { category, service, purposes }) };
  if (howLong.size >= mostKept) howLong.clear();
  howLong.set(name, found);
  return found;
}

function periodsOf(
  rulebook: Rulebook,
  { category, service, purposes }: { category: string; service: string; purposes: readonly string[] },
): HowLong['periods'] {
  const each = purposes.map((purpose) => {
    const promise = retentionFor(rulebook, { category, service, purpose });
    return [purpose, promise?.until === 'sessionEnd' ? 'session' : promise && longestPeriod(promise)] as const;
  });
  const lengths = new Set(each.map(([, period]) => period));
  if (lengths.size < 2 && !lengths.has('session')) return new Map();
  return new Map(each.flatMap(([purpose, period]) => (period === null ? [] : [[purpose, period]])));
}
