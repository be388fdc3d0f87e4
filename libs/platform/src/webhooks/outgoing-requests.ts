import { request as overHttp, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as overTls } from 'node:https';
import type { LookupFunction } from 'node:net';
import { Injectable } from '@nestjs/common';
import { AddressGuard, type AllowedOrigin, type ResolvedAddress } from './address-guard.js';
import { OutgoingFailure } from './outgoing-failure.js';

export interface OutgoingPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Origins beyond the public that may be reached. */
  readonly allowed?: readonly AllowedOrigin[];
  /** From the look-up of the name to the last byte of the answer. */
  readonly timeoutMilliseconds?: number;
  /** What is read of the answer at most. */
  readonly maxAnswerBytes?: number;
  /** `GET` sends no body. */
  readonly method?: 'GET' | 'POST';
}

/** An answer as it comes: bounded in time and length like any other, but not kept. */
export interface OutgoingStream {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** @throws OutgoingFailure while it is read */
  readonly content: AsyncIterable<Buffer>;
}

export interface OutgoingAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const timeoutMilliseconds = 10_000;
const maxAnswerBytes = 64 * 1024;

/** Requests to addresses that others name: guarded, without redirects, bounded in time and in what is read of the answer. */
@Injectable()
export class OutgoingRequests {
  constructor(private readonly guard: AddressGuard) {}

  /** @throws OutgoingFailure unless the other side answers 2xx in time and at a bearable length */
  async post(post: OutgoingPost): Promise<OutgoingAnswer> {
    const { status, headers, content } = await this.open(post);
    const chunks: Buffer[] = [];
    for await (const chunk of content) chunks.push(chunk);
    return { status, headers, body: Buffer.concat(chunks).toString('utf8') };
  }

  /** The same, for whoever reads the answer as it comes. @throws OutgoingFailure unless the other side answers 2xx in time */
  async open(post: OutgoingPost): Promise<OutgoingStream> {
    const signal = AbortSignal.timeout(post.timeoutMilliseconds ?? timeoutMilliseconds);
    try {
      const answer = await this.exchange(post, signal);
      const status = answer.statusCode ?? 0;
      if (status < 200 || status > 299) {
        answer.destroy();
        throw new OutgoingFailure(failureOf(status), status);
      }
      const content = bounded(answer, signal, post.maxAnswerBytes ?? maxAnswerBytes);
      return { status, headers: answer.headers, content };
    } catch (error) {
      throw failedBy(error, signal);
    }
  }

  private async exchange(post: OutgoingPost, signal: AbortSignal): Promise<IncomingMessage> {
    if (!URL.canParse(post.url)) throw new OutgoingFailure('addressForbidden');
    const url = new URL(post.url);
    const addresses = await inTime(this.guard.addressesOf(url, post.allowed), signal);
    const send = url.protocol === 'https:' ? overTls : overHttp;
    return new Promise((resolve, reject) => {
      const request = send(url, {
        method: post.method ?? 'POST',
        agent: false,
        signal,
        lookup: answering(addresses),
        headers: isRead(post) ? post.headers : { ...post.headers, 'content-length': Buffer.byteLength(post.body) },
      });
      request.on('response', resolve);
      request.on('error', reject);
      request.end(isRead(post) ? undefined : post.body);
    });
  }
}

/** A look-up that knows its answer: what was looked at is what is connected to. */
function answering(addresses: readonly ResolvedAddress[]): LookupFunction {
  return (_hostname, options, done) => {
    const [first] = addresses;
    if (options.all) done(null, [...addresses]);
    else done(null, first?.address ?? '', first?.family);
  };
}

/** A look-up cannot be called off; nobody waits for it any longer. */
function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const late = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  return Promise.race([work, late]);
}

async function* bounded(answer: IncomingMessage, signal: AbortSignal, most: number): AsyncGenerator<Buffer> {
  let length = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > most) throw new OutgoingFailure('answerTooLarge', answer.statusCode ?? null);
      yield chunk;
    }
  } catch (error) {
    throw failedBy(error, signal);
  }
}

function failedBy(error: unknown, signal: AbortSignal): OutgoingFailure {
  return error instanceof OutgoingFailure ? error : new OutgoingFailure(signal.aborted ? 'timedOut' : 'unreachable');
}

function isRead({ method }: OutgoingPost): boolean {
  return method === 'GET';
}

function failureOf(status: number): 'redirected' | 'gone' | 'refused' {
  if (status >= 300 && status < 400) return 'redirected';
  return status === 410 ? 'gone' : 'refused';
}
