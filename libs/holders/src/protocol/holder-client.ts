import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { newId } from '@abide/kernel';
import { OutgoingFailure, OutgoingRequests, signWebhook, verifiedWebhookId, type OutgoingPost } from '@abide/platform';
import type { ZodType } from 'zod';
import {
  descriptionSchema,
  endSchema,
  holderAnswerSchema,
  identitySchema,
  recordSchema,
  type ChangingOperation,
  type Description,
  type ExportedRecord,
  type HolderIdentity,
} from './holder-answers.js';
import { exportLines, maxExportBytes } from './export-lines.js';
import { HolderFailure } from './holder-failure.js';
import { messageId } from './message-ids.js';
import type { HolderAnswer } from '@abide/platform';

/** Where a holder outside is asked. */
export interface HolderAddress {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** The networks that its addresses have to lie in; none: public ones only. */
  readonly networks: readonly string[];
  /** What both sides sign with; while it is being replaced the new one first, and the former. */
  readonly secrets: readonly string[];
}

/** Whom it is about, as the holder may know them. */
export interface HolderSubject {
  readonly id: string;
  readonly identifiers: readonly { readonly type: string; readonly value: string }[];
}

/** What every question names; `requestId` is the same in each attempt. */
export interface HolderQuestion {
  readonly requestId: string;
  readonly subject?: HolderSubject;
  readonly [more: string]: unknown;
}

const timeouts = { answer: 10_000, export: 10 * 60_000 };
const timestampHeader = 'webhook-timestamp';

/** Asks holders outside by docs/holder-protocol.yaml, once, signed both ways. Call it outside transactions. */
@Injectable()
export class HolderClient {
  constructor(private readonly requests: OutgoingRequests) {}

  /** @throws HolderFailure */
  async identify(address: HolderAddress): Promise<HolderIdentity> {
    const id = messageId.question('holder', newId());
    const { body } = await this.signed(address, { id, path: 'holder', body: '', method: 'GET' });
    return parsed(identitySchema, body);
  }

  /** @throws HolderFailure */
  async describe(
    address: HolderAddress,
    question: HolderQuestion,
    timeoutMilliseconds = timeouts.answer,
  ): Promise<Description> {
    const id = messageId.question('describe', question.requestId);
    const { body } = await this.signed(address, {
      id,
      path: 'describe',
      body: JSON.stringify(question),
      timeoutMilliseconds,
    });
    return parsed(descriptionSchema, body);
  }

  /** Null where it answered 202: the answer comes by callback. @throws HolderFailure */
  async act(
    address: HolderAddress,
    operation: ChangingOperation,
    question: HolderQuestion,
    timeoutMilliseconds = timeouts.answer,
  ): Promise<HolderAnswer | null> {
    const id = messageId.question(operation, question.requestId);
    const { status, body } = await this.signed(address, {
      id,
      path: operation,
      body: JSON.stringify(question),
      timeoutMilliseconds,
    });
    return status === 202 ? null : parsed(holderAnswerSchema, body);
  }

  /** What it has of somebody, record by record. Nothing of it is proven before the end: keep it apart until then. @throws HolderFailure */
  async *export(
    address: HolderAddress,
    question: HolderQuestion,
    timeoutMilliseconds = timeouts.export,
  ): AsyncGenerator<ExportedRecord> {
    const id = messageId.question('export', question.requestId);
    const post = this.posted(address, { id, path: 'export', body: JSON.stringify(question), timeoutMilliseconds });
    const digest = createHash('sha256');
    let records = 0;
    try {
      const { content } = await this.requests.open({ ...post, maxAnswerBytes: maxExportBytes });
      for await (const { text, isLast } of exportLines(content)) {
        if (isLast) return requireWhole(text, { id, digest: digest.digest('hex'), records, address });
        digest.update(`${text}\n`);
        records += 1;
        yield parsed(recordSchema, text);
      }
    } catch (error) {
      throw failureOf(error);
    }
    throw new HolderFailure('incomplete');
  }

  private async signed(
    address: HolderAddress,
    asked: Asked,
  ): Promise<{ readonly status: number; readonly body: string }> {
    try {
      const { status, headers, body } = await this.requests.post(this.posted(address, asked));
      const proven = verifiedWebhookId({ headers, body, secrets: address.secrets });
      if (proven !== messageId.answer(asked.id)) throw new HolderFailure('badSignature', status);
      return { status, body };
    } catch (error) {
      throw failureOf(error);
    }
  }

  private posted({ baseUrl, networks, secrets }: HolderAddress, { id, path, ...asked }: Asked): OutgoingPost {
    const headers = { 'content-type': 'application/json', ...signWebhook({ id, body: asked.body, secrets }) };
    const allowed = networks.length > 0 ? [{ origin: new URL(baseUrl).origin, networks }] : [];
    return { url: `${baseUrl}/${path}`, headers, allowed, timeoutMilliseconds: timeouts.answer, ...asked };
  }
}

interface Asked {
  readonly id: string;
  readonly path: string;
  readonly body: string;
  readonly method?: 'GET';
  readonly timeoutMilliseconds?: number;
}

/** @throws HolderFailure `badAnswer`, which says nothing of what was answered */
function parsed<T>(schema: ZodType<T>, text: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new HolderFailure('badAnswer');
  }
  const result = schema.safeParse(value);
  if (!result.success) throw new HolderFailure('badAnswer');
  return result.data;
}

interface Received {
  readonly id: string;
  /** Of all lines before the last, in hexadecimal. */
  readonly digest: string;
  readonly records: number;
  readonly address: HolderAddress;
}

function requireWhole(text: string, { id, digest, records, address }: Received): void {
  const { end } = parsed(endSchema, text);
  if (end.records !== records) throw new HolderFailure('incomplete');
  const headers = {
    'webhook-id': messageId.answer(id),
    [timestampHeader]: end.timestamp,
    'webhook-signature': end.signature,
  };
  if (verifiedWebhookId({ headers, body: digest, secrets: address.secrets }) === null)
    throw new HolderFailure('badSignature');
}

function failureOf(error: unknown): unknown {
  return error instanceof OutgoingFailure ? new HolderFailure(error.code, error.status) : error;
}
