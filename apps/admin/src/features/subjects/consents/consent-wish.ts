import type { Schemas } from '@abide/client';
import type { ConsentStanding } from '../subjects.types.js';

export type ConsentWish = Schemas['RecordConsentRequest'];
export type SeparateChoice = ConsentStanding['separately'][number];

/** What the dialog asks for. `about`: which of the separate choices, by their place; empty for the whole purpose. */
export interface WishForm {
  readonly purpose: string;
  readonly state: ConsentWish['state'];
  readonly about?: string;
  /** Of a child: whose word it is. */
  readonly guardianshipId?: string;
  readonly channel?: string;
  readonly occurredAt?: string | null;
  readonly evidence: string;
  readonly reason: string;
}

/** The wish as it is sent: a choice that is named by itself narrows it to its category, service, recipient and region. */
export function wishOf(
  { about = '', channel, occurredAt, ...wish }: WishForm,
  separately: readonly SeparateChoice[],
): ConsentWish {
  const choice = about === '' ? undefined : separately[Number(about)];
  return {
    ...wish,
    ...(channel ? { channel } : {}),
    ...(occurredAt ? { occurredAt } : {}),
    ...(choice ? scopeOf(choice) : {}),
  };
}

function scopeOf({ category, service, recipient, region }: SeparateChoice): Partial<ConsentWish> {
  return {
    categories: [category],
    ...(service ? { service } : {}),
    ...(recipient ? { recipientId: recipient } : {}),
    ...(region ? { region } : {}),
  };
}
