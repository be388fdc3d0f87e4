import { AsyncLocalStorage } from 'node:async_hooks';
import { DomainError, preferredLocale, type Locale } from '@abide/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from './principal.js';

/** What is known about the request that is being answered; absent in jobs. */
export interface RequestContext {
  readonly correlationId: string;
  readonly locale: Locale;
  readonly address: string;
  readonly globalPrivacyControl: boolean;
  /** By `performance.now()`. */
  readonly arrivedAt: number;
  readonly reply: FastifyReply;
  principal: Principal | null;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** The context of the current request, or undefined outside of one. */
export function requestContext(): RequestContext | undefined {
  return storage.getStore();
}

/** Does what is done for several requests at once in the context of none. */
export function outsideRequests<T>(work: () => T): T {
  return storage.exit(work);
}

/** Fastify `onRequest` hook that refuses what no text of ours can hold: a NUL in the address. */
export function refuseNul(request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void): void {
  if (/%00|\0/.test(request.url))
    done(
      new DomainError('invalid', 'request.malformed', { detail: 'The address holds a character that cannot be used.' }),
    );
  else done();
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Fastify `preValidation` hook: an id in the address is the same in upper case, as some clients write it (RFC 9562 §4). */
export function lowerCaseIds(request: FastifyRequest, _reply: FastifyReply, done: () => void): void {
  const parameters = request.params as Record<string, string>;
  for (const name in parameters)
    if (uuid.test(parameters[name] ?? '')) parameters[name] = (parameters[name] ?? '').toLowerCase();
  done();
}

/** Fastify `onRequest` hook that opens the context for everything that follows. */
export function openRequestContext(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  void reply.header('x-correlation-id', request.id);
  const context: RequestContext = {
    correlationId: request.id,
    locale: preferredLocale(request.headers['accept-language']),
    address: request.ip,
    globalPrivacyControl: request.headers['sec-gpc'] === '1',
    arrivedAt: performance.now(),
    reply,
    principal: null,
  };
  storage.run(context, done);
}
