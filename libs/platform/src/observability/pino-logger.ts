import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import type { Config } from '../config/config.js';
import { requestContext } from '../http/request-context.js';

/** Nest's logger on pino: JSON lines with the correlation id. Ids and counts only; ERROR means someone must act. */
export class PinoLogger implements LoggerService {
  private readonly pino: Logger;

  constructor(config: Config) {
    this.pino = pino({
      level: config.get('LOG_LEVEL'),
      base: null,
      mixin: () => ({ correlationId: requestContext()?.correlationId }),
    });
  }

  log(message: string, context?: string): void {
    this.pino.info({ context }, message);
  }

  error(message: string, stack?: string, context?: string): void {
    this.pino.error({ context, stack }, message);
  }

  warn(message: string, context?: string): void {
    this.pino.warn({ context }, message);
  }

  debug(message: string, context?: string): void {
    this.pino.debug({ context }, message);
  }

  verbose(message: string, context?: string): void {
    this.pino.trace({ context }, message);
  }
}
