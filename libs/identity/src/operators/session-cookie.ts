import { createHash, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import '@fastify/cookie';
import { DomainError } from '@abide/kernel';
import { Config, isFromElsewhere, takesUpload } from '@abide/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';

const safeMethods = new Set(['GET', 'HEAD']);
/** Content types that a form of another site cannot send without asking first (Fetch §4.8, CORS preflight). Where a route takes a file, the CSRF token alone tells. */
const preflightedBody = /^(application\/(json|yaml|x-yaml)|text\/yaml)\b/;

/** The console's cookie, and what keeps another site from using it. */
@Injectable()
export class SessionCookie {
  private readonly isSecure: boolean;

  constructor(private readonly config: Config) {
    this.isSecure = config.isProduction || config.publicUrl.startsWith('https://');
  }

  /** With TLS the `__Host-` prefix, which browsers hold to Secure, this host and this path (RFC 6265bis §4.1.3.2). */
  get name(): string {
    return this.isSecure ? '__Host-abide_session' : 'abide_session';
  }

  read(request: FastifyRequest): string | null {
    return request.cookies[this.name] ?? null;
  }

  write(reply: FastifyReply, token: string): void {
    void reply.setCookie(this.name, token, { path: '/', httpOnly: true, sameSite: 'strict', secure: this.isSecure });
  }

  clear(reply: FastifyReply): void {
    void reply.clearCookie(this.name, { path: '/', httpOnly: true, sameSite: 'strict', secure: this.isSecure });
  }

  /** The token a page must send as `X-Abide-Csrf`: derived from the session token, which no script can read. */
  csrfTokenOf(token: string): string {
    return createHash('sha256').update(`abide.csrf|${token}`).digest('base64url');
  }

  /**
   * Refuses what a page of another site could have caused: a foreign `Origin`, a body a plain form can send, a missing
   * or wrong CSRF token. GET and HEAD pass: they change nothing.
   * @throws DomainError `session.csrf`.
   */
  requireOwnPage(request: FastifyRequest, token: string): void {
    if (safeMethods.has(request.method)) return;
    this.requireOwnOrigin(request);
    const given = request.headers['x-abide-csrf'];
    if (typeof given !== 'string' || !isSame(given, this.csrfTokenOf(token)))
      throw foreign('The header X-Abide-Csrf is missing or wrong.');
  }

  /** The part of `requireOwnPage` that needs no session: for signing in. */
  requireOwnOrigin(request: FastifyRequest): void {
    if (isFromElsewhere(request, this.config)) throw foreign('The request comes from another site.');
    const contentType = request.headers['content-type'];
    if (contentType !== undefined && !preflightedBody.test(contentType) && !takesUpload(request))
      throw foreign('Send the body as JSON.');
  }
}

function foreign(reason: string): DomainError {
  return new DomainError('forbidden', 'session.csrf', { detail: `${reason} Nothing was changed.` });
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
