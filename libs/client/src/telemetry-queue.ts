import { remaining } from './back-off.js';
import type { AbideClient } from './client.js';
import type { Decision } from './consent-sender.js';
import { browserKeyValueStore } from './indexed-db-store.js';
import type { OwnConsent, PreferenceCentre, Scope } from './preference-centre.js';
import { ServerClock } from './server-clock.js';
import type { KeyValueStore } from './key-value-store.js';
import type { Caps } from './telemetry-batches.js';
import { TelemetryConsents } from './telemetry-consents.js';
import { TelemetryDispatcher } from './telemetry-dispatcher.js';
import {
  asPlain,
  type DropCounts,
  type DropReason,
  type Means,
  type Recorded,
  type TelemetryEvent,
} from './telemetry-event.js';
import { totalOf } from './telemetry-state.js';
import { TelemetryStore } from './telemetry-store.js';

export interface TelemetryQueueOptions {
  /** Who is signed in: their events wait under their own name and never go out as somebody else's. */
  readonly subjectId: string;
  /** The service that the events are of, unless they say another. */
  readonly service: string;
  readonly means?: Means;
  /** The subject's preference centre: what they decide there is known here at once. */
  readonly preferences?: PreferenceCentre;
  /** A gate of the app's own, before everything else. */
  readonly mayCollect?: (event: TelemetryEvent) => boolean;
  /** What may wait at most: 2 MiB, 5,000 events, six days (the server takes nothing that is older than seven). */
  readonly caps?: Partial<Caps>;
  /** How long an event waits for others to go with: ten seconds unless said otherwise. */
  readonly flushEveryMilliseconds?: number;
  /** So many go without waiting: 50 unless said otherwise. */
  readonly flushAtEvents?: number;
  /** Where events wait: IndexedDB, or memory where there is none, unless something else is named. */
  readonly keyValues?: KeyValueStore;
  /** Tells `online`, `visibilitychange`, `pagehide` and `pageshow`: the browser's window unless something else is named. */
  readonly page?: EventTarget;
  /** Epoch milliseconds of the device. */
  readonly now?: () => number;
  readonly random?: () => number;
}

const usualCaps: Caps = { maxBytes: 2 * 1024 * 1024, maxEvents: 5_000, maxAgeMilliseconds: 6 * 24 * 3_600_000 };
const maxUndecided = 500;

/** A queue of what an app observes of one signed-in subject. Keep one while they are signed in, and close it then. */
export function telemetryQueue(client: AbideClient, options: TelemetryQueueOptions): TelemetryQueue {
  return new TelemetryQueue(client, options);
}

/** Keeps events that the subject allows until the server has them; counts what it drops, and why. */
export class TelemetryQueue {
  private readonly clock: ServerClock;
  private readonly store: TelemetryStore;
  private readonly consents: TelemetryConsents;
  private readonly dispatcher: TelemetryDispatcher;
  private readonly page: Partial<EventTarget>;
  private readonly stopListening: (() => void) | undefined;
  private undecided: TelemetryEvent[] = [];
  private timer: { readonly dueAt: number; readonly id: ReturnType<typeof setTimeout> } | null = null;
  private isLeaving = false;
  private isClosed = false;

  constructor(
    client: AbideClient,
    private readonly options: TelemetryQueueOptions,
  ) {
    const { subjectId, service, preferences } = options;
    const name = `abide.telemetry.${subjectId}`;
    this.clock = preferences?.clock ?? new ServerClock(options.now ?? Date.now);
    const now = (): number => this.clock.now();
    this.store = new TelemetryStore({
      keyValues: options.keyValues ?? browserKeyValueStore(name),
      caps: { ...usualCaps, ...options.caps },
      now,
      random: options.random ?? Math.random,
    });
    this.consents = new TelemetryConsents({ client, service, preferences, clock: this.clock, store: this.store });
    this.dispatcher = new TelemetryDispatcher({ client, store: this.store, lockName: name, now });
    this.page = options.page ?? (globalThis as Partial<EventTarget>);
    for (const [event, listener] of this.listeners) this.page.addEventListener?.(event, listener);
    this.stopListening = preferences?.listen((news) => this.afterwards(this.consents.heard(news)));
    this.dispatchUnheard({ isUrgent: false });
  }

  /** Makes the event's id and instant, now; whether it waits to be sent. Never rejects: what is not kept is counted. */
  async record(recorded: Recorded): Promise<boolean> {
    if (this.isClosed) return false;
    const event = this.made(recorded);
    if (!event) return this.drop('malformed');
    if (this.options.mayCollect && !this.options.mayCollect(event)) return this.drop('notAllowed');
    const keeping = this.keep(event);
    if (this.isLeaving) this.dispatcher.leave();
    return keeping;
  }

  /** Sends what waits, unless the server asked to wait or the subject is signed out; how many events still wait. */
  async flush(): Promise<number> {
    await this.dispatch({ isUrgent: true });
    return totalOf(await this.store.read()).events;
  }

  /** The client has a new token: what was stopped by a 401 or 403 goes on. */
  async resume(): Promise<number> {
    this.dispatcher.resume();
    return this.flush();
  }

  /** The subject's consents as they were read; `unsent` are decisions that the server does not have yet. For apps without a preference centre. */
  consentsChanged(items: readonly OwnConsent[], unsent: readonly Decision[] = []): Promise<void> {
    return this.afterwards(this.consents.changed(items, unsent));
  }

  /** The subject granted a purpose, and the server knows. */
  granted(purpose: string): Promise<void> {
    return this.afterwards(this.consents.granted(purpose));
  }

  /** The subject withdrew a purpose, or some categories of it: what waits for nothing else is dropped, and no more of it is kept. */
  withdrawn(purpose: string, scope: Scope = {}): Promise<void> {
    return this.consents.withdrawn(purpose, scope);
  }

  /** What was dropped so far, by reason. */
  async counts(): Promise<DropCounts> {
    const { counts } = await this.store.read();
    return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));
  }

  /** How many events wait, and their bytes. */
  async waiting(): Promise<{ events: number; bytes: number }> {
    return totalOf(await this.store.read());
  }

  /** Drops everything that waits and forgets what the subject allows. */
  async purge(): Promise<void> {
    const undecided = this.undecided.splice(0).length;
    await this.store.purge();
    await this.store.count('undecided', -undecided);
    await this.store.count('purged', undecided);
  }

  /** At sign-out: what waits stays kept, and goes when its subject has signed in again. */
  close(): void {
    this.isClosed = true;
    if (this.timer) clearTimeout(this.timer.id);
    for (const [event, listener] of this.listeners) this.page.removeEventListener?.(event, listener);
    this.stopListening?.();
    void this.dispatcher.close().then(() => this.store.close());
  }

  private readonly leave = (): void => {
    const { document } = globalThis as { document?: { visibilityState?: string } };
    if (this.isLeaving || document?.visibilityState === 'hidden') this.dispatcher.leave();
  };

  private readonly startLeaving = (): void => {
    this.isLeaving = true;
    this.leave();
  };

  private readonly stay = (): void => {
    this.isLeaving = false;
  };

  private readonly sendOnceOnline = (): void => this.dispatchUnheard({ isUrgent: true });

  private readonly listeners: readonly (readonly [string, () => void])[] = [
    ['online', this.sendOnceOnline],
    ['visibilitychange', this.leave],
    ['pagehide', this.startLeaving],
    ['pageshow', this.stay],
  ];

  private made({ occurredAt, ...recorded }: Recorded): TelemetryEvent | null {
    const { subjectId, service, means } = this.options;
    return asPlain({
      eventId: crypto.randomUUID(),
      subjectId,
      service,
      ...(means && { means }),
      occurredAt: occurredAt ?? new Date(this.clock.now()).toISOString(),
      ...recorded,
    });
  }

  private async drop(reason: DropReason): Promise<false> {
    await this.store.count(reason, 1).catch(() => undefined);
    return false;
  }

  private async keep(event: TelemetryEvent): Promise<boolean> {
    const kept = await this.store.keep(event);
    if (kept === 'undecided' && this.undecided.length < maxUndecided) this.undecided.push(event);
    const isEnough = totalOf(this.store.seen).events >= (this.options.flushAtEvents ?? 50);
    if (kept !== 'dropped') this.schedule(isEnough ? 0 : this.interval);
    return kept === 'kept';
  }

  /** Once more is known of what the subject allows: keeps or drops what waited in memory for it. */
  private async afterwards(knowing: Promise<void>): Promise<void> {
    await knowing;
    if (!this.store.seen.granted || this.undecided.length === 0) return;
    const decidable = this.undecided.splice(0);
    await this.store.count('undecided', -decidable.length);
    for (const event of decidable) await this.keep(event);
  }

  private async dispatch(how: { isUrgent: boolean }): Promise<void> {
    if (!this.dispatcher.isStopped) await this.afterwards(this.consents.read(how));
    await this.dispatcher.flush(how);
    if (totalOf(this.store.seen).events > 0 || this.undecided.length > 0) this.schedule(this.interval);
  }

  private dispatchUnheard(how: { isUrgent: boolean }): void {
    this.dispatch(how).catch(() => undefined);
  }

  private get interval(): number {
    return this.options.flushEveryMilliseconds ?? 10_000;
  }

  /** Sends later, or as soon as it is time again; the earliest that was asked for counts. */
  private schedule(milliseconds: number): void {
    const now = this.clock.now();
    const wait = remaining(this.store.seen.wait, now);
    const dueAt = now + (wait > 0 ? wait : milliseconds);
    if (this.isClosed || this.dispatcher.isStopped || (this.timer && this.timer.dueAt <= dueAt)) return;
    if (this.timer) clearTimeout(this.timer.id);
    const send = (): void => {
      this.timer = null;
      this.dispatchUnheard({ isUrgent: false });
    };
    this.timer = { dueAt, id: setTimeout(send, dueAt - now) };
  }
}
