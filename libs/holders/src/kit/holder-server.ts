import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { signWebhook, verifiedWebhookId, type WebhookHeaders } from '@abide/platform';
import { z } from 'zod';
import { contractVersion, holderOperations, type HolderOperation } from '../protocol/holder-answers.js';
import { messageId } from '../protocol/message-ids.js';
import type { HolderSubject } from '../protocol/holder-client.js';

/** An answer as it travels. */
export interface ToldAnswer {
  readonly outcome: string;
  readonly counts?: readonly { readonly category: string; readonly count: number }[];
  readonly [more: string]: unknown;
}

/** What a service says and does about the people whose data it keeps; the rest of the contract is `holderServer`'s. */
export interface HolderStore {
  readonly name: string;
  readonly categories: readonly string[];
  describe(subject: HolderSubject): ToldAnswer;
  export(subject: HolderSubject, categories: readonly string[]): Iterable<object>;
  /** Called once for each `requestId`. `question` is the whole body. */
  act(operation: HolderOperation, question: Question): ToldAnswer;
}

export interface HolderServerOptions {
  readonly secret: string;
  readonly store: HolderStore;
}

const questionSchema = z.looseObject({
  requestId: z.string().regex(/^[A-Za-z0-9_-]{1,100}$/),
  subject: z
    .object({
      id: z.string().min(1).max(100),
      identifiers: z.array(z.object({ type: z.string().max(40), value: z.string().max(320) })).max(50),
    })
    .optional(),
  categories: z.array(z.string().max(80)).max(200).optional(),
});
export type Question = z.output<typeof questionSchema>;

const maxBodyBytes = 1024 * 1024;

/** A service that keeps docs/holder-protocol.yaml, to be built on and to be tried against; what it has done it remembers while it runs. */
export function holderServer(options: HolderServerOptions): Server {
  const endpoint = new Endpoint(options);
  return createServer((request, response) => {
    endpoint.answer(request, response).catch(() => refuse(response, 500));
  });
}

class Endpoint {
  private readonly done = new Map<string, ToldAnswer>();

  constructor(private readonly options: HolderServerOptions) {}

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { secret, store } = this.options;
    const path = (request.url ?? '').split('/').at(-1) ?? '';
    const body = await textOf(request);
    if (body === null) return refuse(response, 413);
    const id = verifiedWebhookId({ headers: request.headers, body, secrets: [secret] });
    if (id === null) return refuse(response, 401);
    if (request.method === 'GET' && path === 'holder') return this.tell(response, id, this.identity());
    const question = questionOf(body);
    const operation = holderOperations.find((one) => one === path);
    if (request.method !== 'POST' || !operation) return refuse(response, 404);
    if (!question || (operation !== 'expire' && !question.subject)) return refuse(response, 400);
    if (id !== messageId.question(operation, question.requestId)) return refuse(response, 401);
    if (operation === 'export') return this.stream(response, id, question);
    const told = operation === 'describe' ? store.describe(subjectOf(question)) : this.once(id, operation, question);
    this.tell(response, id, told);
  }

  private identity(): object {
    const { name, categories } = this.options.store;
    return { name, contract: contractVersion, categories };
  }

  private once(id: string, operation: HolderOperation, question: Question): ToldAnswer {
    const known = this.done.get(id);
    if (known) return known;
    const told = this.options.store.act(operation, question);
    this.done.set(id, told);
    return told;
  }

  private tell(response: ServerResponse, id: string, told: object): void {
    const body = JSON.stringify(told);
    const signed = this.signed(messageId.answer(id), body);
    response.writeHead(200, { 'content-type': 'application/json', ...signed }).end(body);
  }

  private stream(response: ServerResponse, id: string, question: Question): void {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    const digest = createHash('sha256');
    let records = 0;
    for (const record of this.options.store.export(subjectOf(question), question.categories ?? [])) {
      const line = `${JSON.stringify(record)}\n`;
      digest.update(line);
      records += 1;
      response.write(line);
    }
    const signed = this.signed(messageId.answer(id), digest.digest('hex'));
    const { 'webhook-timestamp': timestamp, 'webhook-signature': signature } = signed;
    response.end(`${JSON.stringify({ end: { records, timestamp, signature } })}\n`);
  }

  private signed(id: string, body: string): WebhookHeaders & Record<string, string> {
    return { ...signWebhook({ id, body, secrets: [this.options.secret] }) };
  }
}

function subjectOf({ subject }: Question): HolderSubject {
  return subject ?? { id: '', identifiers: [] };
}

function questionOf(body: string): Question | null {
  try {
    const result = questionSchema.safeParse(JSON.parse(body));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}

async function textOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBodyBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
}
