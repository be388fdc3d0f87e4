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
    const signal = AbortSignal.timeout(post.timeoutMilliseconds ?? timeoutMilliseconds);
    try {
      const answer = await this.exchange(post, signal);
      const status = answer.statusCode ?? 0;
      if (status < 200 || status > 299) {
        answer.destroy();
        throw new OutgoingFailure(failureOf(status), status);
      }
      return { status, headers: answer.headers, body: await bounded(answer) };
    } catch (error) {
      if (error instanceof OutgoingFailure) throw error;
      throw new OutgoingFailure(signal.aborted ? 'timedOut' : 'unreachable');
    }
  }

  private async exchange(post: OutgoingPost, signal: AbortSignal): Promise<IncomingMessage> {
    if (!URL.canParse(post.url)) throw new OutgoingFailure('addressForbidden');
    const url = new URL(post.url);
    const addresses = await inTime(this.guard.addressesOf(url, post.allowed), signal);
    const send = url.protocol === 'https:' ? overTls : overHttp;
    return new Promise((resolve, reject) => {
      const request = send(url, {
        method: 'POST',
        agent: false,
        signal,
        lookup: answering(addresses),
        headers: { ...post.headers, 'content-length': Buffer.byteLength(post.body) },
      });
      request.on('response', resolve);
      request.on('error', reject);
      request.end(post.body);
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

async function bounded(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxAnswerBytes) throw new OutgoingFailure('answerTooLarge', answer.statusCode ?? null);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function failureOf(status: number): 'redirected' | 'gone' | 'refused' {
  if (status >= 300 && status < 400) return 'redirected';
  return status === 410 ? 'gone' : 'refused';
}
