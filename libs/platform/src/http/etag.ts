import { DomainError } from '@abide/kernel';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { requestContext } from './request-context.js';

/** Sets the `ETag` of the answer from a content hash (RFC 9110 §8.8.3, strong). */
export function setEtag(contentHash: string): void {
  void requestContext()?.reply.header('etag', `"${contentHash}"`);
}

/** The hash named by `If-Match`, or undefined when the header is absent or `*`. */
export const IfMatch = createParamDecorator(readIfMatch, [documentIfMatch]);

function readIfMatch(_data: unknown, context: ExecutionContext): string | undefined {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  if (header === undefined || header === '*') return undefined;
  return header.replace(/^W\//, '').replaceAll('"', '');
}

function documentIfMatch(target: object, method: string | symbol | undefined): void {
  const descriptor = method === undefined ? undefined : Object.getOwnPropertyDescriptor(target, method);
  if (method === undefined || !descriptor) return;
  ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'The ETag of the state that is edited; 412 when it has changed since.',
  })(target, method, descriptor);
}

/** @throws DomainError answered as 412 when `expected` is given and differs from `actual`. */
export function requireMatch(expected: string | undefined, actual: string, code: string): void {
  if (expected === undefined || expected === actual) return;
  throw new DomainError('conflict', code, {
    detail: 'Somebody else saved in the meantime. Your text was not stored; reload, compare and save again.',
    extra: { httpStatus: 412, currentEtag: actual },
  });
}
