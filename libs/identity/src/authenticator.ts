import { Injectable } from '@nestjs/common';
import { Authenticator, type OperatorPrincipal, type Principal } from '@abide/platform';
import type { FastifyRequest } from 'fastify';
import { Factors } from './operators/factors.service.js';
import { OperatorSessions } from './operators/operator-sessions.service.js';
import { SessionCookie } from './operators/session-cookie.js';

/** Turns cookies and bearer tokens into principals, asking the database each time whether they still hold. */
@Injectable()
export class IdentityAuthenticator extends Authenticator {
  constructor(
    private readonly cookie: SessionCookie,
    private readonly operatorSessions: OperatorSessions,
    private readonly factors: Factors,
  ) {
    super();
  }

  async bearer(_token: string): Promise<Principal | null> {
    return null;
  }

  async operatorSession(request: FastifyRequest): Promise<OperatorPrincipal | null> {
    const token = this.cookie.read(request);
    const resumed = token === null ? null : await this.operatorSessions.resume(token);
    if (token === null || resumed === null) return null;
    this.cookie.requireOwnPage(request, token);
    const { session, operator } = resumed;
    const held = this.factors.mustBeEnrolledBy(operator) ? [] : operator.permissions;
    return {
      kind: 'operator', operatorId: operator.id, name: operator.name, roles: operator.roles,
      permissions: new Set<string>(held), sessionId: session.id, stepUpUntil: session.stepUpUntil,
    };
  }
}
