import {
  AbideProblem,
  preferenceCentre,
  telemetryQueue,
  type DropCounts,
  type PreferenceCentre,
  type TelemetryEvent,
  type TelemetryQueue,
} from '@abide/client';
import { actOf, places, type Act } from './acts.js';
import { choicesOf, nameOf, type Choice, type Wording } from './choices.js';
import type { Journal } from './journal.js';
import { keep, readKept } from './kept.js';
import type { Session } from './session.js';

interface BatchAnswer {
  readonly accepted: number;
  readonly refused: readonly { readonly index: number; readonly code: string }[];
}

const sendAfterMilliseconds = 1500;
const lookEveryMilliseconds = 500;

/** What a signed-in person's page works with: their preference centre, their queue, and what became of everything. */
export class PersonStore {
  choices: readonly Choice[] | null = readKept<Choice[]>('choices');
  isPositioningOn = readKept<boolean>('positioning') ?? false;
  waiting = 0;
  private readonly centre: PreferenceCentre;
  private readonly queue: TelemetryQueue;
  private readonly looking: ReturnType<typeof setInterval>;
  private counts: DropCounts | null = null;
  private place = 0;
  private looked: Promise<void>;

  constructor(
    readonly session: Session,
    private readonly journal: Journal,
    private readonly onChange: () => void,
  ) {
    const { subjectId, client } = session;
    this.centre = preferenceCentre(client, {
      subjectId,
      channel: 'sample',
      onRefused: (decision, { code }) =>
        journal.add({ key: 'decisionRefused', tone: 'bad', values: { what: decision.purpose }, code }),
    });
    this.queue = telemetryQueue(client, {
      subjectId,
      service: 'ticketing',
      means: 'web',
      preferences: this.centre,
      flushEveryMilliseconds: sendAfterMilliseconds,
    });
    this.looked = this.lookOnce().catch(() => undefined);
    this.looking = setInterval(() => void this.look(), lookEveryMilliseconds);
  }

  /** Reads what the person decided, as far as the network is there. */
  async read(): Promise<void> {
    try {
      const { items } = await this.centre.load();
      this.setChoices(choicesOf(items));
      const { data } = await this.session.client.GET('/api/v1/me/positioning');
      if (data) this.setPositioning(data.on);
    } catch {
      // Offline: what was read before stands, and the page says that it is offline.
    }
    this.onChange();
  }

  /** Records what was done. Unnamed, an event goes to the gate of the server whatever was decided: even what it refused before. */
  async act({ name, event }: Act, { isUnnamed }: { isUnnamed: boolean }): Promise<void> {
    if (isUnnamed) await this.read();
    const { purposes, ...bare } = event;
    const isKept = await this.queue.record(isUnnamed || !purposes ? bare : { ...bare, purposes });
    if (isKept) this.journal.add({ key: 'kept', tone: 'calm', texts: { act: name } });
    else if (!this.choices) this.journal.add({ key: 'undecided', tone: 'calm', texts: { act: name } });
    await this.look();
  }

  async sendNow(): Promise<void> {
    await this.queue.flush();
    await this.look();
  }

  /** The person opened the question themselves, which the server notes where it can be reached. */
  async open({ purpose }: Choice): Promise<void> {
    await this.centre.open(purpose).catch(() => undefined);
  }

  /** Nothing was decided: the switches stand as they stood. */
  leaveAsItIs(): void {
    this.onChange();
  }

  async grant(choice: Choice, { shown }: Wording): Promise<void> {
    await this.decide(choice, true, () => this.centre.grant(choice.purpose, { ...scopeOf(choice), shown }));
  }

  async withdraw(choice: Choice): Promise<void> {
    await this.decide(choice, false, () => this.centre.withdraw(choice.purpose, scopeOf(choice)));
  }

  async turnPositioning(on: boolean): Promise<void> {
    const { data } = await this.session.client
      .PUT('/api/v1/me/positioning', { body: { on } })
      .catch(() => ({ data: undefined }));
    if (data) this.setPositioning(data.on);
    this.journal.add(
      data
        ? { key: data.on ? 'positioningTurnedOn' : 'positioningTurnedOff', tone: 'calm' }
        : { key: 'needsNetwork', tone: 'bad', texts: { what: 'positioning' } },
    );
    this.onChange();
  }

  /** From an invented place, and the next time from another. */
  async sendPosition(): Promise<void> {
    const { name: place, latitude, longitude } = places[this.place++ % places.length] ?? places[0];
    const occurredAt = new Date(this.centre.clock.now()).toISOString();
    const fix = {
      fixId: crypto.randomUUID(),
      subjectId: this.session.subjectId,
      occurredAt,
      latitude,
      longitude,
      accuracyMetres: 12,
      source: 'gps' as const,
      service: 'ticketing',
    };
    const { data } = await this.session.client
      .POST('/api/v1/location/batches', { body: { batchId: crypto.randomUUID(), fixes: [fix] } })
      .catch(() => ({ data: undefined }));
    const code = data?.refused[0]?.code;
    if (!data) this.journal.add({ key: 'needsNetwork', tone: 'bad', texts: { what: 'sendPosition' } });
    else if (code === undefined) this.journal.add({ key: 'positionAccepted', tone: 'good', values: { place } });
    else this.journal.add({ key: 'positionRefused', tone: 'bad', values: { place }, code });
  }

  /** Notes what the server answered to a batch of the queue. */
  async watch(request: Request, response: Response): Promise<void> {
    if (!request.url.endsWith('/telemetry/batches') || !response.ok) return;
    const { events } = (await request.json()) as { events: readonly TelemetryEvent[] };
    const { accepted, refused } = (await response.json()) as BatchAnswer;
    this.journal.count('accepted', accepted);
    this.journal.count('refused', refused.length);
    this.journal.add({ key: 'sent', tone: accepted > 0 ? 'good' : 'calm', values: { sent: events.length, accepted } });
    for (const { index, code } of refused) {
      const category = events[index]?.category ?? '';
      const act = actOf(category);
      this.journal.add({
        key: 'refusedEvent',
        tone: 'bad',
        code,
        ...(act ? { texts: { what: act } } : { values: { what: category } }),
      });
    }
    await this.look();
  }

  /** At sign-out: what waits stays on the device. */
  close(): void {
    clearInterval(this.looking);
    this.queue.close();
    this.centre.close();
  }

  private async decide(
    choice: Choice,
    isGranted: boolean,
    say: () => Promise<{ readonly isSent: boolean }>,
  ): Promise<void> {
    const what = nameOf(choice);
    try {
      const { isSent } = await say();
      const isWaiting = !isSent;
      this.setChoices(
        (this.choices ?? []).map((one) => (one.id === choice.id ? { ...one, isGranted, isWaiting } : one)),
      );
      if (isSent) this.journal.add({ key: isGranted ? 'grantedNow' : 'withdrawnNow', tone: 'calm', values: { what } });
      else this.journal.add({ key: 'decisionWaits', tone: 'calm', values: { what } });
    } catch (problem) {
      this.journal.add({
        key: 'decisionRefused',
        tone: 'bad',
        values: { what },
        code: problem instanceof AbideProblem ? problem.code : '',
      });
    }
    await this.look();
    this.onChange();
  }

  /** One look after the other, so that nothing is told twice. */
  private look(): Promise<void> {
    this.looked = this.looked.then(() => this.lookOnce()).catch(() => undefined);
    return this.looked;
  }

  /** Tells of what the queue dropped since the last look. */
  private async lookOnce(): Promise<void> {
    const [counts, { events }] = await Promise.all([this.queue.counts(), this.queue.waiting()]);
    const before = this.counts;
    this.counts = counts;
    for (const [code, count = 0] of Object.entries(before ? counts : {})) {
      const dropped = count - (before?.[code as keyof DropCounts] ?? 0);
      if (dropped <= 0 || code === 'undecided' || code.startsWith('refused:')) continue;
      this.journal.count('dropped', dropped);
      this.journal.add({ key: 'droppedEvents', tone: 'bad', values: { count: dropped }, code });
    }
    if (events === this.waiting) return;
    this.waiting = events;
    this.onChange();
  }

  private setChoices(choices: readonly Choice[]): void {
    this.choices = choices;
    keep('choices', choices);
  }

  private setPositioning(isOn: boolean): void {
    this.isPositioningOn = isOn;
    keep('positioning', isOn);
  }
}

function scopeOf({ categories, service }: Choice): { categories?: readonly string[]; service?: string } {
  return { ...(categories && { categories }), ...(service && { service }) };
}
