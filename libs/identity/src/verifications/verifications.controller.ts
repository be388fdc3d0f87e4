import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Locale } from '@abide/kernel';
import { ApiProblems, Config, ForEveryone, RequestLocale, SecretAnswer } from '@abide/platform';
import type { FastifyReply } from 'fastify';
import {
  ConfirmVerification,
  RegisteredSubject,
  toRegisteredSubject,
  toVerificationFacts,
  VerificationResponse,
} from './verifications.dto.js';
import { guardianAdvice } from './code-messages.js';
import { Verifications } from './verifications.service.js';

/** One-time codes, whatever act they are for. */
@ApiTags('Client apps')
@Controller('verifications')
@ForEveryone()
export class VerificationsController {
  constructor(
    private readonly verifications: Verifications,
    private readonly config: Config,
  ) {}

  @Post(':id/confirm')
  @HttpCode(200)
  @SecretAnswer()
  @ApiOperation({
    summary: 'Confirm a code: 200 with the subject for a registration, 204 for anything else',
    operationId: 'confirmVerification',
  })
  @ApiOkResponse({ type: RegisteredSubject })
  @ApiNoContentResponse()
  @ApiProblems(400, 'verification.wrong_code', 'password.too_short', 'password.too_long', 'password.common')
  @ApiProblems(404, 'verification.not_found')
  @ApiProblems(
    409,
    'verification.expired',
    'verification.exhausted',
    'verification.used',
    'verification.other_route',
    'identifier.taken',
    'guardianship.guardian_is_minor',
  )
  @ApiProblems(429, 'session.too_many_attempts', 'session.account_stopped', 'password.busy')
  async confirm(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { code, password }: ConfirmVerification,
    @RequestLocale() locale: Locale,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RegisteredSubject | undefined> {
    const { registered } = await this.verifications.confirm(id, code, password);
    if (registered)
      return toRegisteredSubject(registered, {
        text: guardianAdvice[locale],
        link: `${this.config.publicUrl}/policies`,
      });
    void reply.status(204);
    return undefined;
  }

  @Post(':id/resend')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Send a new code for the same act; the old one is worth nothing then',
    operationId: 'resendVerification',
  })
  @ApiAcceptedResponse({ type: VerificationResponse })
  @ApiProblems(404, 'verification.not_found')
  @ApiProblems(
    409,
    'verification.expired',
    'verification.exhausted',
    'verification.used',
    'verification.sent_too_often',
  )
  async resend(@Param('id', ParseUUIDPipe) id: string): Promise<VerificationResponse> {
    return { verification: toVerificationFacts(await this.verifications.resend(id)) };
  }
}
