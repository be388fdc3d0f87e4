import { Injectable } from '@nestjs/common';
import { DomainError, type ErrorKind } from '@abide/kernel';
import { requestContext } from '@abide/platform';
import { Attempts } from '../credentials/attempts.js';
import { AccessTokens, lifetimeSeconds } from '../tokens/access-tokens.service.js';
import type { Scope } from './scopes.js';
import { ServiceClients } from './service-clients.service.js';

export interface TokenWish {
  readonly grantType: string | undefined;
  readonly clientId: string | undefined;
  readonly secret: string | undefined;
  readonly scope: string | undefined;
  /** The `Authorization` header, when the client names itself there (RFC 6749 §2.3.1). */
  readonly authorization: string | undefined;
}

/** Exchanges client credentials for access tokens (RFC 6749 §4.4). */
@Injectable()
export class ClientTokens {
  constructor(
    private readonly clients: ServiceClients,
    private readonly tokens: AccessTokens,
    private readonly attempts: Attempts,
  ) {}

  /** @throws DomainError `oauth.unsupported_grant_type`, `oauth.invalid_request`, `oauth.invalid_client`, `oauth.invalid_scope`. */
  async issue(wish: TokenWish): Promise<{ token: string; scope: string; expiresIn: number }> {
    if (wish.grantType !== 'client_credentials')
      throw refusal('invalid', 'unsupported_grant_type', 'grant_type must be client_credentials.');
    const { id, secret } = credentialsOf(wish);
    if (!isText(id) || !isText(secret)) throw invalidClient();
    const allowed = await this.attempts.guard(`client|${id}`, () => this.prove(id, secret));
    const scope = narrowed(allowed, wish.scope).join(' ');
    return {
      token: await this.tokens.issue({ sub: id, kind: 'client', scope, sid: '' }),
      scope,
      expiresIn: lifetimeSeconds,
    };
  }

  private async prove(id: string, secret: string): Promise<readonly Scope[]> {
    const allowed = await this.clients.prove(id, secret);
    if (allowed) return allowed;
    throw invalidClient();
  }
}

function credentialsOf({ clientId, secret, authorization }: TokenWish): { id: string; secret: string } {
  if (authorization?.startsWith('Basic ')) return fromBasic(authorization.slice('Basic '.length));
  if (!clientId || !secret)
    throw refusal('invalid', 'invalid_request', 'Name the client by client_id and client_secret, or by HTTP Basic.');
  return { id: clientId, secret };
}

function fromBasic(encoded: string): { id: string; secret: string } {
  const [, id, secret] = /^([^:]+):(.+)$/.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
  if (!id || !secret) throw refusal('invalid', 'invalid_request', 'The Authorization header cannot be read.');
  return { id: decoded(id), secret: decoded(secret) };
}

/** Both parts are form-encoded before they are joined (RFC 6749 §2.3.1); what is not stays as it is. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    return part;
  }
}

function narrowed(allowed: readonly Scope[], wished: string | undefined): readonly Scope[] {
  const names = (wished ?? '').split(' ').filter((name) => name !== '');
  if (names.length === 0) return allowed;
  if (names.some((name) => !(allowed as readonly string[]).includes(name)))
    throw refusal('invalid', 'invalid_scope', 'The client may not have one of these scopes.');
  return allowed.filter((scope) => names.includes(scope));
}

/** Neither NUL, which PostgreSQL cannot store, nor half a surrogate pair, which UTF-8 cannot. */
function isText(part: string): boolean {
  return !part.includes('\0') && part.isWellFormed();
}

function invalidClient(): DomainError {
  void requestContext()?.reply.header('www-authenticate', 'Basic realm="abide"');
  return refusal('unauthenticated', 'invalid_client', 'The client id or secret is wrong, expired or revoked.');
}

function refusal(kind: ErrorKind, error: string, detail: string): DomainError {
  return new DomainError(kind, `oauth.${error}`, { detail, extra: { error, error_description: detail } });
}
