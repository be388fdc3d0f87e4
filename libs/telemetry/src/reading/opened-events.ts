import { Injectable } from '@nestjs/common';
import type { CategoryPrecision } from '@abide/consent';
import { Database } from '@abide/platform';
import { Vault, type Place } from '@abide/vault';
import { truncated } from '../schemas/precision.rules.js';
import type { StoredEvent } from './stored-event.js';

type Values = Readonly<Record<string, unknown>>;

/** An event with what was sealed of it. */
export interface OpenedEvent extends Omit<StoredEvent, 'personal'> {
  readonly personal: Values;
}

/** What is sealed of an event: its attributes too where the subject marked it as sensitive. */
export interface SealedPart {
  readonly personal: Values;
  readonly attributes?: Values;
}

/** Opens stored events, each as exactly as it may be seen. */
@Injectable()
export class OpenedEvents {
  constructor(
    private readonly db: Database,
    private readonly vault: Vault,
  ) {}

  /** In the order of the rows. @throws DomainError `vault.key_destroyed` */
  open(rows: readonly StoredEvent[], precisionOf: (row: StoredEvent) => CategoryPrecision): Promise<OpenedEvent[]> {
    return this.db.transaction(async () => {
      await this.vault.prepare([...new Set(rows.map(({ subjectId }) => subjectId))], 'open');
      return rows.map((row) => this.openOne(row, precisionOf(row)));
    });
  }

  /** What is sealed of one event, by field. */
  async sealedFields(row: StoredEvent): Promise<Values> {
    const { personal, attributes } = await this.sealedPartOf(row);
    return { ...attributes, ...personal };
  }

  async sealedPartOf(row: StoredEvent): Promise<SealedPart> {
    return partOf(row.personal && (await this.vault.open(placeOf(row), row.personal)));
  }

  private openOne(row: StoredEvent, precision: CategoryPrecision): OpenedEvent {
    const { personal, attributes } = partOf(row.personal && this.vault.openPrepared(placeOf(row), row.personal));
    const parts = { attributes: { ...row.attributes, ...attributes }, personal };
    return { ...row, ...(precision === 'exact' ? parts : truncated(parts)) };
  }
}

function placeOf({ subjectId, eventId: rowId }: StoredEvent): Place {
  return { subjectId, table: 'telemetry.events', column: 'personal', rowId };
}

function partOf(text: string | null): SealedPart {
  return text === null ? { personal: {} } : (JSON.parse(text) as SealedPart);
}
