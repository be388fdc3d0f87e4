import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock, type Page } from '@abide/kernel';
import {
  ApiPageOf,
  ApiProblems,
  CurrentSubject,
  ForEveryone,
  ForSubject,
  PageQuery,
  readCursor,
  SecretAnswer,
  toPage,
  type SubjectPrincipal,
} from '@abide/platform';
import { toVerificationFacts } from '../verifications/verifications.dto.js';
import { requireAccount } from '../subjects/own-account.rules.js';
import { GuardianLinks } from './guardian-links.service.js';
import { GuardianshipRecords } from './guardianship-records.js';
import {
  ConfirmedGuardianship,
  ConfirmGuardianship,
  GuardianshipResponse,
  RequestedGuardianship,
  RequestGuardianship,
  toConfirmedGuardianship,
  toGuardianshipResponse,
} from './guardianships.dto.js';

/** How a minor names a guardian, and how the guardian confirms. */
@ApiTags('Client apps')
@Controller()
export class GuardianshipsController {
  constructor(
    private readonly links: GuardianLinks,
    private readonly records: GuardianshipRecords,
    private readonly clock: Clock,
  ) {}

  @Post('me/guardianship')
  @HttpCode(202)
  @ForSubject()
  @ApiOperation({ summary: 'Name my guardian; they are sent a code', operationId: 'requestGuardianship' })
  @ApiAcceptedResponse({ type: RequestedGuardianship })
  @ApiProblems(400, 'identifier.bad_phone', 'identifier.bad_email', 'registration.guardian_is_registrant')
  @ApiProblems(403, 'subject.device_only')
  @ApiProblems(
    409,
    'guardianship.not_a_minor',
    'guardianship.already_confirmed',
    'guardianship.too_many',
    'delivery.not_configured',
    'subject.restricted',
  )
  @ApiProblems(429, 'session.too_many_attempts')
  async request(
    @Body() { guardian }: RequestGuardianship,
    @CurrentSubject() principal: SubjectPrincipal,
  ): Promise<RequestedGuardianship> {
    requireAccount(principal);
    const started = await this.links.request(principal.subjectId, guardian);
    return { guardianshipId: started.id, verification: toVerificationFacts(started) };
  }

  @Get('me/guardianship')
  @ForSubject()
  @ApiOperation({ summary: 'My guardians, masked; newest first', operationId: 'listMyGuardianships' })
  @ApiPageOf(GuardianshipResponse)
  async list(
    @Query() { limit, cursor }: PageQuery,
    @CurrentSubject() { subjectId }: SubjectPrincipal,
  ): Promise<Page<GuardianshipResponse>> {
    const rows = await this.records.pageOfMinor(subjectId, limit, readCursor(cursor));
    return toPage(
      rows,
      limit,
      ({ guardianship: { requestedAt, id } }) => ({ at: requestedAt, id }),
      (row) => toGuardianshipResponse(row, this.clock.now()),
    );
  }

  @Post('guardianships/:id/confirm')
  @HttpCode(200)
  @SecretAnswer()
  @ForEveryone()
  @ApiOperation({
    summary:
      'Confirm, with the code that was sent to me, that I am the guardian; below the age of guardian consent this is the consent, once what it awaits has come',
    operationId: 'confirmGuardianship',
  })
  @ApiOkResponse({ type: ConfirmedGuardianship })
  @ApiProblems(400, 'verification.wrong_code')
  @ApiProblems(404, 'guardianship.not_found', 'verification.not_found')
  @ApiProblems(
    409,
    'verification.expired',
    'verification.exhausted',
    'verification.used',
    'verification.other_route',
    'guardianship.came_of_age',
    'guardianship.guardian_is_minor',
    'subject.restricted',
  )
  @ApiProblems(429, 'session.too_many_attempts', 'session.account_stopped')
  async confirm(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { code }: ConfirmGuardianship,
  ): Promise<ConfirmedGuardianship> {
    return toConfirmedGuardianship(await this.links.confirm(id, code), this.clock.now());
  }
}
