import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Database } from '../database/database.js';
import { ForEveryone } from '../http/access.js';
import { Problem } from '../http/problem.js';
import { metrics } from './metrics.js';

class Health {
  @ApiProperty({ example: 'ok' }) readonly status: string = 'ok';
}

@ApiTags('Services')
@Controller()
export class HealthController {
  constructor(private readonly db: Database) {}

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
  @ApiOperation({ summary: 'Prometheus metrics', operationId: 'metrics' })
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  async scrape(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    void reply.type(metrics.contentType);
    return metrics.metrics();
  }
}
