import type { AbideClient } from './client.js';
import type { Decision } from './consent-sender.js';
import type { ConsentNews, OwnConsent, PreferenceCentre, Scope } from './preference-centre.js';
import type { ServerClock } from './server-clock.js';
import { kindOf, withKind } from './telemetry-gate.js';
import type { TelemetryStore } from './telemetry-store.js';

export interface TelemetryConsentsParts {
  readonly client: AbideClient;
  readonly service: string;
  readonly preferences: PreferenceCentre | undefined;
  readonly clock: ServerClock;
  readonly store: TelemetryStore;
}

const lastMilliseconds = 10 * 60_000;
const readAgainAfterMilliseconds = 60_000;

/** Keeps a queue's store told of what its subject allows: by the preference centre where there is one, else by reading it. */
export class TelemetryConsents {
  private triedAt = -Infinity;
  private decisions = 0;

  constructor(private readonly parts: TelemetryConsentsParts) {}

  async changed(items: readonly OwnConsent[], unsent: readonly Decision[]): Promise<void> {
    const granted = Object.fromEntries(
      items.map(({ purpose, state }) => [purpose, state === 'granted' || state === 'partly']),
    );
    for (const { purpose, said } of unsent)
      if (said.state === 'withdrawn' && !said.categories && this.concerns(said)) granted[purpose] = false;
    await this.parts.store.allow(() => ({ granted, refusedKinds: [], allowancesAt: this.now }));
  }

  async granted(purpose: string): Promise<void> {
    this.decisions += 1;
    await this.parts.store.allow(({ granted }) => ({
      granted: granted && { ...granted, [purpose]: true },
      refusedKinds: [],
    }));
  }

  async withdrawn(purpose: string, { categories, ...scope }: Scope): Promise<void> {
    if (!this.concerns(scope)) return;
    this.decisions += 1;
    const kinds = (categories ?? []).map((category) =>
      kindOf({ category, service: this.parts.service, purposes: [purpose] }),
    );
    await this.parts.store.allow(({ granted, refusedKinds }) => ({
      granted: granted && !categories ? { ...granted, [purpose]: false } : granted,
      refusedKinds: kinds.reduce(withKind, refusedKinds),
    }));
  }

  async heard(news: ConsentNews): Promise<void> {
    if (news.kind === 'read') await this.changed(news.preferences.items, news.preferences.unsent);
    if (news.kind === 'granted') await this.granted(news.purpose);
    if (news.kind === 'withdrawn') await this.withdrawn(news.purpose, news.scope);
  }

  /** Reads the consents where they are not known, or were read long ago; `isUrgent`: though it failed only just now. What cannot be read changes nothing. */
  async read({ isUrgent }: { isUrgent: boolean }): Promise<void> {
    const { granted, allowancesAt } = await this.parts.store.read();
    const isKnown = granted !== null && this.now - allowancesAt < lastMilliseconds;
    if (isKnown || (!isUrgent && this.now - this.triedAt < readAgainAfterMilliseconds)) return;
    this.triedAt = this.now;
    const { preferences } = this.parts;
    await (preferences ? preferences.load() : this.readOwn()).catch(() => undefined);
  }

  /** An answer that was on its way while the subject decided is older than what they said. */
  private async readOwn(): Promise<void> {
    const { decisions } = this;
    const own = await this.parts.clock.learnFrom(
      async () => (await this.parts.client.GET('/api/v1/me/consents')).data,
      (answer) => answer?.at,
    );
    if (own && decisions === this.decisions) await this.changed(own.items, []);
  }

  private get now(): number {
    return this.parts.clock.now();
  }

  /** Consent to what is done with others, elsewhere or by another service is not about what is recorded here. */
  private concerns({ recipientId, region, service }: Scope): boolean {
    return !recipientId && !region && (!service || service === this.parts.service);
  }
}
