import { Id, Instant, ListOf, Nested, Text, type HeldRow } from '@abide/platform';
import type { Page } from '@abide/kernel';
import type { HoldingRows } from './holding-rows.queries.js';
import { HoldingClauseDto, NamedPurposeDto, toClause } from './holdings.dto.js';

export class HoldingRowGroundDto extends HoldingClauseDto {
  @Nested(() => NamedPurposeDto) readonly purpose: NamedPurposeDto = new NamedPurposeDto();
  @Id({ nullable: true, description: 'The consent event that it rests on; null where it rests on none' })
  readonly consentEventId: string | null = null;
}

/** One record that is held, and why; not what it says. */
export class HoldingRowDto {
  @Instant({ description: 'When it occurred or was given' }) readonly at: string = '';
  @Text({ max: 100, nullable: true, description: 'Null where none is named' }) readonly service: string | null = null;
  @Instant({ nullable: true, description: 'When it falls due; null: with an event, such as closing the account' })
  readonly dueAt: string | null = null;
  @ListOf(() => HoldingRowGroundDto, {
    max: 1000,
    description: 'Empty: no clause covers it, or it serves no purpose any more and goes when it is due',
  })
  readonly grounds: readonly HoldingRowGroundDto[] = [];
}

export function toHoldingRows(rows: HoldingRows): Page<HoldingRowDto> {
  return { items: rows.items.map((row) => toRow(row, rows)), nextCursor: rows.nextCursor };
}

function toRow({ at, service, dueAt, grounds }: HeldRow, rows: HoldingRows): HoldingRowDto {
  return {
    at: at.toISOString(),
    service,
    dueAt: dueAt?.toISOString() ?? null,
    grounds: grounds.map(({ purpose, consentEventId, ...clause }) => ({
      ...toClause(clause, rows),
      purpose: { code: purpose, name: rows.purposes.get(purpose) ?? null },
      consentEventId: consentEventId ?? null,
    })),
  };
}
