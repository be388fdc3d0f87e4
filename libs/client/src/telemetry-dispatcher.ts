import { remaining } from './back-off.js';
import type { AbideClient } from './client.js';
import type { TelemetryBatch } from './telemetry-event.js';
import { keepaliveBytes, sendBatch, type Delivery } from './telemetry-sender.js';
import type { TelemetryStore } from './telemetry-store.js';

export interface DispatcherParts {
  readonly client: AbideClient;
  readonly store: TelemetryStore;
  /** The lock that one window of the browser holds while it sends. */
  readonly lockName: string;
  readonly now: () => number;
}

/** So many batches in a row that the server has no use for are no accident of one event: time to wait. */
const unusableInARow = 16;
const envelopeBytes = 256;

/** Sends what a store holds, one window of a browser at a time, and waits as long as it has to. */
export class TelemetryDispatcher {
  private running: Promise<void> = Promise.resolve();
  private isSignedOut = false;
  private isClosed = false;
  private unusable = 0;

  constructor(private readonly parts: DispatcherParts) {}

  /** Sends what waits, unless it is not time yet; `isUrgent`: only what the server asked for is waited for. */
  flush({ isUrgent }: { isUrgent: boolean }): Promise<void> {
    const work = (): Promise<void> => this.sendAll(isUrgent);
    const { locks } = (globalThis.navigator ?? {}) as Partial<Navigator>;
    this.running = this.running
      .then(() => (locks ? locks.request(this.parts.lockName, work) : work()))
      .catch(() => undefined);
    return this.running;
  }

  /** The page is going: sends what this window has added, without waiting for anything. It stays kept until it is answered. */
  leave(): void {
    const { client, store, now } = this.parts;
    if (this.isStopped || remaining(store.seen.wait, now()) > 0) return;
    const batch = store.leave(keepaliveBytes - envelopeBytes);
    if (!batch) return;
    sendBatch(client, batch, now)
      .then((delivery) => delivery.kind === 'unusable' || this.settle(batch, delivery))
      .catch(() => undefined);
  }

  /** Nothing goes until `resume()`. */
  get isStopped(): boolean {
    return this.isSignedOut || this.isClosed;
  }

  resume(): void {
    this.isSignedOut = false;
  }

  /** Resolves once nothing is under way any more. */
  close(): Promise<void> {
    this.isClosed = true;
    return this.running;
  }

  private async sendAll(isUrgent: boolean): Promise<void> {
    const { client, store, now } = this.parts;
    const { wait, batches } = await store.read();
    const mustWait = remaining(wait, now()) > 0 && (wait.isTold || !isUrgent);
    if (mustWait || batches.length === 0) return;
    await store.seal();
    this.unusable = 0;
    for (let goesOn = !this.isStopped; goesOn;) {
      const batch = await store.next();
      if (!batch) return;
      goesOn = await this.settle(batch, await sendBatch(client, batch, now));
    }
  }

  /** Notes what became of a batch; whether the next may go. */
  private async settle(batch: TelemetryBatch, delivery: Delivery): Promise<boolean> {
    const { store } = this.parts;
    if (delivery.kind === 'answered') await store.answered(batch, delivery.refused);
    if (delivery.kind === 'unusable') await store.divide(batch, delivery.code);
    if (delivery.kind === 'signedOut') this.isSignedOut = true;
    this.unusable = delivery.kind === 'unusable' ? this.unusable + 1 : 0;
    const isTime = delivery.kind !== 'notNow' && this.unusable < unusableInARow;
    if (!isTime) await store.postpone(delivery.kind === 'notNow' ? delivery.toldMilliseconds : null);
    return isTime && !this.isStopped;
  }
}
