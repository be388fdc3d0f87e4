import { Flag, Id, Instant, ListOf, LocalizedText, Nested, OneOf, Text, Texts, Whole } from '@abide/platform';
import {
  retentionEvents,
  retentionOutcomes,
  type RetentionEvent,
  type RetentionOutcome,
  type RetentionPromise,
} from '@abide/rulebook';
import { DueDto, toDue } from './due.dto.js';
import type { HeldUnder, Holding } from './holding.rules.js';
import { nameOf, type HeldDevice, type Holdings } from './holdings.queries.js';

const code = { max: 100 };

export class NamedPurposeDto {
  @Text({ ...code, example: 'service.provision' }) readonly code: string = '';
  @Nested(() => LocalizedText, { nullable: true, description: 'Null where it is not registered any more' })
  readonly name: LocalizedText | null = null;
}

export class HoldingClauseDto {
  @Text({ max: 60, example: 'privacy' }) readonly policy: string = '';
  @Whole({ min: 1, max: 1_000_000 }) readonly revision: number = 1;
  @Id({ nullable: true }) readonly revisionId: string | null = null;
  @Text({ max: 80 }) readonly clauseId: string = '';
  @Nested(() => LocalizedText, { nullable: true }) readonly heading: LocalizedText | null = null;
}

export class HeldUnderDto extends HoldingClauseDto {
  @Texts({ max: 1000, maxLength: 100, description: 'The purposes that rest on this clause' })
  readonly purposes: readonly string[] = [];
}

export class HoldingRetentionDto extends HoldingClauseDto {
  @Text({ ...code, nullable: true, description: 'Null: every service' }) readonly service: string | null = null;
  @Text({
    max: 30,
    nullable: true,
    example: 'P6M',
    description: 'How long each record stays, counted from when it occurred (ISO 8601)',
  })
  readonly period: string | null = null;
  @ListOf(() => NamedPurposeDto, {
    max: 200,
    nullable: true,
    description: 'For which purposes it stays so long; null: whatever it is for',
  })
  readonly purposes: readonly NamedPurposeDto[] | null = null;
  @OneOf(retentionEvents, { nullable: true, description: 'Or until what it stays' })
  readonly until: RetentionEvent | null = null;
  @OneOf(retentionOutcomes, { description: 'What happens then' }) readonly then: RetentionOutcome = 'delete';
  @Text({ max: 30, nullable: true, description: 'The law’s minimum, where the clause names one' })
  readonly minimumPeriod: string | null = null;
}

/** What is held of one category, why, and how long. */
export class HoldingDto {
  @Text({
    ...code,
    example: 'log.browsing',
    description: '`none`: about the records themselves, such as proof that a notice was given',
  })
  readonly category: string = '';
  @Nested(() => LocalizedText, { nullable: true, description: 'Null where the category is not registered' })
  readonly name: LocalizedText | null = null;
  @Flag({ description: 'Everything about a person under 14 is' }) readonly sensitive: boolean = false;
  @Whole({ min: 1, max: Number.MAX_SAFE_INTEGER, description: 'How many records' }) readonly count: number = 0;
  @Instant({ nullable: true, description: 'When the oldest was collected' }) readonly since: string | null = null;
  @Instant({
    nullable: true,
    description: 'When the last of those that have a date falls due; null where `retention` alone tells',
  })
  readonly until: string | null = null;
  @Nested(() => DueDto, {
    nullable: true,
    description:
      'Among them, what is over its time and still stored until it is swept: no purpose may use it any more. Null: nothing is',
  })
  readonly due: DueDto | null = null;
  @Flag({ description: 'Some of it has no date and stays until an event' }) readonly openEnded: boolean = false;
  @ListOf(() => NamedPurposeDto, { max: 1000 }) readonly purposes: readonly NamedPurposeDto[] = [];
  @ListOf(() => HeldUnderDto, {
    max: 5000,
    description: 'What it rests on. Empty: no clause covers it, as with proof of what was agreed or done.',
  })
  readonly clauses: readonly HeldUnderDto[] = [];
  @ListOf(() => HoldingRetentionDto, {
    max: 1000,
    description: 'The promises in force; several where services, or what it is for, make a difference',
  })
  readonly retention: readonly HoldingRetentionDto[] = [];
}

export class HeldDeviceDto {
  @Id() readonly deviceId: string = '';
  @Instant() readonly linkedAt: string = '';
  @Instant({ nullable: true, description: 'When somebody else said that the device is theirs' }) readonly endedAt:
    string | null = null;
  @ListOf(() => HoldingDto, { max: 1000, description: 'Only what was collected while it was the subject’s' })
  readonly items: readonly HoldingDto[] = [];
}

export class HoldingsResponse {
  @ListOf(() => HoldingDto, { max: 1000, description: 'By the code of the category' })
  readonly items: readonly HoldingDto[] = [];
  @ListOf(() => HeldDeviceDto, { max: 100, description: 'The linked devices, in the order of their links' })
  readonly devices: readonly HeldDeviceDto[] = [];
}

export function toHoldings(holdings: Holdings): HoldingsResponse {
  return {
    items: holdings.own.map((one) => toHolding(one, holdings)),
    devices: holdings.devices.map((one) => toDevice(one, holdings)),
  };
}

function toDevice({ deviceId, linkedAt, endedAt, holdings: held }: HeldDevice, holdings: Holdings): HeldDeviceDto {
  return {
    deviceId,
    linkedAt: linkedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    items: held.map((one) => toHolding(one, holdings)),
  };
}

function toHolding(
  { category, count, since, until, due, isOpenEnded, purposes, clauses, retention }: Holding,
  holdings: Holdings,
): HoldingDto {
  const registered = holdings.categories.get(category);
  return {
    category,
    count,
    name: registered?.label ?? null,
    sensitive: category !== 'none' && (holdings.isAllSensitive || (registered?.isSensitive ?? false)),
    since: since?.toISOString() ?? null,
    until: until?.toISOString() ?? null,
    due: toDue(due),
    openEnded: isOpenEnded,
    purposes: purposes.map((one) => named(one, holdings)),
    clauses: clauses.map((clause) => ({ ...toClause(clause, holdings), purposes: clause.purposes })),
    retention: retention.map((promise) => toRetention(promise, holdings)),
  };
}

function toRetention(promise: RetentionPromise, holdings: Holdings): HoldingRetentionDto {
  const { service, period, until, then, minimum } = promise;
  const purposes = promise.purposes?.map((one) => named(one, holdings)) ?? null;
  const minimumPeriod = minimum?.period ?? null;
  return { ...toClause(promise, holdings), service, purposes, period, until, then, minimumPeriod };
}

function named(code: string, { purposes }: Holdings): NamedPurposeDto {
  return { code, name: purposes.get(code) ?? null };
}

export function toClause(
  { policy, revision, clauseId }: Omit<HeldUnder, 'purposes'>,
  { revisions }: Pick<Holdings, 'revisions'>,
): HoldingClauseDto {
  const cited = revisions.get(nameOf({ policy, number: revision }));
  return {
    policy,
    revision,
    clauseId,
    revisionId: cited?.id ?? null,
    heading: cited?.document.clauses.find(({ id }) => id === clauseId)?.heading ?? null,
  };
}
