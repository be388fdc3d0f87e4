import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Locale } from '@abide/kernel';
import { ApiProblems, ForEveryone, RequestLocale, SecretAnswer } from '@abide/platform';
import { Devices } from './devices.service.js';
import { RegisterDevice, RegisteredDevice, RegisterSubject, toNewRegistration } from './registrations.dto.js';
import { toVerificationFacts, VerificationResponse } from '../verifications/verifications.dto.js';
import { Registrations } from './registrations.service.js';

/** How people, enterprises and devices become subjects. */
@ApiTags('Client apps')
@Controller()
@ForEveryone()
export class RegistrationsController {
  constructor(
    private readonly registrations: Registrations,
    private readonly devices: Devices,
  ) {}

  @Post('subjects')
  @HttpCode(202)
  @ApiOperation({
    summary:
      'Register a person or an enterprise; a code is sent, and the answer is the same whether or not the account exists',
    operationId: 'registerSubject',
  })
  @ApiAcceptedResponse({ type: VerificationResponse })
  @ApiProblems(
    400,
    'identifier.bad_phone',
    'identifier.bad_email',
    'password.too_short',
    'password.too_long',
    'password.common',
    'profile.field_not_allowed',
    'registration.guardian_needed',
    'registration.too_young',
    'registration.field_required',
    'registration.guardian_is_registrant',
    'registration.implausible_birth_date',
  )
  @ApiProblems(409, 'delivery.not_configured', 'acceptance.missing', 'acceptance.not_in_force')
  @ApiProblems(429, 'session.too_many_attempts', 'password.busy')
  async register(@Body() body: RegisterSubject): Promise<VerificationResponse> {
    return { verification: toVerificationFacts(await this.registrations.start(toNewRegistration(body))) };
  }

  @Post('devices')
  @SecretAnswer()
  @ApiOperation({
    summary: 'Make a subject of a device that uses the service without signing in',
    operationId: 'registerDevice',
  })
  @ApiCreatedResponse({ type: RegisteredDevice })
  @ApiProblems(409, 'acceptance.missing', 'acceptance.not_in_force')
  @ApiProblems(429, 'session.too_many_attempts')
  async registerDevice(
    @Body() { acceptedRevisionIds }: RegisterDevice,
    @RequestLocale() locale: Locale,
  ): Promise<RegisteredDevice> {
    return this.devices.register(acceptedRevisionIds, locale);
  }
}
