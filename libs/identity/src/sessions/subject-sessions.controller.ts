import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, Req, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import {
  ApiProblems,
  CurrentSubject,
  ForEveryone,
  ForSubject,
  SecretAnswer,
  type SubjectPrincipal,
} from '@abide/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toVerificationFacts, VerificationResponse } from '../verifications/verifications.dto.js';
import { requireAccount } from '../subjects/own-account.rules.js';
import {
  ChangePassword,
  EndSessions,
  RefreshSession,
  ResetPassword,
  SignIn,
  SubjectSessionsResponse,
  SubjectTokens,
  toSubjectSession,
} from './subject-sessions.dto.js';
import { SubjectSessions } from './subject-sessions.service.js';
import { SubjectSignIn } from './subject-sign-in.service.js';

/** Signing in and out of client apps, and passwords. */
@ApiTags('Client apps')
@Controller()
export class SubjectSessionsController {
  constructor(
    private readonly signIn: SubjectSignIn,
    private readonly sessions: SubjectSessions,
  ) {}

  @Post('sessions')
  @ForEveryone()
  @SecretAnswer()
  @ApiOperation({
    summary: 'Sign in by password, or by code in two steps',
    description:
      '`{ identifier, password }` → 201. `{ identifier }` → 202 and a code is sent; then `{ identifier, verificationId, code }` → 201.',
    operationId: 'signInSubject',
  })
  @ApiCreatedResponse({ type: SubjectTokens })
  @ApiAcceptedResponse({ type: VerificationResponse })
  @ApiProblems(400, 'identifier.bad_phone', 'identifier.bad_email', 'verification.wrong_code')
  @ApiProblems(401, 'session.invalid_credentials')
  @ApiProblems(409, 'verification.expired', 'verification.exhausted', 'verification.used', 'delivery.not_configured')
  @ApiProblems(429, 'session.too_many_attempts', 'session.account_stopped', 'password.busy')
  async open(
    @Body() body: SignIn,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SubjectTokens | VerificationResponse> {
    const { identifier, password, code, verificationId } = body;
    const client = request.headers['user-agent'] ?? '';
    if (password !== undefined) return this.signIn.withPassword(identifier, password, client);
    if (code !== undefined) return this.signIn.withCode(identifier, { verificationId, code }, client);
    void reply.status(202);
    return { verification: toVerificationFacts(await this.signIn.requestSignInCode(identifier)) };
  }

  @Post('sessions/refresh')
  @ForEveryone()
  @SecretAnswer()
  @ApiOperation({
    summary: 'Exchange a refresh token for a new pair; using one twice ends the session',
    operationId: 'refreshSession',
  })
  @ApiCreatedResponse({ type: SubjectTokens })
  @ApiProblems(401, 'session.invalid_refresh_token', 'session.refresh_reused')
  async refresh(@Body() { refreshToken }: RefreshSession): Promise<SubjectTokens> {
    return this.sessions.refresh(refreshToken);
  }

  @Delete('sessions/current')
  @HttpCode(204)
  @ForSubject({ countsAsUse: false })
  @ApiOperation({ summary: 'Sign out', operationId: 'signOutSubject' })
  @ApiNoContentResponse()
  async signOut(@CurrentSubject() { subjectId, sessionId }: SubjectPrincipal): Promise<void> {
    await this.sessions.end(subjectId, sessionId);
  }

  @Get('me/sessions')
  @ForSubject()
  @ApiOperation({ summary: 'My sessions, newest first', operationId: 'listMySessions' })
  @ApiOkResponse({ type: SubjectSessionsResponse })
  async list(@CurrentSubject() { subjectId, sessionId }: SubjectPrincipal): Promise<SubjectSessionsResponse> {
    const sessions = await this.sessions.listLive(subjectId);
    return { items: sessions.map((listed) => toSubjectSession(listed, sessionId)), nextCursor: null };
  }

  @Delete('me/sessions')
  @HttpCode(204)
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'End all my sessions but this one, with my password or after a sign-in just now',
    operationId: 'endMyOtherSessions',
  })
  @ApiBody({ type: EndSessions, required: false })
  @ApiNoContentResponse()
  @ApiProblems(401, 'session.invalid_credentials')
  @ApiProblems(403, 'access.reauthentication_needed')
  @ApiProblems(429, 'session.too_many_attempts', 'session.account_stopped', 'password.busy')
  async endOthers(@Body() { password }: EndSessions, @CurrentSubject() principal: SubjectPrincipal): Promise<void> {
    await this.signIn.reauthenticate(principal, password);
    await this.sessions.endAllOf(principal.subjectId, { except: principal.sessionId });
  }

  @Delete('me/sessions/:id')
  @HttpCode(204)
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'End one of my sessions, with my password or after a sign-in just now',
    description: 'Signing out needs neither.',
    operationId: 'endMySession',
  })
  @ApiBody({ type: EndSessions, required: false })
  @ApiNoContentResponse()
  @ApiProblems(401, 'session.invalid_credentials')
  @ApiProblems(403, 'access.reauthentication_needed')
  @ApiProblems(404, 'session.not_found')
  @ApiProblems(429, 'session.too_many_attempts', 'session.account_stopped', 'password.busy')
  async end(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { password }: EndSessions,
    @CurrentSubject() principal: SubjectPrincipal,
  ): Promise<void> {
    await this.signIn.reauthenticate(principal, password);
    await this.sessions.end(principal.subjectId, id);
  }

  @Post('password-resets')
  @HttpCode(202)
  @ForEveryone()
  @ApiOperation({
    summary: 'Send a code to reset the password with; the answer is the same whether or not the account exists',
    description: 'Then confirm the verification with `{ code, password }`.',
    operationId: 'resetPassword',
  })
  @ApiAcceptedResponse({ type: VerificationResponse })
  @ApiProblems(400, 'identifier.bad_phone', 'identifier.bad_email')
  @ApiProblems(409, 'delivery.not_configured')
  @ApiProblems(429, 'session.too_many_attempts')
  async resetPassword(@Body() { identifier }: ResetPassword): Promise<VerificationResponse> {
    return { verification: toVerificationFacts(await this.signIn.requestPasswordReset(identifier)) };
  }

  @Put('me/password')
  @HttpCode(204)
  @ForSubject()
  @ApiOperation({ summary: 'Change my password; my other sessions end', operationId: 'changeMyPassword' })
  @ApiNoContentResponse()
  @ApiProblems(400, 'password.too_short', 'password.too_long', 'password.common')
  @ApiProblems(401, 'session.invalid_credentials')
  @ApiProblems(403, 'access.reauthentication_needed', 'subject.device_only')
  @ApiProblems(429, 'session.too_many_attempts', 'session.account_stopped', 'password.busy')
  async changePassword(
    @Body() { currentPassword, password }: ChangePassword,
    @CurrentSubject() principal: SubjectPrincipal,
  ): Promise<void> {
    requireAccount(principal);
    await this.signIn.changePassword(principal, { current: currentPassword, next: password });
  }
}
