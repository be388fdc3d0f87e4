import { Injectable } from '@nestjs/common';
import { DomainError } from '@abide/kernel';
import { Database, verifiedWebhookId } from '@abide/platform';
import { refusal } from '../holders.errors.js';
import { callbackSchema } from '../protocol/holder-answers.js';
import { messageId } from '../protocol/message-ids.js';
import type { OutsideHolder } from '../registry/outside-holder.entity.js';
import { OutsideHolders } from '../registry/outside-holders.service.js';
import { HolderCalls } from './holder-calls.service.js';

type Received = Readonly<Record<string, string | string[] | undefined>>;

/** What holders outside post when they are done: proven first, then read. */
@Injectable()
export class HolderCallbacks {
  constructor(
    private readonly db: Database,
    private readonly holders: OutsideHolders,
    private readonly calls: HolderCalls,
  ) {}

  /** While a holder is suspended, as where its secret leaked, nothing that it says counts. @throws DomainError `holder.unproven`, the same for holders that there are not; `request.invalid`, `holder.not_waited_for` */
  async take(holderId: string, headers: Received, body: string): Promise<void> {
    const { holder, messageId: proven } = await this.proven(holderId, headers, body);
    const told = parsed(body);
    if (proven !== messageId.callback(told.operation, told.requestId)) throw refusal('holder.unproven');
    const isTaken = await this.db.transaction(() => this.calls.take(holder, told));
    if (!isTaken) throw refusal('holder.not_waited_for');
  }

  private async proven(
    holderId: string,
    headers: Received,
    body: string,
  ): Promise<{ readonly holder: OutsideHolder; readonly messageId: string }> {
    const holder = await this.holders.findById(holderId);
    if (!holder || holder.state !== 'active' || holder.kind !== 'service') throw refusal('holder.unproven');
    const { secrets } = await this.holders.addressOf(holder);
    const id = verifiedWebhookId({ headers, body, secrets });
    if (id === null) throw refusal('holder.unproven');
    return { holder, messageId: id };
  }
}

function parsed(body: string) {
  const told = callbackSchema.safeParse(JSON.parse(body));
  if (told.success) return told.data;
  throw new DomainError('invalid', 'request.invalid', {
    detail: 'The answer is not of the form that docs/holder-protocol.yaml describes. Nothing was taken.',
  });
}
