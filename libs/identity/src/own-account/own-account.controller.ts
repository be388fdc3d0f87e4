import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  ParseEnumPipe,
  ParseUUIDPipe,
  Patch,
  Post,
  Put,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import {
  ApiProblems,
  CurrentSubject,
  ForSubject,
  IfMatch,
  SecretAnswer,
  setEtag,
  type SubjectPrincipal,
} from '@abide/platform';
import { identifierTypes, type IdentifierType } from '@abide/vault';
import { Devices } from '../registrations/devices.service.js';
import { profileOf } from '../registrations/registrations.dto.js';
import { toVerificationFacts, VerificationResponse } from '../verifications/verifications.dto.js';
import {
  ChangeIdentifier,
  ChangeMe,
  LinkDevice,
  LinkedDevice,
  Me,
  StateBirthDate,
  toLinkedDevice,
  toMe,
} from './own-account.dto.js';
import { requireAccount, requirePerson } from '../subjects/own-account.rules.js';
import { etagOf, OwnAccounts } from './own-account.service.js';
import { OwnBirthDate } from './own-birth-date.service.js';

const typesByName = Object.fromEntries(identifierTypes.map((type) => [type, type]));

/** A subject's own account. */
@ApiTags('Client apps')
@Controller('me')
export class OwnAccountController {
  constructor(
    private readonly accounts: OwnAccounts,
    private readonly devices: Devices,
    private readonly birthDate: OwnBirthDate,
  ) {}

  @Get()
  @ForSubject()
  @ApiOperation({ summary: 'My account: identifiers, profile, linked devices', operationId: 'getMe' })
  @ApiOkResponse({ type: Me })
  async get(@CurrentSubject() { subjectId }: SubjectPrincipal): Promise<Me> {
    return this.show(subjectId);
  }

  @Patch()
  @ForSubject()
  @ApiOperation({
    summary: 'Correct or clear what I gave; a birth date is corrected by a request',
    operationId: 'changeMe',
  })
  @ApiOkResponse({ type: Me })
  @ApiProblems(400, 'profile.field_not_allowed')
  @ApiProblems(403, 'subject.device_only')
  @ApiProblems(409, 'subject.restricted')
  @ApiProblems(412, 'subject.stale_edit')
  async change(
    @Body() { profile, locale }: ChangeMe,
    @IfMatch() etag: string | undefined,
    @CurrentSubject() principal: SubjectPrincipal,
  ): Promise<Me> {
    const changes = profileOf(requireAccount(principal), { ...profile });
    await this.accounts.change(principal.subjectId, { profile: changes, locale }, etag);
    return this.show(principal.subjectId);
  }

  @Put('identifiers/:type')
  @HttpCode(202)
  @ForSubject()
  @ApiParam({ name: 'type', enum: identifierTypes })
  @ApiOperation({
    summary: 'Change my phone number or e-mail address; it takes effect when its code is confirmed',
    operationId: 'changeMyIdentifier',
  })
  @ApiAcceptedResponse({ type: VerificationResponse })
  @ApiProblems(400, 'identifier.bad_phone', 'identifier.bad_email')
  @ApiProblems(401, 'session.invalid_credentials')
  @ApiProblems(403, 'access.reauthentication_needed', 'subject.device_only')
  @ApiProblems(409, 'delivery.not_configured', 'subject.restricted')
  @ApiProblems(429, 'session.too_many_attempts', 'session.account_stopped', 'password.busy')
  async changeIdentifier(
    @Param('type', new ParseEnumPipe(typesByName)) type: IdentifierType,
    @Body() { value, password }: ChangeIdentifier,
    @CurrentSubject() principal: SubjectPrincipal,
  ): Promise<VerificationResponse> {
    requireAccount(principal);
    return {
      verification: toVerificationFacts(
        await this.accounts.requestIdentifierChange(principal, { type, value }, password),
      ),
    };
  }

  @Put('birth-date')
  @ForSubject()
  @ApiOperation({
    summary: 'State my birth date, where my account says none; once',
    description:
      'A guardian whose account says that they are an adult is one whose consent counts. It is corrected by a request.',
    operationId: 'stateMyBirthDate',
  })
  @ApiOkResponse({ type: Me })
  @ApiProblems(400, 'registration.implausible_birth_date', 'profile.field_not_allowed')
  @ApiProblems(401, 'session.invalid_credentials')
  @ApiProblems(403, 'access.reauthentication_needed', 'subject.device_only')
  @ApiProblems(409, 'subject.birth_date_known', 'subject.restricted')
  @ApiProblems(429, 'session.too_many_attempts', 'session.account_stopped', 'password.busy')
  async stateBirthDate(
    @Body() { birthDate, password }: StateBirthDate,
    @CurrentSubject() principal: SubjectPrincipal,
  ): Promise<Me> {
    requirePerson(principal);
    await this.birthDate.state(principal, birthDate, password);
    return this.show(principal.subjectId);
  }

  @Post('devices')
  @SecretAnswer()
  @ForSubject()
  @ApiOperation({
    summary: 'Say that a device is mine; consents do not move with it, and whose it was before is told',
    operationId: 'linkDevice',
  })
  @ApiCreatedResponse({ type: LinkedDevice })
  @ApiProblems(400, 'device.unknown_token')
  @ApiProblems(403, 'subject.device_only')
  async linkDevice(
    @Body() { deviceToken }: LinkDevice,
    @CurrentSubject() principal: SubjectPrincipal,
  ): Promise<LinkedDevice> {
    requireAccount(principal);
    return toLinkedDevice(await this.devices.link(principal.subjectId, deviceToken));
  }

  @Delete('devices/:id')
  @HttpCode(204)
  @ForSubject()
  @ApiOperation({
    summary: 'Say that a device is mine no more; consents do not move with it',
    operationId: 'unlinkDevice',
  })
  @ApiNoContentResponse()
  @ApiProblems(404, 'device.not_linked')
  async unlinkDevice(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentSubject() { subjectId }: SubjectPrincipal,
  ): Promise<void> {
    await this.devices.unlink(subjectId, id);
  }

  private async show(subjectId: string): Promise<Me> {
    const account = await this.accounts.view(subjectId);
    setEtag(etagOf(account.subject));
    return toMe(account);
  }
}
