import { Body, Controller, Get, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Guardianships } from '@abide/identity';
import { Clock } from '@abide/kernel';
import { ApiProblems, CurrentSubject, ForSubject, type SubjectPrincipal } from '@abide/platform';
import {
  ConsentRequest,
  ConsentResponse,
  OwnConsents,
  toConsentResponse,
  toObjection,
  toOwnConsent,
} from '../preferences/own-consents.dto.js';
import { OwnConsentsQueries } from '../preferences/own-consents.queries.js';
import { WardConsents } from './ward-consents.service.js';

/** What a confirmed guardian decides for a child who is too young to (register of promises, M1). */
@ApiTags('Client apps')
@Controller('me/wards/:subjectId/consents')
export class WardConsentsController {
  constructor(
    private readonly guardianships: Guardianships,
    private readonly queries: OwnConsentsQueries,
    private readonly consents: WardConsents,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'Every purpose that I decide for a child I am the guardian of',
    operationId: 'listWardConsents',
  })
  @ApiOkResponse({ type: OwnConsents })
  @ApiProblems(404, 'guardianship.not_found')
  @ApiProblems(409, 'guardianship.not_confirmed', 'guardianship.came_of_age')
  async list(
    @Param('subjectId', ParseUUIDPipe) wardId: string,
    @CurrentSubject() { subjectId }: SubjectPrincipal,
  ): Promise<OwnConsents> {
    await this.guardianships.requireWard(subjectId, wardId);
    return {
      items: (await this.queries.of(wardId, { asGuardian: true })).map(toOwnConsent),
      objections: (await this.queries.objectionsOf(wardId)).map(toObjection),
      nextCursor: null,
      at: this.clock.now().toISOString(),
    };
  }

  @Put(':purpose')
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'Grant or withdraw consent for a child I am the guardian of',
    operationId: 'setWardPurposeConsent',
  })
  @ApiOkResponse({ type: ConsentResponse })
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
  @ApiProblems(404, 'guardianship.not_found', 'consent.unknown_purpose')
  @ApiProblems(
    409,
    'guardianship.not_confirmed',
    'guardianship.came_of_age',
    'guardianship.age_unknown',
    'consent.no_clause',
    'consent.too_many',
    'subject.restricted',
  )
  async set(
    @Param('subjectId', ParseUUIDPipe) wardId: string,
    @Param('purpose') purpose: string,
    @Body() body: ConsentRequest,
    @CurrentSubject() { subjectId }: SubjectPrincipal,
  ): Promise<ConsentResponse> {
    return toConsentResponse(await this.consents.record(subjectId, wardId, { ...body, purpose }));
  }
}
