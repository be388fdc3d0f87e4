import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock, type Page } from '@abide/kernel';
import {
  ApiPageOf,
  CurrentSubject,
  ForSubject,
  PageQuery,
  readCursor,
  toPage,
  type SubjectPrincipal,
} from '@abide/platform';
import { HoldRecords } from './hold-records.js';
import { OwnHoldResponse, toOwnHold } from './hold.dto.js';

/** What is kept of me by a hold. */
@ApiTags('Client apps')
@Controller('me/holds')
export class OwnHoldsController {
  constructor(
    private readonly clock: Clock,
    private readonly records: HoldRecords,
  ) {}

  @Get()
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'Holds on my data, newest first',
    description: 'Those that the law forbids to tell of are not among them.',
    operationId: 'listMyHolds',
  })
  @ApiPageOf(OwnHoldResponse)
  async list(
    @CurrentSubject() { subjectId }: SubjectPrincipal,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<OwnHoldResponse>> {
    const now = this.clock.now();
    const found = await this.records.list({ subjectId, isTold: true }, now, { limit, after: readCursor(cursor) });
    return toPage(
      found,
      limit,
      ({ placedAt, id }) => ({ at: placedAt, id }),
      (hold) => toOwnHold(hold, now),
    );
  }
}
