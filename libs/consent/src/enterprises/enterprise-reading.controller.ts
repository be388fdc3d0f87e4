import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Mandates } from '@abide/identity';
import { Clock, type Locale, type Page } from '@abide/kernel';
import { InboxNoticeResponse, InboxQuery, Notices, toInboxNoticeResponse } from '@abide/notifications';
import {
  ApiPageOf,
  ApiProblems,
  CurrentSubject,
  ForSubject,
  RequestLocale,
  type SubjectPrincipal,
} from '@abide/platform';
import { OwnConsents, toObjection, toOwnConsent } from '../preferences/own-consents.dto.js';
import { OwnConsentsQueries } from '../preferences/own-consents.queries.js';

/** What whoever acts for an enterprise may read of it; what it consents to is decided in its own account. */
@ApiTags('Client apps')
@Controller('me/enterprises/:enterpriseId')
export class EnterpriseReadingController {
  constructor(
    private readonly clock: Clock,
    private readonly mandates: Mandates,
    private readonly queries: OwnConsentsQueries,
    private readonly notices: Notices,
  ) {}

  @Get('consents')
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'Where an enterprise that I act for stands with every purpose',
    operationId: 'listEnterpriseConsents',
  })
  @ApiOkResponse({ type: OwnConsents })
  @ApiProblems(403, 'mandate.beyond_acts')
  @ApiProblems(404, 'mandate.not_found')
  async consents(
    @Param('enterpriseId', ParseUUIDPipe) enterpriseId: string,
    @CurrentSubject() { subjectId }: SubjectPrincipal,
  ): Promise<OwnConsents> {
    await this.mandates.require(subjectId, enterpriseId, 'readConsents');
    return {
      items: (await this.queries.of(enterpriseId)).map(toOwnConsent),
      objections: (await this.queries.objectionsOf(enterpriseId)).map(toObjection),
      nextCursor: null,
      at: this.clock.now().toISOString(),
    };
  }

  @Get('notices')
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'The notices of an enterprise that I act for, newest first',
    operationId: 'listEnterpriseNotices',
  })
  @ApiPageOf(InboxNoticeResponse)
  @ApiProblems(403, 'mandate.beyond_acts')
  @ApiProblems(404, 'mandate.not_found')
  async inbox(
    @Param('enterpriseId', ParseUUIDPipe) enterpriseId: string,
    @CurrentSubject() { subjectId }: SubjectPrincipal,
    @Query() query: InboxQuery,
    @RequestLocale() locale: Locale,
  ): Promise<Page<InboxNoticeResponse>> {
    await this.mandates.require(subjectId, enterpriseId, 'readNotices');
    const { items, nextCursor } = await this.notices.inbox(enterpriseId, query);
    return { items: items.map((notice) => toInboxNoticeResponse(notice, locale)), nextCursor };
  }
}
