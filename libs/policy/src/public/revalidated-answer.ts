import { createHash } from 'node:crypto';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';

/**
 * Lets anybody keep a public answer and ask each time whether it still holds: an ETag over the body, 304 when it
 * matches `If-None-Match` (RFC 9110 §13.1.2). Nothing is served stale, because a policy may change at any second.
 */
@Injectable()
export class RevalidatedAnswer implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const ifNoneMatch = http.getRequest<FastifyRequest>().headers['if-none-match'];
    return next.handle().pipe(
      map((body: unknown) => {
        if (reply.statusCode !== 200) return body;
        const etag = `"${createHash('sha256')
          .update(typeof body === 'string' ? body : JSON.stringify(body))
          .digest('hex')
          .slice(0, 32)}"`;
        void reply.header('etag', etag).header('cache-control', 'public, no-cache').header('vary', 'accept-language');
        if (!namesTag(ifNoneMatch, etag)) return body;
        void reply.status(304);
        return undefined;
      }),
    );
  }
}

function namesTag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.trim() === '*' || header.split(',').some((one) => one.trim().replace(/^W\//, '') === etag);
}
