import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, DomainError, newId } from '@abide/kernel';
import { Config } from '@abide/platform';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { algorithm, SigningKeys } from './signing-keys.service.js';

/** How long an access token lives, in seconds. */
export const lifetimeSeconds = 600;

const tokenType = 'at+jwt';
const audience = 'abide';
const mostRemembered = 10_000;

const claimsSchema = z.object({
  sub: z.string(),
  kind: z.enum(['client', 'subject']),
  scope: z.string().default(''),
  sid: z.string().default(''),
  exp: z.number(),
});

/** What a token says: whose it is, and for a subject of which session, for a client with which scopes. */
export interface AccessClaims {
  readonly sub: string;
  readonly kind: 'client' | 'subject';
  readonly scope: string;
  readonly sid: string;
}

/** Issues and checks signed access tokens (RFC 9068). Whether their session or client still lives is asked elsewhere, each time. */
@Injectable()
export class AccessTokens {
  private readonly verified = new Map<string, AccessClaims & { readonly exp: number }>();

  constructor(
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async issue({ sub, ...claims }: AccessClaims): Promise<string> {
    const { id, privateKey } = await this.keys.current();
    const now = Math.floor(this.clock.now().getTime() / 1000);
    return new SignJWT({ ...claims })
      .setProtectedHeader({ alg: algorithm, typ: tokenType, kid: id })
      .setIssuer(this.config.publicUrl)
      .setAudience(audience)
      .setSubject(sub)
      .setJti(newId())
      .setIssuedAt(now)
      .setExpirationTime(now + lifetimeSeconds)
      .sign(privateKey);
  }

  /** @throws DomainError `access.invalid_token` when signature, type, issuer, audience or time do not fit. */
  async verify(token: string): Promise<AccessClaims> {
    const name = hash('sha256', token, 'base64url');
    const known = this.verified.get(name);
    const claims = known ?? (await this.check(token));
    if (claims.exp * 1000 <= this.clock.now().getTime()) throw invalidToken();
    if (!known) this.remember(name, claims);
    return claims;
  }

  private async check(token: string): Promise<AccessClaims & { exp: number }> {
    try {
      const { payload } = await jwtVerify(token, ({ kid }) => this.publicKey(kid), {
        algorithms: [algorithm],
        typ: tokenType,
        issuer: this.config.publicUrl,
        audience,
        currentDate: this.clock.now(),
        requiredClaims: ['exp', 'iat', 'sub'],
        maxTokenAge: lifetimeSeconds,
      });
      return claimsSchema.parse(payload);
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) throw invalidToken();
      throw error;
    }
  }

  private async publicKey(kid: string | undefined) {
    const key = kid === undefined ? null : await this.keys.findPublicKey(kid);
    if (!key) throw invalidToken();
    return key;
  }

  private remember(name: string, claims: AccessClaims & { exp: number }): void {
    const [oldest] = this.verified.keys();
    if (this.verified.size >= mostRemembered && oldest !== undefined) this.verified.delete(oldest);
    this.verified.set(name, claims);
  }
}

export function invalidToken(): DomainError {
  return new DomainError('unauthenticated', 'access.invalid_token', {
    detail: 'The token is not valid, or not any more. Get a new one.',
  });
}
