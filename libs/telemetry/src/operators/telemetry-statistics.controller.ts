import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '@abide/kernel';
import { ApiProblems, ForOperator, toSpan } from '@abide/platform';
import { IngestSummaryQuery, IngestSummaryResponse, toIngestSummary } from './ingest-statistics.dto.js';
import { IngestStatistics } from './ingest-statistics.queries.js';
import { toVolumes, VolumesResponse } from './stored-counts.dto.js';
import { StoredCounts } from './stored-counts.js';

/** What comes in and what is stored, counted without anybody's name. */
@ApiTags('Operators')
@Controller('operator/telemetry')
export class TelemetryStatisticsController {
  constructor(
    private readonly statistics: IngestStatistics,
    private readonly stored: StoredCounts,
    private readonly clock: Clock,
  ) {}

  @Get('summary')
  @ForOperator('overview.read')
  @ApiOperation({
    summary: 'Count events over time: accepted, refused by reason, how late they came, and by category',
    operationId: 'summariseTelemetry',
  })
  @ApiOkResponse({ type: IngestSummaryResponse })
  @ApiProblems(400, 'request.invalid')
  async summary(@Query() query: IngestSummaryQuery): Promise<IngestSummaryResponse> {
    return toIngestSummary(await this.statistics.summary(toSpan(query, this.clock.now())));
  }

  @Get('volumes')
  @ForOperator('overview.read')
  @ApiOperation({
    summary:
      'How many events are stored by category and service, how many of them are sensitive, and how long each is kept',
    operationId: 'listTelemetryVolumes',
  })
  @ApiOkResponse({ type: VolumesResponse })
  async volumes(): Promise<VolumesResponse> {
    return toVolumes(await this.stored.list());
  }
}
