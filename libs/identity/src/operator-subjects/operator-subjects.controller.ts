import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, CurrentOperator, ForOperator, SecretAnswer, type OperatorPrincipal } from '@abide/platform';
import { RecordsLook } from '../looks/records-look.js';
import {
  FoundSubjects,
  RevealedFields,
  RevealFields,
  SearchSubjects,
  SharedIdentifiers,
  SubjectResponse,
  toFoundSubjects,
  toSharedIdentifiers,
  toSubjectResponse,
} from './operator-subjects.dto.js';
import { OperatorSubjects } from './operator-subjects.service.js';

/** Subjects, as operators see them. */
@ApiTags('Operators')
@Controller('operator/subjects')
export class OperatorSubjectsController {
  constructor(private readonly subjects: OperatorSubjects) {}

  @Post('search')
  @HttpCode(200)
  @SecretAnswer()
  @ForOperator('subject.read')
  @ApiOperation({
    summary:
      'Find a subject by an exact phone number, e-mail address, ID number or id; the search and its reason are recorded',
    description: 'An operator searches thirty times in ten minutes at most, whatever is found.',
    operationId: 'searchSubjects',
  })
  @ApiOkResponse({ type: FoundSubjects })
  @ApiProblems(400, 'identifier.bad_phone', 'identifier.bad_email')
  @ApiProblems(429, 'session.too_many_attempts')
  async search(
    @Body() body: SearchSubjects,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<FoundSubjects> {
    return toFoundSubjects(await this.subjects.search(body, operatorId));
  }

  @Get('shared-identifiers')
  @ForOperator('subject.read')
  @ApiOperation({
    summary:
      'Accounts whose phone numbers or e-mail addresses turned out to be the same: for a person to settle with them',
    operationId: 'listSharedIdentifiers',
  })
  @ApiOkResponse({ type: SharedIdentifiers })
  async shared(): Promise<SharedIdentifiers> {
    return toSharedIdentifiers(await this.subjects.shared());
  }

  @Get(':id')
  @ForOperator('subject.read')
  @RecordsLook('profile')
  @ApiOperation({ summary: 'One subject, masked', operationId: 'getSubject' })
  @ApiOkResponse({ type: SubjectResponse })
  @ApiProblems(404, 'subject.not_found')
  async get(@Param('id', ParseUUIDPipe) id: string): Promise<SubjectResponse> {
    return toSubjectResponse(await this.subjects.view(id));
  }

  @Post(':id/reveal')
  @HttpCode(200)
  @SecretAnswer()
  @ForOperator('subject.reveal', { needsStepUp: true })
  @ApiOperation({
    summary: 'Show fields of a subject for thirty seconds, for a reason that is kept',
    operationId: 'revealSubject',
  })
  @ApiOkResponse({ type: RevealedFields })
  @ApiProblems(403, 'operator.forbidden', 'session.step_up_required', 'subject.minor_look_unapproved')
  @ApiProblems(404, 'subject.not_found')
  @ApiProblems(409, 'subject.restricted')
  async reveal(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: RevealFields,
    @CurrentOperator() operator: OperatorPrincipal,
  ): Promise<RevealedFields> {
    const { values, until } = await this.subjects.reveal(id, body, operator);
    return { values: { ...values }, until: until.toISOString() };
  }
}
