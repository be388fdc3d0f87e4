import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '@abide/kernel';
import { ApiProblems, CurrentSubject, ForSubject, type SubjectPrincipal } from '@abide/platform';
import { EnterprisePeople } from './enterprise-people.service.js';
import type { Mandate } from './mandate.entity.js';
import { refusal } from './mandate.rules.js';
import { MandateList, MandateResponse, NameContact, NameMember, toMandate } from './mandates.dto.js';
import { Mandates } from './mandates.service.js';

/** Who acts for an enterprise: its contact person, and the members whom they let. Whoever acts for one is signed in as themselves. */
@ApiTags('Client apps')
@Controller()
export class EnterprisesController {
  constructor(
    private readonly clock: Clock,
    private readonly people: EnterprisePeople,
    private readonly mandates: Mandates,
  ) {}

  @Put('me/contact-person')
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'Name another contact person of my enterprise',
    description: 'They are told where they can be reached. The one before, and all members, act no more from now on.',
    operationId: 'nameMyContactPerson',
  })
  @ApiOkResponse({ type: MandateResponse })
  @ApiProblems(400, 'mandate.own_address', 'identifier.bad_phone', 'identifier.bad_email')
  @ApiProblems(401, 'session.invalid_credentials')
  @ApiProblems(403, 'mandate.enterprise_only', 'access.reauthentication_needed')
  @ApiProblems(409, 'delivery.not_configured', 'subject.restricted')
  @ApiProblems(429, 'session.too_many_attempts', 'session.account_stopped', 'password.busy')
  async nameContact(
    @Body() { name, identifier, password }: NameContact,
    @CurrentSubject() { subjectId, sessionId, subjectKind }: SubjectPrincipal,
  ): Promise<MandateResponse> {
    if (subjectKind !== 'enterprise') throw refusal('mandate.enterprise_only');
    return this.show(await this.people.nameContact({ subjectId, sessionId, password }, { name, identifier }));
  }

  @Get('me/enterprises')
  @ForSubject({ countsAsUse: false })
  @ApiOperation({ summary: 'The enterprises that I act for, and what I may do', operationId: 'listMyEnterprises' })
  @ApiOkResponse({ type: MandateList })
  async list(@CurrentSubject() { subjectId }: SubjectPrincipal): Promise<MandateList> {
    const now = this.clock.now();
    return { items: (await this.mandates.ofPerson(subjectId)).map((shown) => toMandate(shown, now)) };
  }

  @Delete('me/enterprises/:enterpriseId')
  @HttpCode(204)
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'Act for an enterprise no more; where I was its contact person, neither do its members',
    operationId: 'leaveEnterprise',
  })
  @ApiNoContentResponse()
  @ApiProblems(404, 'mandate.not_found')
  async leave(
    @Param('enterpriseId', ParseUUIDPipe) enterpriseId: string,
    @CurrentSubject() { subjectId }: SubjectPrincipal,
  ): Promise<void> {
    await this.mandates.end(await this.mandates.requireAny(subjectId, enterpriseId), 'left');
  }

  @Get('me/enterprises/:enterpriseId/members')
  @ForSubject({ countsAsUse: false })
  @ApiOperation({ summary: 'The members of an enterprise whose contact person I am', operationId: 'listMembers' })
  @ApiOkResponse({ type: MandateList })
  @ApiProblems(403, 'mandate.contact_only')
  @ApiProblems(404, 'mandate.not_found')
  async members(
    @Param('enterpriseId', ParseUUIDPipe) enterpriseId: string,
    @CurrentSubject() { subjectId }: SubjectPrincipal,
  ): Promise<MandateList> {
    await this.mandates.require(subjectId, enterpriseId, 'contact');
    const now = this.clock.now();
    return { items: (await this.mandates.membersOf(enterpriseId)).map((shown) => toMandate(shown, now)) };
  }

  @Post('me/enterprises/:enterpriseId/members')
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'Let somebody do some things for the enterprise until a day; they are told and confirm it by a code',
    operationId: 'nameMember',
  })
  @ApiCreatedResponse({ type: MandateResponse })
  @ApiProblems(400, 'mandate.own_address', 'identifier.bad_phone', 'identifier.bad_email')
  @ApiProblems(401, 'session.invalid_credentials')
  @ApiProblems(403, 'mandate.contact_only', 'access.reauthentication_needed')
  @ApiProblems(404, 'mandate.not_found')
  @ApiProblems(409, 'mandate.too_many', 'delivery.not_configured', 'subject.restricted')
  @ApiProblems(429, 'session.too_many_attempts', 'session.account_stopped', 'password.busy')
  async nameMember(
    @Param('enterpriseId', ParseUUIDPipe) enterpriseId: string,
    @Body() { name, identifier, acts, expiresInDays: days, password }: NameMember,
    @CurrentSubject() { subjectId, sessionId }: SubjectPrincipal,
  ): Promise<MandateResponse> {
    const by = { subjectId, sessionId, password };
    return this.show(await this.people.nameMember(by, enterpriseId, { name, identifier, acts, days }));
  }

  @Delete('me/enterprises/:enterpriseId/members/:mandateId')
  @HttpCode(204)
  @ForSubject({ countsAsUse: false })
  @ApiOperation({ summary: 'Let a member act no more, from now on', operationId: 'endMember' })
  @ApiNoContentResponse()
  @ApiProblems(403, 'mandate.contact_only')
  @ApiProblems(404, 'mandate.not_found')
  async endMember(
    @Param('enterpriseId', ParseUUIDPipe) enterpriseId: string,
    @Param('mandateId', ParseUUIDPipe) id: string,
    @CurrentSubject() { subjectId }: SubjectPrincipal,
  ): Promise<void> {
    await this.mandates.require(subjectId, enterpriseId, 'contact');
    await this.mandates.end({ subjectId: enterpriseId, id, role: 'member' }, 'ended');
  }

  private async show(mandate: Mandate): Promise<MandateResponse> {
    return toMandate(await this.mandates.show(mandate), this.clock.now());
  }
}
