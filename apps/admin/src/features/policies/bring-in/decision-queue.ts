import type { Choice } from './imports.queries.js';

const mostAtOnce = 500;

/** What has not been saved yet, and why where saving failed. */
export interface QueueState {
  readonly waiting: ReadonlyMap<string, Choice>;
  readonly error: unknown;
}

/**
 * Decisions on their way to the server: several at once where they are made faster than answered, in their order, the last one on a
 * proposal alone. What could not be sent stays until it is.
 */
export class DecisionQueue {
  private state: QueueState = { waiting: new Map(), error: null };
  private flight: Promise<void> | null = null;
  private readonly listeners = new Set<() => void>();

  /** `send` saves and shows what the server answered. */
  constructor(private readonly send: (choices: readonly Choice[]) => Promise<void>) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): QueueState => this.state;

  add(choices: readonly Choice[]): void {
    const waiting = new Map(this.state.waiting);
    for (const choice of choices) waiting.set(choice.proposalId, choice);
    this.tell({ waiting, error: this.state.error });
    void this.flush();
  }

  /** Forgets what is decided on proposals that are no longer there. */
  keepOnly(known: ReadonlySet<string>): void {
    const waiting = new Map([...this.state.waiting].filter(([id]) => known.has(id)));
    this.tell({ waiting, error: null });
    void this.flush();
  }

  /** Resolves when nothing is under way any more; true where everything is saved. */
  async flush(): Promise<boolean> {
    this.flight ??= this.sendAll().finally(() => {
      this.flight = null;
    });
    await this.flight;
    return this.state.waiting.size === 0;
  }

  private async sendAll(): Promise<void> {
    while (this.state.waiting.size > 0) {
      const batch = [...this.state.waiting.values()].slice(0, mostAtOnce);
      try {
        await this.send(batch);
      } catch (error) {
        this.tell({ ...this.state, error });
        return;
      }
      const left = [...this.state.waiting].filter(([, choice]) => !batch.includes(choice));
      this.tell({ waiting: new Map(left), error: null });
    }
  }

  private tell(state: QueueState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}
