import {
  createParamDecorator,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { receiveFile, requestContext } from '@abide/platform';
import type { FastifyRequest } from 'fastify';
import { lastValueFrom, of, type Observable } from 'rxjs';
import type { Uploader } from './attachment.entity.js';
import { UploadLimits } from './upload-limits.service.js';
import type { Upload } from './upload.js';
import { Uploads } from './uploads.service.js';

const mostBytes = 10 * 1024 * 1024;

/** Takes the file of a request in before its route runs, and lets go of it afterwards unless the route has kept it. */
@Injectable()
export class UploadReceiver implements NestInterceptor {
  constructor(
    private readonly limits: UploadLimits,
    private readonly uploads: Uploads,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const uploader = uploaderOfRequest();
    await this.limits.consume(uploader);
    const upload = await receiveFile(request, mostBytes, (file) => this.uploads.store(file, uploader));
    request.body = upload;
    try {
      return of(await lastValueFrom(next.handle()));
    } finally {
      await this.uploads.discard(upload);
    }
  }
}

/** What the `UploadReceiver` of the route has taken in. */
export const ReceivedUpload = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Upload => context.switchToHttp().getRequest<{ body: Upload }>().body,
);

/** Who sends the request, as far as they are known. */
export const CurrentUploader = createParamDecorator((): Uploader => uploaderOfRequest());

function uploaderOfRequest(): Uploader {
  const principal = requestContext()?.principal;
  if (principal?.kind === 'subject') return { kind: 'subject', id: principal.subjectId };
  if (principal?.kind === 'operator') return { kind: 'operator', id: principal.operatorId };
  return { kind: 'public' };
}
