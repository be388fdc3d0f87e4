import { createHash } from 'node:crypto';
import {
  applyDecorators,
  createParamDecorator,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Attempts, type WindowLimit } from '@abide/identity';
import { ApiProblems, receiveFile, requestContext } from '@abide/platform';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';

const mostBytes = 10 * 1024 * 1024;
const longestName = 120;
const byOperator: WindowLimit = { most: 60, seconds: 3600 };
/** Parts of a path, and what nobody sees in a name. */
const path = /^.*[/\\]/s;
const unseen = /[\p{C}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu;

/** A file to be read, whole in memory and nowhere else. */
export class ImportFile {
  readonly name: string;

  constructor(
    name: string,
    readonly bytes: Buffer,
  ) {
    const legible = name.normalize('NFC').replace(path, '').replaceAll(unseen, '').trim();
    this.name = [...legible].slice(-longestName).join('') || '—';
  }

  /** In place of a body: an Idempotency-Key comes with the same request when it is the same content under the same name. */
  toJSON(): object {
    return { name: this.name, sha256: createHash('sha256').update(this.bytes).digest('hex') };
  }
}

/** Takes the file of a request in before its route runs. */
@Injectable()
export class ImportFileReceiver implements NestInterceptor {
  constructor(private readonly attempts: Attempts) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const principal = requestContext()?.principal;
    if (principal?.kind === 'operator') await this.attempts.consumeOne(`imports|${principal.operatorId}`, byOperator);
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    request.body = await receiveFile(request, mostBytes, async ({ name, content }) => {
      const pieces: Buffer[] = [];
      for await (const piece of content) pieces.push(piece);
      return new ImportFile(name, Buffer.concat(pieces));
    });
    return next.handle();
  }
}

/** What the `ImportFileReceiver` of the route has taken in. */
export const ReceivedFile = createParamDecorator(
  (_data: unknown, context: ExecutionContext): ImportFile =>
    context.switchToHttp().getRequest<{ body: ImportFile }>().body,
);

/** Documents why a file cannot be taken in or read. */
export function ApiUnreadable(): MethodDecorator {
  return applyDecorators(
    ApiProblems(400, 'request.one_file', 'request.malformed', 'import.empty', 'import.damaged', 'import.no_text'),
    ApiProblems(413, 'request.too_large', 'import.too_long', 'import.unfolds_too_large'),
    ApiProblems(
      415,
      'request.unsupported_media_type',
      'import.pdf',
      'import.old_word',
      'import.encrypted',
      'import.unknown_format',
      'import.unknown_encoding',
    ),
    ApiProblems(429, 'session.too_many_attempts', 'import.busy'),
  );
}
