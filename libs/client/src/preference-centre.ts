import type { AbideClient, Schemas } from './client.js';
import { ConsentOutbox } from './consent-outbox.js';
import { sendDecision, type Decision } from './consent-sender.js';
import { defaultOutboxStore, type OutboxStore } from './outbox-store.js';
import { AbideProblem } from './problem.js';
import { ServerClock } from './server-clock.js';
import { wordingHash } from './wording-hash.js';

export type OwnConsent = Schemas['OwnConsentDto'];

/** What was on the screen: `wording` is hashed here and never sent. */
export interface Shown {
  readonly revisionId: string;
  readonly clauseId: string;
  readonly locale: 'zh-CN' | 'en';
  readonly wording: string;
}

/** What a consent is narrowed to; what is left out is not narrowed. Separate consent needs its categories named. */
export interface Scope {
  readonly categories?: readonly string[];
  /** The id or slug of the recipient. */
  readonly recipientId?: string;
  readonly region?: string;
  readonly service?: string;
}

export interface Preferences {
  /** Every purpose that is the subject's to decide, in the order of the registry. */
  readonly items: readonly OwnConsent[];
  /** Granted, also where only in part. */
  readonly granted: readonly OwnConsent[];
  /** What the subject may be asked for now. */
  readonly mayAsk: readonly OwnConsent[];
  /** What is not granted in full and must not be asked for: until `askAgainAt`, or, where that is null, unless the subject opens it. */
  readonly mayNotAsk: readonly OwnConsent[];
  /** Decisions that have not reached the server yet, oldest first: they stand above what `items` say. */
  readonly unsent: readonly Decision[];
}

/** `askAgainAt` is RFC 3339; null where nothing is to be asked at all. */
export type PromptAnswer = { readonly mayShow: true } | { readonly mayShow: false; readonly askAgainAt: string | null };

/**
 * What became of a decision. `isSent: false`: it waits in the outbox with its instant; `status` says what the server answered
 * (401: sign in, then `flush()`), null that it could not be reached.
 */
export type Decided =
  | ({ readonly isSent: true } & Schemas['ConsentResponse'])
  | { readonly isSent: false; readonly occurredAt: string; readonly status: number | null };

/** What a listener is told: everything once it was read, or what the subject decided of one purpose. */
export type ConsentNews =
  | { readonly kind: 'read'; readonly preferences: Preferences }
  | { readonly kind: 'granted' | 'withdrawn'; readonly purpose: string; readonly scope: Scope };

export type ConsentListener = (news: ConsentNews) => void | Promise<void>;

export interface PreferenceCentreOptions {
  /** Who is signed in: their decisions wait under their own name and never go out under somebody else's. */
  readonly subjectId: string;
  readonly store?: OutboxStore;
  /** What the app calls itself in consents and receipts, for example `ios`. */
  readonly channel?: string;
  /** Told of a decision that waited and was refused when it was sent at last. */
  readonly onRefused?: (decision: Decision, problem: AbideProblem) => void;
  /** Tells with an `online` event that the network is back: the browser's window unless something else is named. */
  readonly connectivity?: EventTarget;
  /** Epoch milliseconds of the device. */
  readonly now?: () => number;
}

/** A preference centre for one signed-in subject, without any user interface. Keep one while they are signed in, and close it then. */
export function preferenceCentre(client: AbideClient, options: PreferenceCentreOptions): PreferenceCentre {
  return new PreferenceCentre(client, options);
}

/** Reads, asks for, grants and withdraws consents; decisions made offline are sent once the network is back. */
export class PreferenceCentre {
  /** What is known here of the server's clock. */
  readonly clock: ServerClock;
  private readonly outbox: ConsentOutbox;
  private readonly connectivity: Partial<EventTarget>;
  private readonly listeners = new Set<ConsentListener>();
  private lastDecidedAt = 0;

  constructor(
    private readonly client: AbideClient,
    private readonly options: PreferenceCentreOptions,
  ) {
    this.clock = new ServerClock(options.now ?? Date.now);
    this.connectivity = options.connectivity ?? (globalThis as Partial<EventTarget>);
    this.outbox = new ConsentOutbox({
      name: `abide.outbox.${options.subjectId}`,
      store: options.store ?? defaultOutboxStore(),
      send: (decision, how) => sendDecision(client, decision, how),
      onRefused: (decision, problem) => options.onRefused?.(decision, problem),
    });
    this.connectivity.addEventListener?.('online', this.sendOnceOnline);
  }

  /** Sends what waits, then reads where the subject stands. @throws AbideProblem, or what the fetch throws when offline */
  async load(): Promise<Preferences> {
    const decidedAt = this.lastDecidedAt;
    await this.outbox.flush();
    const { items } = await this.clock.learnFrom(
      async () => answerOf(await this.client.GET('/api/v1/me/consents')),
      ({ at }) => at,
    );
    const preferences: Preferences = {
      items,
      granted: items.filter(({ state }) => state === 'granted' || state === 'partly'),
      mayAsk: items.filter(({ mayAsk }) => mayAsk),
      mayNotAsk: items.filter(({ state, mayAsk }) => !mayAsk && state !== 'granted'),
      unsent: await this.outbox.waiting(),
    };
    const isOvertaken = this.lastDecidedAt !== decidedAt;
    if (!isOvertaken) await this.tell({ kind: 'read', preferences });
    return preferences;
  }

  /** Tells of what was read and decided here: a grant once it is recorded, a withdrawal before it is sent. Answers what ends it. */
  listen(listener: ConsentListener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Before a question is shown, each time: whether it may be. Recorded, so it is not to be called for what is then not shown. */
  async ask(purpose: string): Promise<PromptAnswer> {
    try {
      await this.show(purpose, false);
      return { mayShow: true };
    } catch (problem) {
      if (problem instanceof AbideProblem && problem.status === 409)
        return { mayShow: false, askAgainAt: problem.text('askAgainAt') };
      throw problem;
    }
  }

  /** The subject opened the question themselves, which is never too often. */
  async open(purpose: string): Promise<void> {
    await this.show(purpose, true);
  }

  /** @throws AbideProblem when the server refuses it; nothing waits then */
  grant(purpose: string, consent: Scope & { readonly shown: Shown }): Promise<Decided> {
    return this.decide(purpose, 'granted', consent);
  }

  /** Takes effect when it reaches the server, dated when it was made. @throws AbideProblem when the server refuses it */
  withdraw(purpose: string, consent: Scope & { readonly shown?: Shown } = {}): Promise<Decided> {
    return this.decide(purpose, 'withdrawn', consent);
  }

  /** Sends what waits, in order; how many decisions still wait. */
  async flush(): Promise<number> {
    await this.outbox.flush();
    return (await this.outbox.waiting()).length;
  }

  /** At sign-out: what waits stays kept, and goes when its subject has signed in again. */
  close(): void {
    this.connectivity.removeEventListener?.('online', this.sendOnceOnline);
  }

  private readonly sendOnceOnline = (): void => {
    this.outbox.flush().catch(() => undefined);
  };

  /** What a listener does wrong stops no decision. */
  private async tell(news: ConsentNews): Promise<void> {
    await Promise.allSettled([...this.listeners].map(async (listener) => listener(news)));
  }

  private async show(purpose: string, startedBySubject: boolean): Promise<void> {
    await this.clock.learnFrom(
      async () =>
        answerOf(await this.client.POST('/api/v1/me/consent-prompts', { body: { purpose, startedBySubject } })),
      ({ shownAt }) => shownAt,
    );
  }

  private async decide(
    purpose: string,
    state: 'granted' | 'withdrawn',
    { shown, categories, ...scope }: Scope & { readonly shown?: Shown },
  ): Promise<Decided> {
    const occurredAt = this.nextInstant();
    const news: ConsentNews = { kind: state, purpose, scope: { ...scope, ...(categories && { categories }) } };
    if (state === 'withdrawn') await this.tell(news);
    const { channel } = this.options;
    const said = {
      state,
      ...scope,
      ...(categories && { categories: [...categories] }),
      ...(shown && (await citing(shown))),
      ...(channel && { channel }),
      occurredAt,
    };
    const { decision, outcome } = await this.outbox.submit({ id: crypto.randomUUID(), purpose, said });
    if (outcome.kind === 'refused') throw outcome.problem;
    if (outcome.kind === 'notNow')
      return { isSent: false, occurredAt: decision.said.occurredAt, status: outcome.status };
    if (state === 'granted') await this.tell(news);
    return { isSent: true, ...outcome.consent };
  }

  /** Later than every decision before it, whatever is done to the device's clock meanwhile. */
  private nextInstant(): string {
    this.lastDecidedAt = Math.max(this.clock.now(), this.lastDecidedAt + 1);
    return new Date(this.lastDecidedAt).toISOString();
  }
}

async function citing({ revisionId, clauseId, locale, wording }: Shown) {
  return { revisionId, clauseId, locale, wordingHash: await wordingHash(wording) };
}

function answerOf<Answer>({ data, error, response }: { data?: Answer; error?: unknown; response: Response }): Answer {
  if (data === undefined) throw AbideProblem.from(error, response);
  return data;
}
