import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '@abide/kernel';
import {
  ApiProblems,
  CurrentOperator,
  ForEveryone,
  ForOperator,
  SecretAnswer,
  type OperatorPrincipal,
} from '@abide/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Factors } from './factors.service.js';
import type { Operator } from './operator.entity.js';
import {
  ChangeOwnPassword,
  CurrentOperatorSession,
  OperatorSessionResponse,
  OwnSessions,
  SignInOperator,
  StepUp,
  StepUpResponse,
  toOwnSession,
  toSessionResponse,
  toStepUpResponse,
} from './operator-sessions.dto.js';
import { OperatorLinks } from './operator-links.service.js';
import { OperatorSessions, type OpenedSession } from './operator-sessions.service.js';
import { OperatorSignIn } from './operator-sign-in.service.js';
import { Operators } from './operators.service.js';
import { SessionCookie } from './session-cookie.js';

/** Signing in to the console, and the operator's own sessions. */
@ApiTags('Operators')
@Controller('operator')
export class OperatorSessionsController {
  constructor(
    private readonly signIn: OperatorSignIn,
    private readonly sessions: OperatorSessions,
    private readonly operators: Operators,
    private readonly links: OperatorLinks,
    private readonly factors: Factors,
    private readonly cookie: SessionCookie,
    private readonly clock: Clock,
  ) {}

  @Post('sessions')
  @HttpCode(200)
  @ForEveryone()
  @SecretAnswer()
  @ApiOperation({ summary: 'Sign in to the console; the session is in a cookie', operationId: 'signInOperator' })
  @ApiOkResponse({ type: OperatorSessionResponse })
  @ApiProblems(401, 'session.invalid_credentials', 'session.second_factor_required')
  @ApiProblems(403, 'session.csrf')
  @ApiProblems(429, 'session.too_many_attempts', 'session.account_stopped')
  async open(
    @Body() body: SignInOperator,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OperatorSessionResponse> {
    this.cookie.requireOwnOrigin(request);
    const operator = await this.signIn.prove(body);
    const opened = await this.sessions.open(operator, request.headers['user-agent'] ?? '');
    this.cookie.write(reply, opened.token);
    return this.respond(opened, operator);
  }

  @Get('sessions/current')
  @ForOperator(null)
  @ApiOperation({ summary: 'Who is signed in, and until when', operationId: 'getCurrentOperatorSession' })
  @ApiOkResponse({ type: CurrentOperatorSession })
  @ApiProblems(401, 'session.expired')
  async current(
    @CurrentOperator() { sessionId, operatorId }: OperatorPrincipal,
    @Req() request: FastifyRequest,
  ): Promise<CurrentOperatorSession> {
    const [session, operator] = [await this.sessions.getLive(sessionId), await this.operators.get(operatorId)];
    const response = this.respond({ session, token: this.cookie.read(request) ?? '' }, operator);
    return { ...response, draftKey: response.factorRequired ? null : await this.sessions.draftKeyOf(operatorId) };
  }

  @Delete('sessions/current')
  @HttpCode(204)
  @ForOperator(null)
  @ApiOperation({ summary: 'Sign out', operationId: 'signOutOperator' })
  @ApiNoContentResponse()
  async signOut(
    @CurrentOperator() { operatorId, sessionId }: OperatorPrincipal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.sessions.endOwn(operatorId, sessionId, 'signedOut');
    this.cookie.clear(reply);
  }

  @Get('sessions')
  @ForOperator(null)
  @ApiOperation({ summary: "The operator's own sessions", operationId: 'listOperatorSessions' })
  @ApiOkResponse({ type: OwnSessions })
  async list(@CurrentOperator() { operatorId, sessionId }: OperatorPrincipal): Promise<OwnSessions> {
    const sessions = await this.sessions.listLive(operatorId);
    return { items: sessions.map((session) => toOwnSession(session, sessionId)), nextCursor: null };
  }

  @Delete('sessions/:id')
  @HttpCode(204)
  @ForOperator(null)
  @ApiOperation({ summary: "End one of the operator's own sessions", operationId: 'endOperatorSession' })
  @ApiNoContentResponse()
  @ApiProblems(404, 'session.not_found')
  async end(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<void> {
    await this.sessions.endOwn(operatorId, id, 'revoked');
  }

  @Post('sessions/step-up')
  @HttpCode(200)
  @ForOperator(null)
  @SecretAnswer()
  @ApiOperation({
    summary: 'Prove once more who is there; the session gets a new token',
    operationId: 'stepUpOperator',
  })
  @ApiOkResponse({ type: StepUpResponse })
  @ApiProblems(401, 'session.invalid_credentials', 'session.second_factor_required')
  @ApiProblems(429, 'session.too_many_attempts', 'session.account_stopped')
  async stepUp(
    @Body() body: StepUp,
    @CurrentOperator() { operatorId, sessionId }: OperatorPrincipal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StepUpResponse> {
    const { email } = await this.operators.get(operatorId);
    await this.signIn.prove({ ...body, email });
    const opened = await this.sessions.stepUp(sessionId);
    this.cookie.write(reply, opened.token);
    return toStepUpResponse(opened, this.cookie.csrfTokenOf(opened.token));
  }

  @Put('password')
  @HttpCode(204)
  @ForOperator(null)
  @ApiOperation({
    summary: "Change the operator's own password; every session ends",
    operationId: 'changeOwnOperatorPassword',
  })
  @ApiNoContentResponse()
  @ApiProblems(400, 'password.too_short', 'password.too_long', 'password.common')
  @ApiProblems(401, 'session.invalid_credentials', 'session.second_factor_required')
  async changePassword(
    @Body() body: ChangeOwnPassword,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const operator = await this.operators.get(operatorId);
    await this.signIn.prove({ email: operator.email, password: body.currentPassword, code: body.code });
    await this.operators.changeOwnPassword(operatorId, body.password);
    await this.links.tell(operator, 'passwordChanged');
    this.cookie.clear(reply);
  }

  private respond({ session, token }: OpenedSession, operator: Operator): OperatorSessionResponse {
    const factorRequired = this.factors.mustBeEnrolledBy(operator);
    return toSessionResponse({
      session,
      operator,
      factorRequired,
      csrfToken: this.cookie.csrfTokenOf(token),
      now: this.clock.now(),
    });
  }
}
