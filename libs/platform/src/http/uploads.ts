import { Readable } from 'node:stream';
import { applyDecorators, UseInterceptors, type NestInterceptor, type Type } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import { DomainError } from '@abide/kernel';
import { Busboy, type BusboyFileStream, type BusboyHeaders } from '@fastify/busboy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IdempotencyInterceptor } from './idempotency.js';

const upload = 'abideUpload';
/** The one part of the form. */
const field = 'file';
/** What a form with one file may be longer than the file. */
const formBytes = 16 * 1024;
const limits = { parts: 1, files: 1, fields: 0, headerPairs: 16, headerSize: 8 * 1024 };
const longestMilliseconds = 10 * 60_000;

/** A file while it comes in. `content` fails where the form is not whole, is too long, or holds anything else: whoever stores it lets nothing stay then. */
export interface IncomingFile {
  /** As whoever sends it says, without a path. */
  readonly name: string;
  readonly content: AsyncIterable<Buffer>;
}

const documented = {
  type: 'object',
  required: [field],
  properties: {
    [field]: { type: 'string', format: 'binary', description: 'The one file; the form holds nothing else.' },
  },
  additionalProperties: false,
};

/**
 * A route that takes one file as `multipart/form-data`; no other route takes such a form. `receiver` stores what `receiveFile` gives it and
 * puts in place of the body what came of it, before an Idempotency-Key is looked at and a transaction opened: people's lines are slow.
 */
export const UploadRoute = (receiver: Type<NestInterceptor>): MethodDecorator =>
  applyDecorators(
    RouteConfig({ [upload]: true }),
    UseInterceptors(receiver, IdempotencyInterceptor),
    ApiConsumes('multipart/form-data'),
    ApiBody({ schema: documented, required: true }),
  );

export function takesUpload({ routeOptions }: FastifyRequest): boolean {
  return (routeOptions.config as { [upload]?: boolean } | undefined)?.[upload] === true;
}

/** Fastify `onRequest` hook: a form with files goes to the routes that take one, and nothing else does. */
export function refuseUploads(request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void): void {
  const { 'content-type': type, 'content-encoding': coding } = request.headers;
  const isForm = type !== undefined && /^multipart\//i.test(type);
  if (!takesUpload(request)) return done(isForm ? unsupported() : undefined);
  done(
    type === undefined || (/^multipart\/form-data\s*;/i.test(type) && coding === undefined) ? undefined : unsupported(),
  );
}

/**
 * Reads the one file of a form and gives it to `store` while it comes in. Resolves to what `store` did once the form has ended with the file.
 * @throws DomainError `request.one_file`, `request.too_large`, `request.malformed`, or what `store` throws; after `store` has ended.
 */
export async function receiveFile<T>(
  { headers, body }: FastifyRequest,
  mostBytes: number,
  store: (file: IncomingFile) => Promise<T>,
): Promise<T> {
  if (!(body instanceof Readable)) throw notOneFile();
  const form = new IncomingForm(body, headers as BusboyHeaders, mostBytes);
  let stored: Promise<T> | undefined;
  form.onFile((file) => {
    stored = store(file);
    stored.catch((error: unknown) => form.refuse(error));
  });
  try {
    await form.read(Number(headers['content-length'] ?? 0));
  } catch (error) {
    await stored?.catch(() => undefined);
    throw error;
  }
  if (stored === undefined) throw notOneFile();
  return stored;
}

/** One form as it is read. What is refused is let run out unread, so that the answer reaches whoever still sends. */
class IncomingForm {
  private readonly parser: ReturnType<typeof parserOf>;
  private readonly end = Promise.withResolvers<void>();
  private received = 0;

  constructor(
    private readonly payload: Readable,
    headers: BusboyHeaders,
    private readonly mostBytes: number,
  ) {
    this.parser = parserOf(headers, mostBytes);
    this.end.promise.catch(() => undefined);
  }

  onFile(give: (file: IncomingFile) => void): void {
    this.parser.on('file', (name, stream, fileName) => {
      stream.on('error', () => this.refuse(malformed()));
      stream.on('limit', () => this.refuse(tooLarge()));
      this.end.promise.catch((error: unknown) => stream.destroy(error as Error));
      if (name === field) give({ name: fileName ?? '', content: this.contentOf(stream) });
      else this.refuse(notOneFile());
    });
  }

  /** Resolves when the form has ended as it should. `length`: what its sender says of it, 0 where they do not. */
  async read(length: number): Promise<void> {
    const { parser, payload } = this;
    const slow = setTimeout(() => this.refuse(malformed()), longestMilliseconds).unref();
    for (const excess of ['fieldsLimit', 'filesLimit', 'partsLimit'] as const)
      parser.on(excess, () => this.refuse(notOneFile()));
    parser.on('error', () => this.refuse(malformed()));
    parser.on('finish', () => this.end.resolve());
    payload.on('data', (piece: Buffer) => this.count(piece.length));
    payload.on('error', () => this.refuse(malformed()));
    payload.on('close', () => !payload.readableEnded && this.refuse(malformed()));
    if (length > this.mostBytes + formBytes) this.refuse(tooLarge());
    else payload.pipe(parser);
    await this.end.promise.finally(() => clearTimeout(slow));
  }

  /** Only the first refusal counts, and none after the end. */
  refuse(error: unknown): void {
    this.end.reject(error);
    this.payload.unpipe(this.parser);
    this.payload.resume();
  }

  private count(bytes: number): void {
    this.received += bytes;
    if (this.received > this.mostBytes + formBytes) this.refuse(tooLarge());
  }

  /** The file ends with the form: what comes behind it is known before whoever stores it is through. */
  private async *contentOf(stream: BusboyFileStream): AsyncGenerator<Buffer> {
    for await (const piece of stream) yield piece as Buffer;
    await this.end.promise;
  }
}

function parserOf(headers: BusboyHeaders, fileSize: number) {
  try {
    return new Busboy({ headers, limits: { ...limits, fileSize } });
  } catch {
    throw malformed();
  }
}

function unsupported(): DomainError {
  return new DomainError('invalid', 'request.unsupported_media_type', {
    detail: 'This route does not take a body of this kind. Nothing was stored.',
    extra: { httpStatus: 415 },
  });
}

function notOneFile(): DomainError {
  return new DomainError('invalid', 'request.one_file', {
    detail: `Send a form with one file, named ${field}, and nothing else. Nothing was stored.`,
  });
}

function tooLarge(): DomainError {
  return new DomainError('invalid', 'request.too_large', {
    detail: 'The file is larger than this route accepts. Nothing was stored.',
    extra: { httpStatus: 413 },
  });
}

function malformed(): DomainError {
  return new DomainError('invalid', 'request.malformed', {
    detail: 'The form broke off or cannot be read. Nothing was stored.',
  });
}
