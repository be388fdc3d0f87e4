import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Injectable, SetMetadata, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Clock, DomainError } from '@abide/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { Database } from '../database/database.js';
import { networkOf } from './network-address.js';
import type { Principal } from './principal.js';
import { requestContext } from './request-context.js';

const secretAnswerKey = 'abide:secret-answer';

/**
 * The answer holds tokens, secrets or personal payloads: it is not kept for replay, a repeated key is refused with 409.
 * Such a route runs outside the key's transaction, so that what it must remember of a refusal (a wrong password) stays.
 */
export const SecretAnswer = (): MethodDecorator => SetMetadata(secretAnswerKey, true);

interface KeyedCall {
  readonly scope: string;
  /** The client's own, of which only a hash is kept. */
  readonly key: string;
  readonly keyHash: string;
  readonly requestHash: string;
  readonly reply: FastifyReply;
  readonly next: CallHandler;
}

interface StoredAnswer {
  request_hash: string;
  status: number | null;
  etag: string | null;
  body: Buffer | null;
}

/**
 * Honours `Idempotency-Key` on the POSTs it is attached to (`keyPosts`): the first status and body are stored in the transaction of the act and
 * replayed for at least 24 hours. The same key with another body is 422; of many in parallel one is executed.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = request.headers['idempotency-key'];
    if (request.method !== 'POST' || key === undefined) return next.handle();
    if (typeof key !== 'string' || key === '' || key.length > 255) {
      throw new DomainError('invalid', 'idempotency.bad_key', {
        detail: 'Idempotency-Key must have 1 to 255 characters.',
      });
    }
    const isSecret = this.reflector.get<boolean | undefined>(secretAnswerKey, context.getHandler()) ?? false;
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const scope = scopeOf(request, requestContext()?.principal ?? null);
    const requestHash = isSecret ? '' : hashOfBody(key, request.body);
    const call = { scope, key, keyHash: hash(key), requestHash, reply, next };
    return from(isSecret ? this.executeSecretOnce(call) : this.executeOnce(call));
  }

  private async executeOnce(call: KeyedCall): Promise<unknown> {
    return this.db.transaction(async () => {
      if (!(await this.claim(call))) return this.replay(call);
      const body: unknown = await lastValueFrom(call.next.handle(), { defaultValue: undefined });
      await this.store(call, body);
      return body;
    });
  }

  private async executeSecretOnce(call: KeyedCall): Promise<unknown> {
    if (!(await this.claim(call))) return this.replay(call);
    try {
      return await lastValueFrom(call.next.handle(), { defaultValue: undefined });
    } catch (error) {
      await this.db.execute('DELETE FROM platform.idempotency_keys WHERE scope = $1 AND key_hash = $2', [
        call.scope,
        call.keyHash,
      ]);
      throw error;
    }
  }

  private async claim({ scope, keyHash, requestHash }: KeyedCall): Promise<boolean> {
    const claimed = await this.db.execute(
      `INSERT INTO platform.idempotency_keys (scope, key_hash, request_hash, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
      [scope, keyHash, requestHash, this.clock.now()],
    );
    return claimed === 1;
  }

  private async replay({ scope, key, keyHash, requestHash, reply }: KeyedCall): Promise<unknown> {
    const [stored] = await this.db.query<StoredAnswer>(
      'SELECT request_hash, status, etag, body FROM platform.idempotency_keys WHERE scope = $1 AND key_hash = $2',
      [scope, keyHash],
    );
    if (stored?.request_hash !== requestHash) {
      throw new DomainError('invalid', 'idempotency.key_reused', {
        detail: 'This Idempotency-Key was used for another body. Nothing was done; use a new key.',
        extra: { httpStatus: 422 },
      });
    }
    if (stored.status === null) {
      throw new DomainError('conflict', 'idempotency.not_replayable', {
        detail: 'This was done before; its answer holds secrets and is not kept.',
      });
    }
    void reply.status(stored.status).header('idempotency-replayed', 'true');
    if (stored.etag !== null) void reply.header('etag', stored.etag);
    return stored.body === null ? undefined : (JSON.parse(opened(stored.body, { key, scope })) as unknown);
  }

  private async store({ scope, key, keyHash, reply }: KeyedCall, body: unknown): Promise<void> {
    await this.db.execute(
      'UPDATE platform.idempotency_keys SET status = $3, etag = $4, body = $5 WHERE scope = $1 AND key_hash = $2',
      [
        scope,
        keyHash,
        reply.statusCode,
        reply.getHeader('etag') ?? null,
        body === undefined ? null : sealed(JSON.stringify(body), { key, scope }),
      ],
    );
  }
}

/** Of whom nobody knows who they are, the network they come from: a stranger's key is another key. */
function scopeOf(request: FastifyRequest, principal: Principal | null): string {
  const who =
    principal === null ? `public:${networkOf(request.ip) ?? 'nowhere'}` : `${principal.kind}:${idOf(principal)}`;
  return hash(`${who} ${request.method} ${request.url}`);
}

function idOf(principal: Principal): string {
  if (principal.kind === 'subject') return principal.subjectId;
  return principal.kind === 'operator' ? principal.operatorId : principal.clientId;
}

/**
 * Keyed with the client's own key, of which only a hash is kept: what stands in the table does not let anybody guess the
 * body. Answers that hold secrets keep no hash of their body at all.
 */
function hashOfBody(key: string, body: unknown): string {
  return createHmac('sha256', key)
    .update(JSON.stringify(body ?? null))
    .digest('hex');
}

/** With what an answer is sealed: the client's key, which is not kept, and the call that it is the answer to. */
interface SealedWith {
  readonly key: string;
  readonly scope: string;
}

const [cipher, ivBytes, tagBytes] = ['aes-256-gcm', 12, 16] as const;

/** An answer may quote whoever asked: without the key that they sent, nobody reads it in the table. */
function sealed(text: string, { key, scope }: SealedWith): Buffer {
  const iv = randomBytes(ivBytes);
  const sealing = createCipheriv(cipher, answerKey(key, scope), iv);
  return Buffer.concat([iv, sealing.update(text, 'utf8'), sealing.final(), sealing.getAuthTag()]);
}

function opened(bytes: Buffer, { key, scope }: SealedWith): string {
  const opening = createDecipheriv(cipher, answerKey(key, scope), bytes.subarray(0, ivBytes));
  opening.setAuthTag(bytes.subarray(-tagBytes));
  return opening.update(bytes.subarray(ivBytes, -tagBytes), undefined, 'utf8') + opening.final('utf8');
}

function answerKey(key: string, scope: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, scope, 'abide:idempotent-answer', 32));
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
