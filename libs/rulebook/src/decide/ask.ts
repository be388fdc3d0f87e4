import type { RecipientEntry } from '../document.js';
import type { CrossServiceData, CrossServiceForm } from '../vocabulary.js';
import type { Instant } from './facts.js';

/** One category and one purpose of a question, with what the rulebook knows of the recipient. */
export interface Ask {
  readonly action: 'collect' | 'use' | 'share';
  readonly category: string;
  readonly purpose: string;
  readonly service: string | null;
  readonly fromService: string | null;
  readonly form: CrossServiceForm;
  readonly data: CrossServiceData;
  readonly groupSize: number | null;
  readonly recipient: string | null;
  readonly recipientEntry: RecipientEntry | null;
  /** Where the data goes: the recipient's own region first, then the one that the question adds. */
  readonly regions: readonly string[];
  /** What is asked about stays on the device. */
  readonly isOnDevice: boolean;
  readonly occurredAt: Instant;
  readonly at: Instant;
}

/** What the word of a subject is asked about. */
export type ConsentAsk = Omit<Ask, 'form' | 'data' | 'isOnDevice' | 'occurredAt'>;
