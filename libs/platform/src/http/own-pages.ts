import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { DomainError } from '@abide/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../config/config.js';

const safeMethods = new Set(['GET', 'HEAD']);

/** Whether a page of another site, or a sandboxed one, caused a request, by what the browser says of it; what says nothing is no browser. */
export function isFromElsewhere({ headers }: Pick<FastifyRequest, 'headers'>, config: Config): boolean {
  const { origin, host, 'sec-fetch-site': site } = headers;
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  return origin !== undefined && !isOwn(origin, { host, config });
}

/** Of controllers of pages with forms: what changes something is taken from these pages alone, which tell the server, and nobody else, where they are. */
@Injectable()
export class OwnPagesGuard implements CanActivate {
  constructor(private readonly config: Config) {}

  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    // Without it a browser says of a form that it comes from nowhere (Fetch §3.1: Origin is null under no-referrer).
    void http.getResponse<FastifyReply>().header('referrer-policy', 'same-origin');
    const request = http.getRequest<FastifyRequest>();
    if (safeMethods.has(request.method) || !isFromElsewhere(request, this.config)) return true;
    throw new DomainError('forbidden', 'session.csrf', {
      detail: 'The request comes from another site. Nothing was changed.',
    });
  }
}

/** Outside production the host that was asked counts as well, so that localhost and 127.0.0.1 both work. */
function isOwn(origin: string, { host, config }: { host: string | undefined; config: Config }): boolean {
  if (origin === new URL(config.publicUrl).origin) return true;
  return !config.isProduction && URL.canParse(origin) && new URL(origin).host === host;
}
