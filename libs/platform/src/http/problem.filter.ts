import { STATUS_CODES } from 'node:http';
import { Catch, HttpException, Injectable, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { DomainError } from '@abide/kernel';
import type { FastifyReply } from 'fastify';
import { isDatabaseAway } from '../database/outages.js';
import { statusOfKind } from './problem.js';
import { requestContext } from './request-context.js';

interface Answer {
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly errors?: unknown;
  readonly extra?: Readonly<Record<string, unknown>>;
}

const codeOfStatus: Readonly<Record<number, string>> = {
  400: 'request.malformed',
  404: 'request.not_found',
  405: 'request.method_not_allowed',
  413: 'request.too_large',
  414: 'request.uri_too_long',
  415: 'request.unsupported_media_type',
};

/** Turns every error into problem+json. What is not ours to explain is an opaque 500, logged whole. */
@Injectable()
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    sendProblem(host.switchToHttp().getResponse<FastifyReply>(), error, this.logger);
  }
}

/** Answers `error` as problem+json on `reply`; used by the filter and by Fastify's own error handler. */
export function sendProblem(reply: FastifyReply, error: unknown, logger: Logger): void {
  const answer = answerTo(error);
  if (answer.status === 500) logger.error(describe(error), framesOf(error));
  if (answer.code === 'service.unavailable') logger.warn('The database is out of reach');
  const retryAfter = answer.extra?.['retryAfterSeconds'] ?? (isForNow(answer.status) ? 5 : undefined);
  if (typeof retryAfter === 'number') void reply.header('retry-after', String(retryAfter));
  void reply
    .status(answer.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(
      JSON.stringify({
        type: 'about:blank',
        title: STATUS_CODES[answer.status] ?? 'Error',
        status: answer.status,
        code: answer.code,
        detail: answer.detail,
        correlationId: requestContext()?.correlationId ?? reply.request.id,
        errors: answer.errors,
        ...answer.extra,
      }),
    );
}

/** Whether the same call may succeed in a while. */
function isForNow(status: number): boolean {
  return status === 429 || status === 503;
}

function answerTo(error: unknown): Answer {
  if (error instanceof DomainError) {
    const status =
      typeof error.details.extra?.['httpStatus'] === 'number'
        ? error.details.extra['httpStatus']
        : statusOfKind[error.kind];
    const { httpStatus: _omitted, ...extra } = error.details.extra ?? {};
    return { status, code: error.code, detail: error.details.detail, errors: error.details.errors, extra };
  }
  if (isDatabaseAway(error)) {
    return {
      status: 503,
      code: 'service.unavailable',
      detail: 'The database is out of reach. Nothing was changed; try again in a few seconds.',
    };
  }
  if (isUnstorable(error))
    return {
      status: 400,
      code: 'request.unstorable',
      detail: 'A value in the request cannot be stored as it is. Nothing was changed.',
    };
  const status = statusOf(error);
  if (status >= 400 && status < 500)
    return { status, code: codeOfStatus[status] ?? 'request.refused', detail: detailOf(status) };
  return {
    status: 500,
    code: 'service.error',
    detail: 'Something went wrong on our side. Nothing was changed; quote the correlation id when you report it.',
  };
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  if (typeof error === 'object' && error !== null && 'statusCode' in error && typeof error.statusCode === 'number')
    return error.statusCode;
  return 500;
}

function detailOf(status: number): string | undefined {
  if (status === 413) return 'The body is larger than this route accepts. Nothing was stored.';
  if (status === 400) return 'The request could not be read. Nothing was stored.';
  return undefined;
}

/** SQLSTATE class 22: data that PostgreSQL cannot represent, such as a number out of range or a NUL in a text. */
function isUnstorable(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && /^22[0-9A-Z]{3}$/.test(String(error.code));
}

/** Where it happened; a stack begins with the message, which may quote values. */
function framesOf(error: unknown): string | undefined {
  return error instanceof Error
    ? error.stack
        ?.split('\n')
        .filter((line) => /^\s+at /.test(line))
        .join('\n')
    : undefined;
}

/** A database error's text may quote values, so only its name, SQLSTATE and constraint are written down. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'An unknown value was thrown';
  const driver = databaseErrorIn(error);
  return driver
    ? `${error.name} ${driver.code ?? ''} ${driver.constraint ?? ''}`.trim()
    : `${error.name}: ${error.message}`;
}

/** PostgreSQL's own error: within that of the ORM, or, of a prepared statement, by itself. */
function databaseErrorIn(error: Error): { readonly code?: string; readonly constraint?: string } | undefined {
  if ('driverError' in error) return error.driverError as { code?: string; constraint?: string };
  return 'severity' in error && 'code' in error ? (error as { code?: string; constraint?: string }) : undefined;
}
