import { createHash, timingSafeEqual } from 'node:crypto';
import { Controller, Get, Header, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import { DomainError } from '@abide/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { ForEveryone } from '../http/access.js';
import { ApiProblems, Problem } from '../http/problem.js';
import { metrics } from './metrics.js';

class Health {
  @ApiProperty({ example: 'ok' }) readonly status: string = 'ok';
}

@ApiTags('Services')
@Controller()
export class HealthController {
  constructor(
    private readonly db: Database,
    private readonly config: Config,
  ) {}

  @Get('health/live')
  @ForEveryone()
  @ApiOperation({ summary: 'Whether the process answers', operationId: 'live' })
  @ApiOkResponse({ type: Health })
  live(): Health {
    return { status: 'ok' };
  }

  @Get('health/ready')
  @ForEveryone()
  @ApiOperation({ summary: 'Whether the process can serve: the database answers', operationId: 'ready' })
  @ApiOkResponse({ type: Health })
  @ApiServiceUnavailableResponse({ type: Problem })
  async ready(): Promise<Health> {
    await this.db.prepared('health.ready', 'SELECT 1');
    return { status: 'ok' };
  }

  @Get('metrics')
  @ForEveryone()
  @Header('content-type', metrics.contentType)
  @ApiOperation({
    summary: 'Prometheus metrics; where a token is configured, with it as Bearer. In production there are none without',
    operationId: 'metrics',
  })
  @ApiProblems(401, 'access.unauthenticated')
  @ApiProblems(404, 'request.not_found')
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  async scrape(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    this.requireMayScrape(request.headers.authorization);
    void reply.type(metrics.contentType);
    return metrics.metrics();
  }

  private requireMayScrape(authorization: string | undefined): void {
    const token = this.config.get('ABIDE_METRICS_TOKEN');
    if (token === undefined && !this.config.isProduction) return;
    if (token === undefined) throw new DomainError('notFound', 'request.not_found');
    const digest = (text: string) => createHash('sha256').update(text).digest();
    if (!timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${token}`)))
      throw new DomainError('unauthenticated', 'access.unauthenticated');
  }
}
