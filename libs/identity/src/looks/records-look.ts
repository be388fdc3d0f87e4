import {
  applyDecorators,
  Injectable,
  SetMetadata,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { requestContext } from '@abide/platform';
import type { FastifyRequest } from 'fastify';
import { mergeMap, type Observable } from 'rxjs';
import type { LookKind } from './look.rules.js';
import { Looks } from './looks.service.js';

const lookKind = 'abide.look';

/** Puts on record what an operator has just read, before it is shown: no evidence, no look. */
@Injectable()
export class LookInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly looks: Looks,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const kind = this.reflector.get<LookKind>(lookKind, context.getHandler());
    const { id, subjectId = id } = context
      .switchToHttp()
      .getRequest<FastifyRequest<{ Params: { id?: string; subjectId?: string } }>>().params;
    const principal = requestContext()?.principal;
    if (subjectId === undefined || principal?.kind !== 'operator')
      throw new Error('A look is an operator’s, at a subject whom the path names');
    return next.handle().pipe(
      mergeMap(async (shown: unknown) => {
        await this.looks.note(subjectId.toLowerCase(), principal.operatorId, kind);
        return shown;
      }),
    );
  }
}

/** A route by which an operator reads about the subject that its path names (`:subjectId`, else `:id`): leaves one entry an hour. */
export function RecordsLook(kind: LookKind): MethodDecorator {
  return applyDecorators(SetMetadata(lookKind, kind), UseInterceptors(LookInterceptor));
}
