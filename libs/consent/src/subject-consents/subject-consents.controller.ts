import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RecordsLook } from '@abide/identity';
import {
  ApiProblems,
  CurrentOperator,
  ForOperator,
  PageQuery,
  SecretAnswer,
  type OperatorPrincipal,
} from '@abide/platform';
import { ConsentResponse, toConsentResponse } from '../preferences/own-consents.dto.js';
import { OwnConsentsQueries } from '../preferences/own-consents.queries.js';
import { ConsentHistory } from './consent-history.queries.js';
import {
  EvidenceRequest,
  EvidenceResponse,
  RecordConsentRequest,
  SubjectConsentsResponse,
  toSubjectConsents,
  toWish,
} from './subject-consents.dto.js';
import { SubjectConsents } from './subject-consents.service.js';

/** A subject's consents, for operators. */
@ApiTags('Operators')
@Controller('operator/subjects/:id/consents')
export class SubjectConsentsController {
  constructor(
    private readonly queries: OwnConsentsQueries,
    private readonly history: ConsentHistory,
    private readonly consents: SubjectConsents,
  ) {}

  @Get()
  @ForOperator('subject.read')
  @RecordsLook('consents')
  @ApiOperation({
    summary: 'Where a subject stands with every purpose, and what they said, newest first',
    operationId: 'listSubjectConsents',
  })
  @ApiOkResponse({ type: SubjectConsentsResponse })
  @ApiProblems(404, 'subject.unknown')
  async list(
    @Param('id', ParseUUIDPipe) subjectId: string,
    @Query() page: PageQuery,
  ): Promise<SubjectConsentsResponse> {
    const standing = await this.queries.of(subjectId);
    const objections = await this.queries.objectionsOf(subjectId);
    return toSubjectConsents({ standing, objections }, await this.history.ofSubject(subjectId, page));
  }

  @Post()
  @HttpCode(201)
  @ForOperator('consent.record', { needsStepUp: true })
  @ApiOperation({
    summary: 'Record a grant or withdrawal that the subject gave in another way',
    description:
      'With the evidence of it, which is sealed, and the reason. A minor’s needs `subject.revealMinor`, and a grant for a child is the word of the guardian that is named. Saying again what stands records nothing (`duplicate`).',
    operationId: 'recordSubjectConsent',
  })
  @ApiCreatedResponse({ type: ConsentResponse })
  @ApiProblems(
    400,
    'consent.unknown_category',
    'consent.unknown_service',
    'consent.unknown_recipient',
    'consent.unknown_region',
    'consent.unknown_revision',
    'consent.unknown_clause',
    'consent.in_future',
    'consent.too_old',
    'consent.before_registration',
  )
  @ApiProblems(403, 'operator.forbidden', 'session.step_up_required', 'consent.guardian_needed')
  @ApiProblems(404, 'subject.unknown', 'consent.unknown_purpose', 'guardianship.not_found')
  @ApiProblems(
    409,
    'guardianship.not_confirmed',
    'guardianship.came_of_age',
    'guardianship.age_unknown',
    'consent.no_clause',
    'consent.too_many',
    'subject.closed',
    'subject.restricted',
  )
  async record(
    @Param('id', ParseUUIDPipe) subjectId: string,
    @Body() body: RecordConsentRequest,
    @CurrentOperator() by: OperatorPrincipal,
  ): Promise<ConsentResponse> {
    const { wish, note } = toWish(body);
    return toConsentResponse(await this.consents.record(subjectId, wish, { ...note, by }));
  }

  @Post(':eventId/evidence')
  @HttpCode(200)
  @SecretAnswer()
  @ForOperator('subject.reveal', { needsStepUp: true })
  @ApiOperation({
    summary: 'Read how a consent was given that an operator recorded, for a reason that is kept',
    operationId: 'readConsentEvidence',
  })
  @ApiOkResponse({ type: EvidenceResponse })
  @ApiProblems(403, 'operator.forbidden', 'session.step_up_required', 'subject.minor_look_unapproved')
  @ApiProblems(404, 'subject.unknown', 'consent.event_not_found', 'consent.no_evidence')
  @ApiProblems(409, 'subject.restricted')
  async evidence(
    @Param('id', ParseUUIDPipe) subjectId: string,
    @Param('eventId', ParseUUIDPipe) eventId: string,
    @Body() { reason }: EvidenceRequest,
    @CurrentOperator() by: OperatorPrincipal,
  ): Promise<EvidenceResponse> {
    return { evidence: await this.consents.readEvidence(subjectId, eventId, { reason, by }) };
  }
}
