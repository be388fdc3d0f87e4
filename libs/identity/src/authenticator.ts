import { Injectable } from '@nestjs/common';
import {
  Authenticator,
  type ClientBounds,
  type ClientPrincipal,
  type OperatorPrincipal,
  type Principal,
  type SubjectPrincipal,
} from '@abide/platform';
import type { FastifyRequest } from 'fastify';
import type { ClientReach } from './clients/client-bounds.js';
import { ServiceClients } from './clients/service-clients.service.js';
import { Factors } from './operators/factors.service.js';
import { OperatorSessions } from './operators/operator-sessions.service.js';
import { SessionCookie } from './operators/session-cookie.js';
import { SubjectSessions } from './sessions/subject-sessions.service.js';
import { isDeviceToken } from './sessions/subject-token.js';
import { AccessTokens, invalidToken, type AccessClaims } from './tokens/access-tokens.service.js';

/** Turns cookies and bearer tokens into principals, asking the database each time whether they still hold. */
@Injectable()
export class IdentityAuthenticator extends Authenticator {
  constructor(
    private readonly cookie: SessionCookie,
    private readonly operatorSessions: OperatorSessions,
    private readonly factors: Factors,
    private readonly tokens: AccessTokens,
    private readonly clients: ServiceClients,
    private readonly subjectSessions: SubjectSessions,
  ) {
    super();
  }

  async bearer(token: string): Promise<Principal | null> {
    if (isDeviceToken(token)) return this.device(token);
    const claims = await this.tokens.verify(token);
    return claims.kind === 'client' ? this.client(claims) : this.subject(claims.sub, claims.sid);
  }

  async operatorSession(request: FastifyRequest): Promise<OperatorPrincipal | null> {
    const token = this.cookie.read(request);
    if (token === null) return null;
    this.cookie.requireOwnPage(request, token);
    const resumed = await this.operatorSessions.resume(token);
    if (resumed === null) return null;
    const { session, operator } = resumed;
    const held = this.factors.mustBeEnrolledBy(operator) ? [] : operator.permissions;
    return {
      kind: 'operator',
      operatorId: operator.id,
      name: operator.name,
      roles: operator.roles,
      permissions: new Set<string>(held),
      sessionId: session.id,
      stepUpUntil: session.stepUpUntil,
    };
  }

  /** A scope taken from the client since the token was issued is worth nothing any more. */
  private async client({ sub, scope }: AccessClaims): Promise<ClientPrincipal> {
    const held = await this.clients.findLive(sub);
    if (held === null) throw invalidToken();
    const issued = scope.split(' ');
    return {
      kind: 'client',
      clientId: sub,
      scopes: new Set(held.scopes.filter((name) => issued.includes(name))),
      bounds: boundsOf(held),
    };
  }

  private async device(token: string): Promise<SubjectPrincipal> {
    const found = await this.subjectSessions.findByDeviceToken(token);
    if (!found) throw invalidToken();
    return this.subject(found.subjectId, found.sessionId);
  }

  private async subject(subjectId: string, sessionId: string): Promise<SubjectPrincipal> {
    const subjectKind = await this.subjectSessions.findLive(subjectId, sessionId);
    if (subjectKind === null) throw invalidToken();
    return { kind: 'subject', subjectId, subjectKind, sessionId };
  }
}

function boundsOf({ purposes, services }: ClientReach): ClientBounds | null {
  return purposes === null && services === null
    ? null
    : { purposes: purposes && new Set(purposes), services: services && new Set(services) };
}
