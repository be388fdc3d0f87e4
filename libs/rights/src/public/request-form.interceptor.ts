import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';

/** A form sends every field; the empty ones are those that nobody filled in. */
@Injectable()
export class RequestFormFields implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const fields = Object.entries((request.body ?? {}) as Record<string, unknown>);
    request.body = Object.fromEntries(fields.filter(([, value]) => value !== ''));
    return next.handle();
  }
}
