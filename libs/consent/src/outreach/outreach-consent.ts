import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DomainError, isId, type ConsentChange } from '@abide/kernel';
import { Outreach, SendChecks, type OutreachKind, type SendKind } from '@abide/notifications';
import type { Channel } from '@abide/platform';
import { Vault } from '@abide/vault';
import { Consents } from '../recording/consents.service.js';
import { WithdrawalConsequences } from '../recording/withdrawal-consequences.js';
import { Gate } from '../gate/gate.service.js';

const purposes: Readonly<Record<OutreachKind, string>> = {
  survey: 'survey.participation',
  marketing: 'marketing.push',
};
const categories: Readonly<Record<Channel, string>> = { email: 'registration.email', sms: 'registration.phone' };
const secretName = 'consent.unsubscribe';

/** What a link in a message stands for: who may stop getting what. */
interface Subscription {
  readonly subjectId: string;
  readonly kind: OutreachKind;
}

/**
 * Surveys and marketing go to those only whose consent the gate finds (register of promises, U3), each with a link that ends
 * them; what waits to be sent is dropped in the transaction of the withdrawal.
 */
@Injectable()
export class OutreachConsent implements OnModuleInit {
  constructor(
    private readonly checks: SendChecks,
    private readonly outreach: Outreach,
    private readonly gate: Gate,
    private readonly consents: Consents,
    private readonly consequences: WithdrawalConsequences,
    private readonly vault: Vault,
  ) {}

  onModuleInit(): void {
    this.checks.register({
      name: 'consent',
      allows: (kind, subjectId, channel) => this.allows(kind, subjectId, channel),
      unsubscribeLink: (kind, subjectId) => this.link(kind, subjectId),
    });
    this.consequences.register({
      concerns: (change) => endedBy(change) !== undefined,
      apply: (change) => this.drop(change),
    });
  }

  /** Ends messages of a kind by the word of whoever holds the link. Again changes nothing. @throws DomainError `unsubscribe.unknown_link` */
  async unsubscribe(token: string): Promise<OutreachKind> {
    const { subjectId, kind } = await this.read(token);
    await this.consents.record(subjectId, { purpose: purposes[kind], state: 'withdrawn', channel: 'unsubscribe-link' });
    return kind;
  }

  /** What a link is for. @throws DomainError `unsubscribe.unknown_link` */
  async read(token: string): Promise<Subscription> {
    try {
      const subscription = JSON.parse(
        await this.vault.openSecret(secretName, Buffer.from(token, 'base64url')),
      ) as Subscription;
      if (isId(subscription.subjectId) && subscription.kind in purposes) return subscription;
    } catch (error) {
      if (!(error instanceof DomainError) && !(error instanceof SyntaxError)) throw error;
    }
    throw new DomainError('notFound', 'unsubscribe.unknown_link', {
      detail: 'This link is not one of ours, or not whole. Nothing was changed.',
    });
  }

  private async allows(kind: SendKind, subjectId: string, channel: Channel): Promise<boolean> {
    if (!isOutreach(kind)) return true;
    return (
      await this.gate.decide({ subjectId, action: 'use', purpose: purposes[kind], categories: [categories[channel]] })
    ).allowed;
  }

  /** The link names nobody: what it stands for is sealed under the server's own key. */
  private async link(kind: SendKind, subjectId: string): Promise<string> {
    const sealed = await this.vault.sealSecret(secretName, JSON.stringify({ subjectId, kind }));
    return `/unsubscribe/${sealed.toString('base64url')}`;
  }

  private async drop(change: ConsentChange): Promise<void> {
    const kind = endedBy(change);
    if (kind) await this.outreach.drop(change.subjectId, kind);
  }
}

/** The messages that a withdrawal ends: those whose purpose is withdrawn as a whole. */
function endedBy({ purpose, categories: narrowed }: ConsentChange): OutreachKind | undefined {
  return narrowed === null
    ? (Object.keys(purposes) as OutreachKind[]).find((one) => purposes[one] === purpose)
    : undefined;
}

function isOutreach(kind: SendKind): kind is OutreachKind {
  return kind in purposes;
}
