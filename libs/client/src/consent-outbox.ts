import type { Decision, Outcome } from './consent-sender.js';
import type { OutboxStore } from './outbox-store.js';
import type { AbideProblem } from './problem.js';

export interface OutboxParts {
  /** The name that decisions wait under: one for each subject. */
  readonly name: string;
  readonly store: OutboxStore;
  readonly send: (decision: Decision, options: { isFresh: boolean }) => Promise<Outcome>;
  /** Told of what waited and was refused in the end; whoever still waits for an answer gets it instead. */
  readonly onRefused: (decision: Decision, problem: AbideProblem) => void;
}

type Stopped = Extract<Outcome, { kind: 'notNow' }>;

/**
 * Decisions on their way to the server. Each is kept before it is first sent and until it is answered, and goes in its turn;
 * sent twice it is recorded once, because the server knows it by its instant.
 */
export class ConsentOutbox {
  private readonly underWay = new Map<string, Promise<Outcome>>();
  private readonly settled = new Map<string, Outcome>();
  private running: Promise<Stopped | null> = Promise.resolve(null);
  private changing: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: OutboxParts) {}

  /** Keeps the decision, then sends what waits. The same said again while it waits is the decision that waits already. */
  async submit(decision: Decision): Promise<{ decision: Decision; outcome: Outcome }> {
    const kept = await this.keep(decision);
    const outcome = this.underWay.get(kept.id) ?? this.sendFresh(kept);
    return { decision: kept, outcome: await outcome };
  }

  /** Sends what waits, in order, until the first that cannot be sent now; that one's outcome, or null when nothing waits any more. */
  flush(): Promise<Stopped | null> {
    this.running = this.running.catch(() => null).then(() => this.sendAll());
    return this.running;
  }

  /** What has not been sent, oldest first. */
  async waiting(): Promise<readonly Decision[]> {
    return decisionsIn(await this.parts.store.read(this.parts.name));
  }

  private sendFresh(decision: Decision): Promise<Outcome> {
    const outcome = this.outcomeOf(decision).finally(() => {
      this.underWay.delete(decision.id);
      this.settled.delete(decision.id);
    });
    this.underWay.set(decision.id, outcome);
    return outcome;
  }

  /** Where another window has sent it in the meantime, sending it again asks what became of it. */
  private async outcomeOf(decision: Decision): Promise<Outcome> {
    const stopped = await this.flush();
    return this.settled.get(decision.id) ?? stopped ?? this.parts.send(decision, { isFresh: true });
  }

  private async sendAll(): Promise<Stopped | null> {
    for (const decision of await this.waiting()) {
      const outcome = await this.parts.send(decision, { isFresh: this.underWay.has(decision.id) });
      const isAwaited = this.underWay.has(decision.id);
      if (isAwaited) this.settled.set(decision.id, outcome);
      if (outcome.kind === 'notNow') return outcome;
      await this.change((waiting) => waiting.filter(({ id }) => id !== decision.id));
      if (outcome.kind === 'refused' && !isAwaited) this.parts.onRefused(decision, outcome.problem);
    }
    return null;
  }

  private async keep(decision: Decision): Promise<Decision> {
    let kept = decision;
    await this.change((waiting) => {
      const last = waiting.findLast(({ purpose }) => purpose === decision.purpose);
      if (!last || !saysTheSame(last, decision)) return [...waiting, decision];
      kept = last;
      return waiting;
    });
    return kept;
  }

  /** One change at a time: across the windows of a browser by its locks, elsewhere in this one. */
  private change(of: (waiting: readonly Decision[]) => readonly Decision[]): Promise<void> {
    const work = async (): Promise<void> =>
      this.parts.store.write(this.parts.name, JSON.stringify(of(await this.waiting())));
    const locks = globalThis.navigator?.locks;
    if (locks) return locks.request(this.parts.name, work);
    const changed = this.changing.then(work);
    this.changing = changed.catch(() => undefined);
    return changed;
  }
}

function saysTheSame(one: Decision, other: Decision): boolean {
  const words = ({ said: { occurredAt: _occurredAt, ...rest } }: Decision): string =>
    JSON.stringify(Object.entries(rest).sort());
  return words(one) === words(other);
}

/** What a store holds; whatever is not ours counts as nothing. */
function decisionsIn(text: string | null): readonly Decision[] {
  try {
    const stored: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(stored) ? stored.filter(isDecision) : [];
  } catch {
    return [];
  }
}

function isDecision(value: unknown): value is Decision {
  const { id, purpose, said } = (value ?? {}) as Partial<Decision>;
  return (
    typeof id === 'string' &&
    typeof purpose === 'string' &&
    typeof said?.state === 'string' &&
    typeof said.occurredAt === 'string'
  );
}
