import { createGunzip } from 'node:zlib';
import { DomainError } from '@abide/kernel';
import type { FastifyReply, FastifyRequest, RequestPayload } from 'fastify';

type Done = (error?: Error | null, payload?: RequestPayload) => void;

/**
 * Fastify `preParsing` hook: a body in gzip is taken as what it unfolds to, within the size that its route allows; any other coding is
 * refused (RFC 9110 §8.4, §15.5.16).
 */
export function unfoldBody(request: FastifyRequest, _reply: FastifyReply, payload: RequestPayload, done: Done): void {
  const coding = request.headers['content-encoding'];
  if (coding === undefined || coding.toLowerCase() === 'identity') return done(null, payload);
  if (!/^(x-)?gzip$/i.test(coding)) return done(unsupported());
  let received = 0;
  const unfolded: RequestPayload = Object.defineProperty(createGunzip(), 'receivedEncodedLength', {
    get: () => received,
  });
  payload.on('data', (chunk: Buffer) => (received += chunk.length));
  payload.on('error', (error) => (unfolded as ReturnType<typeof createGunzip>).destroy(error));
  done(null, payload.pipe(unfolded as ReturnType<typeof createGunzip>));
}

function unsupported(): DomainError {
  return new DomainError('invalid', 'request.unsupported_encoding', {
    detail: 'A body is taken as it is or in gzip. Nothing was stored.',
    extra: { httpStatus: 415, accepts: ['gzip', 'identity'] },
  });
}
