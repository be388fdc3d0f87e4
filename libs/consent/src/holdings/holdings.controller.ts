import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RecordsLook } from '@abide/identity';
import type { Page } from '@abide/kernel';
import {
  ApiPageOf,
  ApiProblems,
  CurrentSubject,
  ForOperator,
  ForSubject,
  PageQuery,
  type SubjectPrincipal,
} from '@abide/platform';
import { HoldingRowDto, toHoldingRows } from './holding-rows.dto.js';
import { HoldingRowsQueries } from './holding-rows.queries.js';
import { HoldingsResponse, toHoldings } from './holdings.dto.js';
import { HoldingsQueries } from './holdings.queries.js';

const description =
  'Records are counted, never shown. With the clause and the purposes that they rest on, and how long they stay. Of linked devices only what was collected while they were the subject’s.';

/** What is held about a subject and why, for themselves and for operators. */
@Controller()
export class HoldingsController {
  constructor(
    private readonly queries: HoldingsQueries,
    private readonly rows: HoldingRowsQueries,
  ) {}

  @Get('me/holdings')
  @ForSubject({ countsAsUse: false })
  @ApiTags('Client apps')
  @ApiOperation({
    summary: 'What is held about me, on which clauses, and until when',
    description,
    operationId: 'listMyHoldings',
  })
  @ApiOkResponse({ type: HoldingsResponse })
  async own(@CurrentSubject() { subjectId }: SubjectPrincipal): Promise<HoldingsResponse> {
    return toHoldings(await this.queries.of(subjectId));
  }

  @Get('me/holdings/:category/rows')
  @ForSubject({ countsAsUse: false })
  @ApiTags('Client apps')
  @ApiOperation({
    summary: 'Why each record of one kind is held about me, and until when',
    description:
      'Holder after holder, the newest of each first; what linked devices collected is not among them. Records are not shown: ask for access to see what they say.',
    operationId: 'listMyHoldingRows',
  })
  @ApiPageOf(HoldingRowDto)
  @ApiProblems(400, 'request.bad_cursor')
  async ownRows(
    @CurrentSubject() { subjectId }: SubjectPrincipal,
    @Param('category') category: string,
    @Query() page: PageQuery,
  ): Promise<Page<HoldingRowDto>> {
    return toHoldingRows(await this.rows.of(subjectId, category, page));
  }

  @Get('operator/subjects/:id/holdings')
  @ForOperator('subject.read')
  @RecordsLook('holdings')
  @ApiTags('Operators')
  @ApiOperation({
    summary: 'What is held about a subject, on which clauses, and until when',
    description,
    operationId: 'listSubjectHoldings',
  })
  @ApiOkResponse({ type: HoldingsResponse })
  @ApiProblems(404, 'subject.not_found')
  async ofSubject(@Param('id', ParseUUIDPipe) subjectId: string): Promise<HoldingsResponse> {
    return toHoldings(await this.queries.of(subjectId));
  }
}
