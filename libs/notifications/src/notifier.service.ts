import { Injectable } from '@nestjs/common';
import { Subjects } from '@abide/identity';
import type { Locale } from '@abide/kernel';
import { Database, type Channel } from '@abide/platform';

export type SendKind = 'policyChange' | 'survey' | 'marketing' | 'transactional';

/** Whether messages of a kind may go to a subject; offered by modules that know the subject's choices. */
export interface SendCheck {
  readonly name: string;
  allows(kind: SendKind, subjectId: string): Promise<boolean>;
}

/** A message in every locale, for one channel. */
export interface Outgoing {
  readonly channel: Channel;
  compose(locale: Locale): { readonly subject: string; readonly text: string };
}

/** `notAllowed`: a check refused, nothing was sent. `notHandedOver`: the channel did not take it. */
export type SendResult = 'handedOver' | 'notHandedOver' | 'notAllowed';

/**
 * The registry of send checks. What we owe the subject (policy changes, transactional messages) always goes; surveys
 * and marketing only where there is a check and every check allows it.
 */
@Injectable()
export class SendChecks {
  private readonly checks = new Map<string, SendCheck>();

  /** @throws Error when the name is taken. */
  register(check: SendCheck): void {
    if (this.checks.has(check.name)) throw new Error(`A send check named ${check.name} is registered already`);
    this.checks.set(check.name, check);
  }

  async allow(kind: SendKind, subjectId: string): Promise<boolean> {
    if (kind === 'policyChange' || kind === 'transactional') return true;
    if (this.checks.size === 0) return false;
    for (const check of this.checks.values()) {
      if (!(await check.allows(kind, subjectId))) return false;
    }
    return true;
  }
}

/** The one way a message leaves this module: checked, in the subject's language, never inside a transaction. */
@Injectable()
export class Notifier {
  constructor(
    private readonly db: Database,
    private readonly subjects: Subjects,
    private readonly checks: SendChecks,
  ) {}

  /** @throws Error inside a transaction, or what the channel throws when the hand-over fails. */
  async send(kind: SendKind, subjectId: string, message: Outgoing): Promise<SendResult> {
    if (this.db.isInTransaction) throw new Error('A message is sent inside a transaction');
    if (!(await this.checks.allow(kind, subjectId))) return 'notAllowed';
    const locale = await this.subjects.preferredLocale(subjectId);
    const isHandedOver = await this.subjects.sendTo(subjectId, message.channel, message.compose(locale));
    return isHandedOver ? 'handedOver' : 'notHandedOver';
  }
}
