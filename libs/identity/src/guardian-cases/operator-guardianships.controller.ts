import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock, type Page } from '@abide/kernel';
import {
  ApiPageOf,
  ApiProblems,
  CurrentOperator,
  ForOperator,
  PageQuery,
  readCursor,
  SecretAnswer,
  toPage,
  type OperatorPrincipal,
} from '@abide/platform';
import { RecordsLook } from '../looks/records-look.js';
import { OperatorSubjects } from '../operator-subjects/operator-subjects.service.js';
import { GuardianDecisions } from './guardian-decisions.service.js';
import { GuardianReview } from './guardian-review.queries.js';
import { GuardianshipRecords } from '../guardianships/guardianship-records.js';
import { DecideGuardianship, SubjectGuardianship, toSubjectGuardianship } from '../guardianships/guardianships.dto.js';
import {
  EvidenceReason,
  GuardianCase,
  GuardianEvidence,
  toGuardianCase,
  toGuardianEvidence,
} from './guardian-cases.dto.js';

/** Minors' guardians, as operators see them, and what officers decide about them. */
@ApiTags('Operators')
@Controller('operator')
export class OperatorGuardianshipsController {
  constructor(
    private readonly subjects: OperatorSubjects,
    private readonly records: GuardianshipRecords,
    private readonly decisions: GuardianDecisions,
    private readonly review: GuardianReview,
    private readonly clock: Clock,
  ) {}

  @Get('guardianships/open-cases')
  @ForOperator('subject.read')
  @ApiOperation({
    summary: 'Children about whose guardians something is open, newest first',
    description:
      'A guardian whose age nobody knows, a withdrawal that stands against another guardian, a further guardian whom another has not said yes to.',
    operationId: 'listGuardianCases',
  })
  @ApiPageOf(GuardianCase)
  async cases(@Query() { limit, cursor }: PageQuery): Promise<Page<GuardianCase>> {
    const cases = await this.review.page(limit, readCursor(cursor));
    return toPage(cases, limit, ({ since, guardianshipId }) => ({ at: since, id: guardianshipId }), toGuardianCase);
  }

  @Get('subjects/:id/guardianships')
  @ForOperator('subject.read')
  @RecordsLook('guardians')
  @ApiOperation({ summary: "A subject's guardians, masked; newest first", operationId: 'listSubjectGuardianships' })
  @ApiPageOf(SubjectGuardianship)
  @ApiProblems(404, 'subject.not_found')
  async list(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<SubjectGuardianship>> {
    await this.subjects.requireKnown(id);
    const rows = await this.records.pageOfMinor(id, limit, readCursor(cursor));
    const now = this.clock.now();
    return toPage(
      rows,
      limit,
      ({ guardianship: { requestedAt, id: guardianshipId } }) => ({ at: requestedAt, id: guardianshipId }),
      (row) => toSubjectGuardianship(row, now),
    );
  }

  @Post('subjects/:id/guardianships/:guardianshipId/decisions')
  @HttpCode(201)
  @ForOperator('guardian.decide', { needsStepUp: true })
  @ApiOperation({
    summary:
      'Decide, with evidence, that a guardian is an adult, that a withdrawal stands no more, or that a further guardian is one',
    description:
      'The evidence is sealed; the guardian whose withdrawal is set aside, and the guardians beside a further one, are told.',
    operationId: 'decideGuardianship',
  })
  @ApiCreatedResponse({ type: SubjectGuardianship })
  @ApiProblems(403, 'operator.forbidden', 'session.step_up_required')
  @ApiProblems(404, 'subject.not_found', 'guardianship.not_found')
  @ApiProblems(
    409,
    'guardianship.nothing_to_decide',
    'guardianship.came_of_age',
    'guardianship.guardian_is_minor',
    'subject.restricted',
  )
  async decide(
    @Param('id', ParseUUIDPipe) subjectId: string,
    @Param('guardianshipId', ParseUUIDPipe) id: string,
    @Body() body: DecideGuardianship,
    @CurrentOperator() by: OperatorPrincipal,
  ): Promise<SubjectGuardianship> {
    const guardianship = await this.decisions.decide({ subjectId, id }, body, by);
    return toSubjectGuardianship({ guardianship, guardian: await this.records.open(guardianship) }, this.clock.now());
  }

  @Post('subjects/:id/guardianships/:guardianshipId/evidence')
  @HttpCode(200)
  @SecretAnswer()
  @ForOperator('guardian.decide', { needsStepUp: true })
  @ApiOperation({
    summary: 'Read what was seen before decisions about a guardianship, for a reason that is kept',
    operationId: 'readGuardianEvidence',
  })
  @ApiOkResponse({ type: GuardianEvidence })
  @ApiProblems(403, 'operator.forbidden', 'session.step_up_required', 'subject.minor_look_unapproved')
  @ApiProblems(404, 'subject.not_found', 'guardianship.not_found')
  @ApiProblems(409, 'subject.restricted')
  async evidence(
    @Param('id', ParseUUIDPipe) subjectId: string,
    @Param('guardianshipId', ParseUUIDPipe) id: string,
    @Body() { reason }: EvidenceReason,
    @CurrentOperator() by: OperatorPrincipal,
  ): Promise<GuardianEvidence> {
    return toGuardianEvidence(await this.decisions.readEvidence({ subjectId, id }, reason, by));
  }
}
