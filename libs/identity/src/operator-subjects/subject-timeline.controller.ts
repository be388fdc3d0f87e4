import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, CurrentOperator, ForOperator, PageQuery, type OperatorPrincipal } from '@abide/platform';
import { TimelineFragments } from '../fragments/timeline-fragments.js';
import { RecordsLook } from '../looks/records-look.js';
import { OperatorSubjects } from './operator-subjects.service.js';
import { SubjectTimelineResponse, toSubjectTimeline } from './subject-timeline.dto.js';

/** What happened around a subject, for operators. */
@ApiTags('Operators')
@Controller('operator/subjects')
export class SubjectTimelineController {
  constructor(
    private readonly subjects: OperatorSubjects,
    private readonly fragments: TimelineFragments,
  ) {}

  @Get(':id/timeline')
  @ForOperator('subject.read')
  @RecordsLook('timeline')
  @ApiOperation({
    summary: 'What happened around a subject, newest first, of what the operator may see',
    description: 'A fragment that fails is named in `missing`; what the others know is there.',
    operationId: 'getSubjectTimeline',
  })
  @ApiOkResponse({ type: SubjectTimelineResponse })
  @ApiProblems(400, 'request.bad_cursor', 'request.malformed')
  @ApiProblems(404, 'subject.not_found')
  async get(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: PageQuery,
    @CurrentOperator() operator: OperatorPrincipal,
  ): Promise<SubjectTimelineResponse> {
    await this.subjects.requireKnown(id);
    return toSubjectTimeline(await this.fragments.page(id, operator, query));
  }
}
