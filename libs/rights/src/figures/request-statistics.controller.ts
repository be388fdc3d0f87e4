import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ForOperator, Instant, ListOf, Whole } from '@abide/platform';
import { RequestStatistics } from './request-statistics.js';

const most = Number.MAX_SAFE_INTEGER;

class ReadStatistics {
  @Whole({ min: 1, max: 104, default: 12 }) readonly weeks: number = 12;
}

class RequestWeekDto {
  @Instant({ description: 'Monday, in the zone of the profile' }) readonly startsAt: string = '';
  @Whole({ min: 0, max: most }) readonly arrived: number = 0;
  @Whole({ min: 0, max: most }) readonly answered: number = 0;
  @Whole({ min: 0, max: most, description: 'Of those answered, by their deadline' }) readonly inTime: number = 0;
  @Whole({ min: 0, max: most, description: 'Of those answered, such of which that is known' })
  readonly timed: number = 0;
}

class RequestAgeDto {
  @Whole({ min: 1, max: 10_000, nullable: true, description: 'Null: older than any before it' })
  readonly upToDays: number | null = null;
  @Whole({ min: 0, max: most }) readonly count: number = 0;
}

export class RequestStatisticsResponse {
  @ListOf(() => RequestWeekDto, { max: 104, description: 'Oldest first; the last is not over' })
  readonly weeks: readonly RequestWeekDto[] = [];
  @ListOf(() => RequestAgeDto, { max: 10, description: 'Of those that are not over' })
  readonly ages: readonly RequestAgeDto[] = [];
  @Whole({ min: -14, max: 14 }) readonly utcOffsetHours: number = 0;
}

/** Requests counted over time. */
@ApiTags('Operators')
@Controller('operator/requests/figures')
export class RequestStatisticsController {
  constructor(private readonly statistics: RequestStatistics) {}

  @Get()
  @ForOperator('request.read')
  @ApiOperation({
    summary: 'Arrivals and answers by week, how many were in time, and how old the open ones are',
    operationId: 'getRequestFigures',
  })
  @ApiOkResponse({ type: RequestStatisticsResponse })
  async get(@Query() { weeks }: ReadStatistics): Promise<RequestStatisticsResponse> {
    const { weeks: counted, ...answer } = await this.statistics.of(weeks);
    return { ...answer, weeks: counted.map((week) => ({ ...week, startsAt: week.startsAt.toISOString() })) };
  }
}
