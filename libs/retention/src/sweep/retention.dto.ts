import { Flag, Id, Instant, ListOf, OneOf, PageQuery, Text, Texts, Whole } from '@abide/platform';
import { runReasons, runStates, type SweepRun } from './sweep-runs.queries.js';

const code = { max: 100 };
const count = { min: 0, max: Number.MAX_SAFE_INTEGER };

export class ListRetentionRuns extends PageQuery {}

export class StartRetentionRun {
  @Flag({ description: 'Only counts what would go' }) readonly dryRun: boolean = true;
}

class RunCategory {
  @Text(code) readonly category: string = '';
  @Whole({ ...count, description: 'What went; of a dry run, what would go' }) readonly records: number = 0;
  @Whole({ ...count, description: 'What is due and stays, since a hold covers it or a term has it stored only' })
  readonly spared: number = 0;
}

export class RetentionRunResponse {
  @Id() readonly id: string = '';
  @Flag({ description: 'Nothing is deleted' }) readonly isDry: boolean = true;
  @OneOf(runStates) readonly state: SweepRun['state'] = 'asked';
  @OneOf(runReasons, {
    description: 'overdue: so much was due that somebody is to look first; approval: somebody did',
  })
  readonly reason: SweepRun['reason'] = 'schedule';
  @Instant() readonly askedAt: string = '';
  @Text({ max: 200, nullable: true, description: 'The operator who asked for it, by name' })
  readonly askedBy: string | null = null;
  @Instant({ description: 'What fell due at or before this instant' }) readonly dueAt: string = '';
  @Instant({ nullable: true }) readonly endedAt: string | null = null;
  @Text({ max: 200, nullable: true, description: 'Who let it be done, by name' }) readonly approvedBy: string | null =
    null;
  @Instant({ nullable: true }) readonly approvedAt: string | null = null;
  @Texts({ max: 100, maxLength: 100, description: 'The holders that could not be swept; they are tried again' })
  readonly failed: readonly string[] = [];
  @Whole(count) readonly records: number = 0;
  @Whole(count) readonly spared: number = 0;
  @ListOf(() => RunCategory, { max: 1000, description: 'The most first' }) readonly categories: readonly RunCategory[] =
    [];
}

class OverdueCategory {
  @Text({ ...code, description: 'Who holds it' }) readonly holder: string = '';
  @Text(code) readonly category: string = '';
  @Whole(count) readonly records: number = 0;
}

/** How the deletion of what is due stands. */
export class RetentionStandingResponse {
  @Instant({ nullable: true, description: 'When what is due was last deleted; null: never' })
  readonly sweptAt: string | null = null;
  @Id({ nullable: true, description: 'The dry run that waits for somebody to look at it' })
  readonly waitingRunId: string | null = null;
  @Whole({ ...count, description: 'What the waiting run would delete' }) readonly waitingRecords: number = 0;
  @ListOf(() => OverdueCategory, { max: 1000, description: 'What was due a day ago and is there still' })
  readonly overdue: readonly OverdueCategory[] = [];
}

class ForecastMonthDto {
  @Text(code) readonly category: string = '';
  @Text({ max: 10, example: '2027-03-01', description: 'The first day of the month (UTC)' }) readonly month: string =
    '';
  @Whole(count) readonly records: number = 0;
}

export class RetentionForecastResponse {
  @Instant({ nullable: true, description: 'When it was counted, once a day; null: not yet' })
  readonly countedAt: string | null = null;
  @ListOf(() => ForecastMonthDto, { max: 100_000, description: 'The earliest month first' })
  readonly months: readonly ForecastMonthDto[] = [];
}

class RetentionSchedule {
  @Text(code) readonly category: string = '';
  @Text({ ...code, nullable: true, description: 'Null: every service' }) readonly service: string | null = null;
  @Texts({ max: 200, maxLength: 100, nullable: true, description: 'Null: whatever it is for' })
  readonly purposes: readonly string[] | null = null;
  @Text({ max: 40, nullable: true, example: 'P6M', description: 'Null: until an event' }) readonly period:
    string | null = null;
  @Text({ max: 40, nullable: true, description: 'The event until which it is kept' }) readonly until: string | null =
    null;
  @Text({ max: 40, description: 'What happens then: delete, anonymise or restrict' }) readonly then: string = '';
  @Text({ max: 40, nullable: true, description: 'The law has it kept as long' }) readonly minimum: string | null = null;
  @Text({ max: 60 }) readonly policy: string = '';
  @Whole({ min: 1, max: 1_000_000 }) readonly revision: number = 1;
  @Text({ max: 80 }) readonly clauseId: string = '';
}

export class RetentionSchedulesResponse {
  @ListOf(() => RetentionSchedule, { max: 10_000, description: 'By category' })
  readonly items: readonly RetentionSchedule[] = [];
}
