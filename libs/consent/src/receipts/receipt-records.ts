import { createHash } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { Config } from '@abide/platform';
import type { Giver, ConsentAct } from '../events/consent-event.entity.js';
import {
  eventStates,
  processingOf,
  schemaVersion,
  type Controller,
  type ProcessingFacts,
} from './receipt-record.rules.js';

/** What tells one record from another that says the same. */
export interface RecordedEvent {
  readonly subjectId: string;
  readonly eventId: string;
  readonly receiptId: string;
  readonly act: ConsentAct;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  /** Of a grant: when it ends by itself, or ended before it was heard of; null for neither. */
  readonly endsAt: Date | null;
  readonly givenBy: Giver;
  readonly giverId: string | null;
  readonly wordingHash: string | null;
  readonly channel: string;
}

type Common = Omit<ProcessingFacts, 'controller'> & { readonly key: string };

const mostKept = 500;

/** Writes the records of consent events: JSON after ISO/IEC TS 27560. What many share is put together once. */
@Injectable()
export class ReceiptRecords {
  private readonly controller: Controller;
  private readonly kept = new Map<string, string>();

  constructor(config: Config) {
    this.controller = {
      name: config.get('ABIDE_CONTROLLER_NAME'),
      address: config.get('ABIDE_CONTROLLER_ADDRESS'),
      site: config.publicUrl,
    };
    if (config.isProduction && this.controller.address === 'not stated')
      new Logger('Receipts').warn(
        'ABIDE_CONTROLLER_NAME and ABIDE_CONTROLLER_ADDRESS are not set: receipts cannot say who answers for the processing',
      );
  }

  /** The record as it is signed. `common.key` stands for everything in `common`. */
  write(common: Common, event: RecordedEvent): string {
    const own = {
      schema_version: schemaVersion,
      record_id: event.eventId,
      receipt_id: event.receiptId,
      pii_principal_id: event.subjectId,
      events: [eventOf(event)],
    };
    const text = JSON.stringify(own);
    return `${text.slice(0, -1)},${this.shared(common)}}`;
  }

  private shared({ key, ...facts }: Common): string {
    const known = this.kept.get(key);
    if (known !== undefined) return known;
    const text = JSON.stringify(processingOf({ ...facts, controller: this.controller })).slice(1, -1);
    const oldest = this.kept.size >= mostKept ? this.kept.keys().next().value : undefined;
    if (oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(key, text);
    return text;
  }
}

function eventOf({
  act,
  occurredAt,
  recordedAt,
  endsAt,
  givenBy,
  giverId,
  subjectId,
  wordingHash,
  channel,
}: RecordedEvent): object {
  return {
    event_time: occurredAt.toISOString(),
    recorded_time: recordedAt.toISOString(),
    validity_duration: validityOf({ act, occurredAt, endsAt }),
    entity_id: giverId ?? subjectId,
    event_type: givenBy,
    event_state: eventStates[act],
    wording_hash: wordingHash,
    channel,
  };
}

/** What is no consent, or none any more, is not valid until it is withdrawn. */
function validityOf({ act, occurredAt, endsAt }: Pick<RecordedEvent, 'act' | 'occurredAt' | 'endsAt'>): string {
  if (act === 'withdrawal' || act === 'refusal') return 'none';
  const end = act === 'expiry' ? occurredAt : endsAt;
  return end === null ? 'until withdrawn' : `until ${end.toISOString()}`;
}

/** SHA-256 of a record, hexadecimal: what the audit trail keeps of it. */
export function recordHash(record: string): string {
  return createHash('sha256').update(record).digest('hex');
}
