import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const days = 24 * 3_600_000;

interface SentEvent {
  readonly eventId: string;
  readonly subjectId: string;
  readonly category: string;
  readonly occurredAt: string;
  readonly purposes?: readonly string[];
  readonly attributes?: Readonly<Record<string, unknown>>;
}

interface Answer {
  readonly accepted: number;
  readonly refused: readonly { index: number; code: string }[];
  readonly duplicate: boolean;
}

/** One request for a batch as it arrived, and what it was answered; null where the answer was lost. */
export interface Arrival {
  readonly at: number;
  readonly batchId: string;
  readonly eventIds: readonly string[];
  readonly status: number | null;
}

/** `losesAnswers`: what arrives is stored, and nobody hears of it. */
export type Mood = 'well' | 'losesAnswers' | 'unreachable' | { readonly busyForSeconds: number };

/**
 * Takes telemetry batches as the product does: the first answer for a batch's id stands, an event is stored once, what the
 * subject does not allow is refused by its code, and a batch that holds something unreadable is refused whole. Serves the page
 * that the browser opens too. Who calls is named by the bearer token.
 */
export class TelemetryServer {
  readonly arrivals: Arrival[] = [];
  /** Everything stored, in the order it came. */
  readonly stored: SentEvent[] = [];
  /** Where the subjects stand on the purposes that are theirs to decide. */
  readonly consents = new Map<string, 'granted' | 'withdrawn' | 'none'>();
  /** Tokens that are not taken any more. */
  readonly expired = new Set<string>();
  mood: Mood = 'well';
  /** How long an answer takes. */
  delayMilliseconds = 0;
  /** The most requests that were under way at the same time. */
  mostAtOnce = 0;
  private readonly answers = new Map<string, Answer>();
  private readonly server: Server;
  private underWay = 0;

  constructor(private readonly files: Readonly<Record<string, { type: string; text: string }>>) {
    this.server = createServer((request, response) => {
      this.answer(request, response).catch(() => response.destroy());
    });
  }

  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  start(): Promise<void> {
    return new Promise((done) => this.server.listen(0, 'localhost', done));
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(() => done()));
  }

  /** What is stored, as the names that the tests gave their events. */
  names(): unknown[] {
    return this.stored.map(({ attributes }) => attributes?.['name']);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', this.url).pathname;
    const file = this.files[path];
    if (file) return void response.writeHead(200, { 'content-type': file.type }).end(file.text);
    const subjectId = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const body = await bodyOf(request);
    if (this.mood === 'unreachable') return void response.destroy();
    if (path === '/api/v1/telemetry/batches' && request.method === 'POST')
      return this.receive(body, subjectId, response);
    if (subjectId === '' || this.expired.has(subjectId)) return problem(response, 401, 'session.expired');
    if (path === '/api/v1/me/consents')
      return json(response, 200, {
        items: [...this.consents].map(([purpose, state]) => ({ purpose, state })),
        nextCursor: null,
        at: new Date().toISOString(),
      });
    if (path.startsWith('/api/v1/me/consents/') && request.method === 'PUT') return this.decide(path, body, response);
    return problem(response, 404, 'route.unknown');
  }

  private decide(path: string, body: string, response: ServerResponse): void {
    const { state, occurredAt } = JSON.parse(body) as { state: 'granted' | 'withdrawn'; occurredAt: string };
    this.consents.set(decodeURIComponent(path.split('/').at(-1) ?? ''), state);
    json(response, 200, {
      consentEventId: crypto.randomUUID(),
      receiptId: crypto.randomUUID(),
      state,
      at: occurredAt,
      duplicate: false,
    });
  }

  private async receive(body: string, subjectId: string, response: ServerResponse): Promise<void> {
    this.underWay += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.underWay);
    await sleep(this.delayMilliseconds);
    this.underWay -= 1;
    const batch = JSON.parse(body) as { batchId: string; events: SentEvent[] };
    const note = (status: number | null): void =>
      void this.arrivals.push({
        at: Date.now(),
        batchId: batch.batchId,
        eventIds: batch.events.map(({ eventId }) => eventId),
        status,
      });
    if (subjectId === '' || this.expired.has(subjectId)) return (note(401), problem(response, 401, 'session.expired'));
    if (typeof this.mood === 'object')
      return (note(503), problem(response, 503, 'telemetry.busy', { 'retry-after': String(this.mood.busyForSeconds) }));
    if (!isUsable(batch, body)) return (note(400), problem(response, 400, 'request.invalid'));
    const answer = this.store(batch, subjectId);
    if (this.mood === 'losesAnswers') return (note(null), void response.destroy());
    note(200);
    json(response, 200, answer);
  }

  private store({ batchId, events }: { batchId: string; events: SentEvent[] }, subjectId: string): Answer {
    const key = `${subjectId} ${batchId}`;
    const first = this.answers.get(key);
    if (first) return { ...first, duplicate: true };
    const refused = events.flatMap((event, index) => {
      const code = this.refusalOf(event, subjectId);
      if (code) return [{ index, code }];
      if (!this.stored.some(({ eventId }) => eventId === event.eventId)) this.stored.push(event);
      return [];
    });
    const answer = { accepted: events.length - refused.length, refused, duplicate: false };
    this.answers.set(key, answer);
    return answer;
  }

  private refusalOf({ subjectId, category, occurredAt, purposes }: SentEvent, caller: string): string | null {
    if (subjectId !== caller) return 'event.notYourSubject';
    if (category === 'log.unknown') return 'event.unknownCategory';
    if (category === 'log.appInventory') return 'clause.none';
    if (Date.now() - Date.parse(occurredAt) > 7 * days) return 'event.tooOld';
    if (Date.parse(occurredAt) > Date.now() + 60_000) return 'event.inFuture';
    const states = (purposes ?? []).map((purpose) => this.consents.get(purpose)).filter((state) => state !== undefined);
    if (states.length === 0 || states.includes('granted')) return null;
    return states.includes('withdrawn') ? 'consent.withdrawn' : 'consent.missing';
  }
}

/** The envelope: ids, bounds, and no text that the server could not store. */
function isUsable({ batchId, events }: { batchId: string; events: SentEvent[] }, body: string): boolean {
  if (!uuid.test(batchId) || events.length === 0 || events.length > 1_000 || body.length > 5 * 1024 * 1024)
    return false;
  return (
    events.every(({ eventId, occurredAt }) => uuid.test(eventId) && !Number.isNaN(Date.parse(occurredAt))) &&
    !body.includes('\\u0000')
  );
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

function problem(response: ServerResponse, status: number, code: string, headers: Record<string, string> = {}): void {
  json(
    response,
    status,
    { type: 'about:blank', title: 'Refused', status, code, correlationId: 'c' },
    { ...headers, 'content-type': 'application/problem+json' },
  );
}
