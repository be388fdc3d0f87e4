import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
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
import { GuardianAdditions } from './guardian-additions.service.js';
import {
  AnswerAddition,
  ConfirmedGuardianship,
  SetWardConsent,
  toConfirmedGuardianship,
  toWardConsent,
  toWardResponse,
  WardConsent,
  WardResponse,
} from './guardianships.dto.js';
import { Wards } from './wards.service.js';

/** What a guardian sees and does for the children who named them. */
@ApiTags('Client apps')
@Controller('me/wards')
export class WardsController {
  constructor(
    private readonly wards: Wards,
    private readonly additions: GuardianAdditions,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'The children I have confirmed to be the guardian of; newest first',
    operationId: 'listMyWards',
  })
  @ApiPageOf(WardResponse)
  async list(
    @Query() { limit, cursor }: PageQuery,
    @CurrentSubject() { subjectId }: SubjectPrincipal,
  ): Promise<Page<WardResponse>> {
    const wards = await this.wards.list(subjectId, limit, readCursor(cursor));
    return toPage(
      wards,
      limit,
      ({ guardianship: { confirmedAt, requestedAt, id } }) => ({ at: confirmedAt ?? requestedAt, id }),
      (ward) => toWardResponse(ward, this.clock.now()),
    );
  }

  @Put(':subjectId/consent')
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'Give or withdraw my consent, as guardian, to the use of the service by a child',
    operationId: 'setWardConsent',
  })
  @ApiOkResponse({ type: WardConsent })
  @ApiProblems(404, 'guardianship.not_found')
  @ApiProblems(409, 'guardianship.not_confirmed', 'guardianship.came_of_age')
  async setConsent(
    @Param('subjectId', ParseUUIDPipe) wardId: string,
    @Body() { state }: SetWardConsent,
    @CurrentSubject() { subjectId }: SubjectPrincipal,
  ): Promise<WardConsent> {
    return toWardConsent(await this.wards.setConsent(subjectId, wardId, state));
  }

  @Put(':subjectId/guardianships/:guardianshipId')
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'Say yes or no to a further guardian whom a child of mine named; nobody becomes one without',
    operationId: 'answerWardGuardian',
  })
  @ApiOkResponse({ type: ConfirmedGuardianship })
  @ApiProblems(404, 'guardianship.not_found')
  @ApiProblems(
    409,
    'guardianship.not_confirmed',
    'guardianship.came_of_age',
    'guardianship.age_unknown',
    'guardianship.guardian_is_minor',
  )
  async answerAddition(
    @Param('subjectId', ParseUUIDPipe) wardId: string,
    @Param('guardianshipId', ParseUUIDPipe) id: string,
    @Body() { answer }: AnswerAddition,
    @CurrentSubject() { subjectId }: SubjectPrincipal,
  ): Promise<ConfirmedGuardianship> {
    return toConfirmedGuardianship(
      await this.additions.answer(subjectId, { subjectId: wardId, id }, answer),
      this.clock.now(),
    );
  }

  @Delete(':subjectId')
  @HttpCode(204)
  @ForSubject({ countsAsUse: false })
  @ApiOperation({ summary: 'Be the guardian of a child no more; my consent ends with it', operationId: 'leaveWard' })
  @ApiNoContentResponse()
  @ApiProblems(404, 'guardianship.not_found')
  async leave(
    @Param('subjectId', ParseUUIDPipe) wardId: string,
    @CurrentSubject() { subjectId }: SubjectPrincipal,
  ): Promise<void> {
    await this.wards.leave(subjectId, wardId);
  }
}
