import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Clock, DomainError } from '@abide/kernel';
import type { FastifyRequest } from 'fastify';
import { accessKey, type Access } from './access.js';
import { requireFreshSignIn } from './fresh-sign-in.js';
import type { OperatorPrincipal, Principal } from './principal.js';
import { requestContext } from './request-context.js';

/**
 * Turns the credential on a request into a principal; identity provides the one implementation.
 * Resolves to null when there is no credential, throws `unauthenticated` when there is a bad one.
 */
export abstract class Authenticator {
  abstract bearer(token: string): Promise<Principal | null>;
  /** Checks the session cookie and, on everything but GET and HEAD, Origin and the CSRF token. */
  abstract operatorSession(request: FastifyRequest): Promise<OperatorPrincipal | null>;
}

type UseListener = (subjectId: string) => Promise<void>;

/**
 * Who wants to know that a subject used the service (rules.md, continued use), or that their own request carried Global
 * Privacy Control. Called before the route runs.
 */
@Injectable()
export class UseListeners {
  private readonly listeners: UseListener[] = [];
  private readonly privacyControlListeners: UseListener[] = [];

  register(listener: UseListener): void {
    this.listeners.push(listener);
  }

  registerPrivacyControl(listener: UseListener): void {
    this.privacyControlListeners.push(listener);
  }

  async tell(subjectId: string): Promise<void> {
    for (const listener of this.listeners) await listener(subjectId);
  }

  /** For a request that has just made or proved its subject, and that the guard therefore could not tell of. Joins the open transaction. */
  async tellPrivacyControlOfRequest(subjectId: string): Promise<void> {
    if (requestContext()?.globalPrivacyControl) await this.tellPrivacyControl(subjectId);
  }

  async tellPrivacyControl(subjectId: string): Promise<void> {
    for (const listener of this.privacyControlListeners) await listener(subjectId);
  }
}

/** Names the operator in whose session a request was answered, also where it was refused, so that a page notices somebody else's. No page of another origin may read it. */
export const operatorHeader = 'x-abide-operator';

/** What a page of the console sends with whatever it changes. */
const csrfHeader = 'x-abide-csrf';

/** The one guard: default deny. A route without a declared access is refused here and stops the boot (see `requireDeclaredAccess`). */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly declared = new WeakMap<Function, Access>();

  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
    private readonly clock: Clock,
    private readonly uses: UseListeners,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.accessOf(context);
    if (access.for === 'public' && !access.recognises) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (access.for === 'public' && !sendsCredential(request)) return true;
    const principal = await this.identify(access, request);
    const current = requestContext();
    if (current) current.principal = principal;
    if (principal.kind === 'operator') void current?.reply.header(operatorHeader, principal.operatorId);
    this.authorise(access, principal);
    if (principal.kind === 'subject' && current?.globalPrivacyControl)
      await this.uses.tellPrivacyControl(principal.subjectId);
    if (access.for === 'subject' && access.countsAsUse && principal.kind === 'subject')
      await this.uses.tell(principal.subjectId);
    return true;
  }

  private accessOf(context: ExecutionContext): Access {
    const handler = context.getHandler();
    const known = this.declared.get(handler);
    if (known) return known;
    const access = this.reflector.getAllAndOverride<Access | undefined>(accessKey, [handler, context.getClass()]);
    if (!access) throw new DomainError('forbidden', 'access.undeclared');
    this.declared.set(handler, access);
    return access;
  }

  private async identify(access: Access, request: FastifyRequest): Promise<Principal> {
    const isOperator = access.for === 'operator' || (access.for === 'public' && csrfHeader in request.headers);
    const principal = isOperator ? await this.authenticator.operatorSession(request) : await this.fromBearer(request);
    if (!principal) throw new DomainError('unauthenticated', isOperator ? 'session.expired' : 'access.unauthenticated');
    return principal;
  }

  private async fromBearer(request: FastifyRequest): Promise<Principal | null> {
    const token = /^Bearer ([\w.~+/=-]+)$/i.exec(request.headers.authorization ?? '')?.[1];
    return token ? this.authenticator.bearer(token) : null;
  }

  private authorise(access: Access, principal: Principal): void {
    if (access.for === 'public' && principal.kind === 'client')
      throw new DomainError('forbidden', 'access.subject_only');
    if (access.for === 'subject' && principal.kind !== 'subject')
      throw new DomainError('forbidden', 'access.subject_only');
    if (access.for === 'client') this.authoriseClient(access, principal);
    if (access.for === 'operator' && principal.kind === 'operator') this.authoriseOperator(access, principal);
  }

  private authoriseClient(access: Extract<Access, { for: 'client' }>, principal: Principal): void {
    if (principal.kind === 'subject' && access.orSubject) return;
    if (principal.kind === 'client' && principal.scopes.has(access.scope)) return;
    throw new DomainError('forbidden', 'access.scope_missing', { extra: { scope: access.scope } });
  }

  private authoriseOperator(access: Extract<Access, { for: 'operator' }>, principal: OperatorPrincipal): void {
    if (access.permission !== null && !principal.permissions.has(access.permission)) {
      throw new DomainError('forbidden', 'operator.forbidden', { extra: { permission: access.permission } });
    }
    if (access.needsStepUp) requireFreshSignIn(principal, this.clock.now());
  }
}

/** A cookie alone is none: browsers add it to whatever a page sends, also to what its visitor sends as nobody. */
function sendsCredential({ headers }: FastifyRequest): boolean {
  return headers.authorization !== undefined || csrfHeader in headers;
}
