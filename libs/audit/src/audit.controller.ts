import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '@abide/kernel';
import { ApiPageOf, ApiProblems, ForOperator, toPage } from '@abide/platform';
import { AuditEntryDto, AuditQuery, toAuditEntryResponse } from './audit.dto.js';
import { AuditQueries } from './audit.queries.js';

@ApiTags('Operators')
@Controller('operator/audit')
export class AuditController {
  constructor(private readonly queries: AuditQueries) {}

  @Get('entries')
  @ForOperator('audit.read')
  @ApiOperation({ summary: 'The audit trail, newest first', operationId: 'listAuditEntries' })
  @ApiPageOf(AuditEntryDto)
  @ApiProblems(400, 'request.invalid', 'request.bad_cursor')
  @ApiProblems(401, 'session.expired')
  @ApiProblems(403, 'operator.forbidden')
  async list(@Query() query: AuditQuery): Promise<Page<AuditEntryDto>> {
    return toPage(await this.queries.list(query), query.limit, ({ entry }) => entry, toAuditEntryResponse);
  }
}
