import { Injectable } from '@nestjs/common';
import { Subjects } from '@abide/identity';
import type { Locale } from '@abide/kernel';
import { channels, Config, Database, type Channel } from '@abide/platform';
import { isAddressDead } from './audience-run/hand-over.rules.js';
import { isOutreach, SendChecks, type OutreachKind, type SendKind } from './send-checks.service.js';
import { withUnsubscribe } from './unsubscribe.rules.js';
import type { SendResult } from './send-result.js';

/** What a message says in a language. */
type Compose = (locale: Locale) => { readonly subject: string; readonly text: string };

/** A message in every locale, for one channel. */
export interface Outgoing {
  readonly channel: Channel;
  readonly compose: Compose;
}

/** The one way a message leaves this module: checked, in the subject's language, never inside a transaction. */
@Injectable()
export class Notifier {
  constructor(
    private readonly db: Database,
    private readonly config: Config,
    private readonly subjects: Subjects,
    private readonly checks: SendChecks,
  ) {}

  /** @throws Error inside a transaction, or what the channel throws when the hand-over fails. */
  async send(kind: SendKind, subjectId: string, { channel, compose }: Outgoing): Promise<SendResult> {
    if (this.db.isInTransaction) throw new Error('A message is sent inside a transaction');
    if (!(await this.checks.allow(kind, subjectId, channel))) return 'notAllowed';
    const link = isOutreach(kind) ? await this.unsubscribeLink(kind, subjectId) : undefined;
    if (link === null) return 'notAllowed';
    const locale = await this.subjects.preferredLocale(subjectId);
    const message = link === undefined ? compose(locale) : withUnsubscribe(compose(locale), link, locale);
    return (await this.subjects.sendTo(subjectId, channel, message)) ? 'handedOver' : 'notHandedOver';
  }

  /**
   * Sends on the best channel the subject has: e-mail, or a text message where they have no working address.
   * @throws Error inside a transaction, or what the channel throws when the hand-over fails.
   */
  async sendToBest(kind: SendKind, subjectId: string, compose: Compose): Promise<SendResult> {
    let result: SendResult = 'notHandedOver';
    for (const channel of channels) {
      result = await this.sendUnlessDead(kind, subjectId, { channel, compose });
      if (result === 'handedOver') break;
    }
    return result;
  }

  private async sendUnlessDead(kind: SendKind, subjectId: string, message: Outgoing): Promise<SendResult> {
    try {
      return await this.send(kind, subjectId, message);
    } catch (error) {
      if (isAddressDead(error)) return 'notHandedOver';
      throw error;
    }
  }

  private async unsubscribeLink(kind: OutreachKind, subjectId: string): Promise<string | null> {
    const link = await this.checks.findUnsubscribeLink(kind, subjectId);
    return link === null ? null : new URL(link, `${this.config.publicUrl}/`).toString();
  }
}
