import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { validate } from 'uuid';
import { refusal } from '../rights.errors.js';
import { PublicRequests } from './public-requests.service.js';

/** Lets nobody but the holder of its token as far as a request, so that who holds none learns nothing of what the route would say. */
@Injectable()
export class RequestTokenGuard implements CanActivate {
  constructor(private readonly publicRequests: PublicRequests) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { params, headers } = context.switchToHttp().getRequest<FastifyRequest<{ Params: { id: string } }>>();
    if (!validate(params.id)) throw refusal('request.token_invalid');
    await this.publicRequests.opened(params.id, bearer(headers.authorization));
    return true;
  }
}

/** The token of an `Authorization` header; what is none opens nothing. */
export function bearer(authorization = ''): string {
  return /^Bearer (\S+)$/i.exec(authorization)?.[1] ?? '';
}
