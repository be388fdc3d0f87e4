import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RecordsLook } from '@abide/identity';
import { ApiProblems, CurrentSubject, ForOperator, ForSubject, type SubjectPrincipal } from '@abide/platform';
import { HoldingsResponse, toHoldings } from './holdings.dto.js';
import { HoldingsQueries } from './holdings.queries.js';

const description =
  'Records are counted, never shown. With the clause and the purposes that they rest on, and how long they stay. Of linked devices only what was collected while they were the subject’s.';

/** What is held about a subject and why, for themselves and for operators. */
@Controller()
export class HoldingsController {
  constructor(private readonly queries: HoldingsQueries) {}

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
