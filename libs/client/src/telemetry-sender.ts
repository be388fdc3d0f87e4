import { retryAfterOf } from './back-off.js';
import type { AbideClient } from './client.js';
import { AbideProblem } from './problem.js';
import type { operations } from './schema.gen.js';
import type { TelemetryBatch } from './telemetry-event.js';

/** What the server refused of a batch: the event's place in it, and why. */
export interface RefusedEvent {
  readonly index: number;
  readonly code: string;
}

export interface BatchAnswer {
  readonly accepted: number;
  readonly refused: readonly RefusedEvent[];
  /** The batch was known already: this is the first answer. */
  readonly duplicate: boolean;
}

/** `unusable`: the batch as a whole is at fault, whenever it is sent. `notNow`: nothing is said of it; `toldMilliseconds` is what `Retry-After` asks for. */
export type Delivery =
  | { readonly kind: 'answered'; readonly refused: readonly RefusedEvent[] }
  | { readonly kind: 'unusable'; readonly code: string }
  | { readonly kind: 'signedOut' }
  | { readonly kind: 'notNow'; readonly toldMilliseconds: number | null };

/** What the document shows of a batch: the categories that the product brings. Which there are is the registry's to say. */
type PublishedBatch = operations['sendTelemetry']['requestBody']['content']['application/json'];

const timeoutMilliseconds = 20_000;
const unusable: readonly number[] = [400, 409, 413, 422];
/** What a browser lets out of a page that is going is 64 KiB for all its requests together: half for one, so that two may be under way. */
export const keepaliveBytes = 32 * 1024;

/** Sends a batch; small ones outlive their page. The request is under way when this returns, where the client has no middleware that waits. */
export async function sendBatch(client: AbideClient, batch: TelemetryBatch, now: () => number): Promise<Delivery> {
  const keepalive = new TextEncoder().encode(JSON.stringify(batch)).length <= keepaliveBytes;
  try {
    const { data, error, response } = await client.POST('/api/v1/telemetry/batches', {
      body: batch as unknown as PublishedBatch,
      keepalive,
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    if (isAnswer(data)) return { kind: 'answered', refused: data.refused };
    if (unusable.includes(response.status))
      return { kind: 'unusable', code: AbideProblem.from(error, response).code || String(response.status) };
    if (response.status === 401 || response.status === 403) return { kind: 'signedOut' };
    return { kind: 'notNow', toldMilliseconds: retryAfterOf(response.headers.get('retry-after'), now()) };
  } catch {
    return { kind: 'notNow', toldMilliseconds: null };
  }
}

/** A portal in the way may answer 200 too. */
function isAnswer(data: unknown): data is BatchAnswer {
  return (
    typeof (data as Partial<BatchAnswer> | null | undefined)?.accepted === 'number' &&
    Array.isArray((data as BatchAnswer).refused)
  );
}
