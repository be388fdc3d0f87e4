import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Guardianships } from '@abide/identity';
import { Clock, type Page } from '@abide/kernel';
import {
  ApiPageOf,
  ApiProblems,
  CurrentSubject,
  ForSubject,
  PageQuery,
  readCursor,
  toPage,
  type SubjectPrincipal,
} from '@abide/platform';
import { HoldRecords } from './hold-records.js';
import { OwnHoldResponse, toOwnHold } from './hold.dto.js';

/** What is kept by a hold of a child who is too young to be told alone. */
@ApiTags('Client apps')
@Controller('me/wards/:subjectId/holds')
export class WardHoldsController {
  constructor(
    private readonly clock: Clock,
    private readonly guardianships: Guardianships,
    private readonly records: HoldRecords,
  ) {}

  @Get()
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'Holds on the data of a child I am the guardian of, newest first',
    description: 'Those that the law forbids to tell of are not among them.',
    operationId: 'listWardHolds',
  })
  @ApiPageOf(OwnHoldResponse)
  @ApiProblems(404, 'guardianship.not_found')
  @ApiProblems(409, 'guardianship.not_confirmed', 'guardianship.came_of_age', 'guardianship.age_unknown')
  async list(
    @CurrentSubject() { subjectId: guardianId }: SubjectPrincipal,
    @Param('subjectId', ParseUUIDPipe) wardId: string,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<OwnHoldResponse>> {
    await this.guardianships.requireAdultGuardian(guardianId, wardId);
    const now = this.clock.now();
    const asked = { subjectId: wardId, isTold: true } as const;
    const found = await this.records.list(asked, now, { limit, after: readCursor(cursor) });
    return toPage(
      found,
      limit,
      ({ placedAt, id }) => ({ at: placedAt, id }),
      (hold) => toOwnHold(hold, now),
    );
  }
}
