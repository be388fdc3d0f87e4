import { Injectable } from '@nestjs/common';
import type { Channel } from '@abide/platform';

export type SendKind = 'policyChange' | 'survey' | 'marketing' | 'transactional';

export const outreachKinds = ['survey', 'marketing'] as const;
/** What we would like to send and owe nobody: only with consent, and each with a link that ends it. */
export type OutreachKind = (typeof outreachKinds)[number];

/** Whether messages of a kind may go to a subject on a channel; offered by modules that know the subject's choices. */
export interface SendCheck {
  readonly name: string;
  allows(kind: SendKind, subjectId: string, channel: Channel): Promise<boolean>;
  /**
   * Where one click, or one POST without a body of ours, ends messages of this kind to the subject (RFC 8058): an absolute
   * address, or a path below the public address.
   */
  unsubscribeLink?(kind: SendKind, subjectId: string): Promise<string>;
}

/**
 * The registry of send checks. What we owe the subject (policy changes, transactional messages) always goes; surveys and
 * marketing only where every check allows it and one of them offers to unsubscribe.
 */
@Injectable()
export class SendChecks {
  private readonly checks = new Map<string, SendCheck>();

  /** @throws Error when the name is taken. */
  register(check: SendCheck): void {
    if (this.checks.has(check.name)) throw new Error(`A send check named ${check.name} is registered already`);
    this.checks.set(check.name, check);
  }

  async allow(kind: SendKind, subjectId: string, channel: Channel): Promise<boolean> {
    if (!isOutreach(kind)) return true;
    if (!this.offersToUnsubscribe) return false;
    for (const check of this.checks.values()) {
      if (!(await check.allows(kind, subjectId, channel))) return false;
    }
    return true;
  }

  /** The link of the first check that offers one; null where none does. */
  async findUnsubscribeLink(kind: OutreachKind, subjectId: string): Promise<string | null> {
    for (const check of this.checks.values()) {
      if (check.unsubscribeLink) return check.unsubscribeLink(kind, subjectId);
    }
    return null;
  }

  private get offersToUnsubscribe(): boolean {
    return [...this.checks.values()].some(({ unsubscribeLink }) => unsubscribeLink !== undefined);
  }
}

export function isOutreach(kind: SendKind): kind is OutreachKind {
  return outreachKinds.some((one) => one === kind);
}
