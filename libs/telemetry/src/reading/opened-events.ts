import { Injectable } from '@nestjs/common';
import type { CategoryPrecision } from '@abide/consent';
import { Database } from '@abide/platform';
import { Vault, type Place } from '@abide/vault';
import { truncated } from '../schemas/precision.rules.js';
import type { StoredEvent } from './stored-event.js';

type Values = Readonly<Record<string, unknown>>;

const sealed = { table: 'telemetry.events', column: 'personal' };

/** What opening an event takes. */
type SealedEvent = Pick<StoredEvent, 'subjectId' | 'eventId' | 'attributes' | 'personal'>;

type Opened<Row> = Omit<Row, 'personal'> & { readonly personal: Values };

/** An event with what was sealed of it. */
export type OpenedEvent = Opened<StoredEvent>;

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
  open<Row extends SealedEvent>(
    rows: readonly Row[],
    precisionOf: (row: Row) => CategoryPrecision,
  ): Promise<Opened<Row>[]> {
    return this.db.transaction(async () => {
      const subjectIds = [...new Set(rows.map(({ subjectId }) => subjectId))];
      await this.vault.prepare(subjectIds, 'open');
      const openers = new Map(subjectIds.map((subjectId) => [subjectId, this.vault.opener({ subjectId, ...sealed })]));
      return rows.map((row) => {
        const text = row.personal && openers.get(row.subjectId)?.(row.eventId, row.personal);
        return openedOf(row, partOf(text ?? null), precisionOf(row));
      });
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
}

function openedOf<Row extends SealedEvent>(
  row: Row,
  { personal, attributes }: SealedPart,
  precision: CategoryPrecision,
): Opened<Row> {
  const parts = { attributes: attributes ? { ...row.attributes, ...attributes } : row.attributes, personal };
  return { ...row, ...(precision === 'exact' ? parts : truncated(parts)) };
}

function placeOf({ subjectId, eventId: rowId }: StoredEvent): Place {
  return { subjectId, ...sealed, rowId };
}

function partOf(text: string | null): SealedPart {
  return text === null ? { personal: {} } : (JSON.parse(text) as SealedPart);
}
