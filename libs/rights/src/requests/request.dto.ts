import { ApiProperty } from '@nestjs/swagger';
import type { StartedVerification } from '@abide/identity';
import type { Locale, Localized } from '@abide/kernel';
import {
  Flag,
  Id,
  Instant,
  JsonObject,
  ListOf,
  LocalizedText,
  Nested,
  OneOf,
  SomeOf,
  Text,
  Texts,
  Whole,
  type AffectedCount,
  type RetainedCount,
} from '@abide/platform';
import { legalNameIn } from '@abide/rulebook';
import type { Article, ClockDay, ClockStep } from '../clock/request-clock.rules.js';
import { RequestVerification } from './own-request.dto.js';
import { requestActs, type RequestAct } from './request-event.entity.js';
import {
  decisionOutcomes,
  isAboutHeldData,
  requestChannels,
  requestOutcomes,
  requestStates,
  requestTypes,
  type DecisionOutcome,
  type RequestChannel,
  type RequestOutcome,
  type RequestState,
  type RequestType,
} from '../request-kinds.js';
import { askerRoles, type AskerRole } from './request.entity.js';
import type { RequestView } from './request-view.service.js';
import type { QueuedRequest } from './request.queries.js';

class ClockDayDto implements ClockDay {
  @Text({ max: 10, format: 'date' }) readonly date: string = '';
  @OneOf(['holiday', 'paused', 'workedWeekend']) readonly why: ClockDay['why'] = 'holiday';
  @ApiProperty({ type: LocalizedText, required: false }) readonly name?: Localized;
}

class ClockStepDto {
  @OneOf(['receipt', 'verification', 'answer', 'extension']) readonly rule: ClockStep['rule'] = 'receipt';
  @Text({ max: 500, description: 'The article, or the clause that promises it' }) readonly article: string = '';
  @Text({ max: 10, format: 'date', description: 'The day that it begins after' }) readonly from: string = '';
  @Text({ max: 10, format: 'date', description: 'Its last day' }) readonly to: string = '';
  @Whole({ min: 0, max: 10_000, description: 'Days that counted' }) readonly days: number = 0;
  @Whole({ min: 0, max: 10_000, description: 'Weekend days that were passed over' }) readonly weekendDays: number = 0;
  @ListOf(() => ClockDayDto, { max: 1000 }) readonly skipped: readonly ClockDayDto[] = [];
  @ListOf(() => ClockDayDto, { max: 1000 }) readonly workedWeekends: readonly ClockDayDto[] = [];
}

class RequestClockDto {
  @ListOf(() => ClockStepDto, { max: 3 }) readonly trace: readonly ClockStepDto[] = [];
  @JsonObject({ description: 'All that the deadline follows from; `abide request clock` computes it again' })
  readonly facts: object = {};
  @Flag({ description: 'The holidays of a year on the way are not published yet' }) readonly provisional: boolean =
    false;
}

export class RequestLine {
  @Id() readonly id: string = '';
  @Text({ max: 20, example: '261130-7K3M9QA' }) readonly number: string = '';
  @OneOf(requestTypes) readonly type: RequestType = 'access';
  @OneOf(requestStates) readonly state: RequestState = 'open';
  @Texts({ max: 100, maxLength: 80, description: 'Empty: everything held' }) readonly categories: readonly string[] =
    [];
  @Flag({ description: 'Whether it is about what is held, and so without categories about everything' })
  readonly isAboutHeldData: boolean = false;
  @Instant() readonly openedAt: string = '';
  @Instant({ nullable: true, description: 'Null while the person owes an answer, and once it is over' })
  readonly dueAt: string | null = null;
  @Whole({ min: -100_000, max: 100_000, nullable: true, description: 'Whole days until it is due; negative: overdue' })
  readonly daysLeft: number | null = null;
  @Text({ max: 500, description: 'The article, or the clause that promises the time' }) readonly article: string = '';
  @OneOf(requestOutcomes, { nullable: true }) readonly outcome: RequestOutcome | null = null;
  @Instant({ nullable: true }) readonly closedAt: string | null = null;
  @Flag({ description: 'Whether a guardian asks for whom it is about' }) readonly askedByGuardian: boolean = false;
}

class CountDto {
  @Text({ max: 80 }) readonly category: string = '';
  @Text({ max: 120, optional: true }) readonly table?: string;
  @Whole({ min: 0, max: Number.MAX_SAFE_INTEGER }) readonly count: number = 0;
}

class RetainedDto {
  @Text({ max: 80 }) readonly category: string = '';
  @Whole({ min: 0, max: Number.MAX_SAFE_INTEGER }) readonly count: number = 0;
  @Text({ max: 40 }) readonly ground: string = '';
  @Text({ max: 200 }) readonly article: string = '';
  @Instant({ nullable: true }) readonly until: string | null = null;
}

class HolderProgressDto {
  @Text({ max: 80 }) readonly name: string = '';
  @Whole({ min: 1, max: 1000, description: '1, and one more for each appeal' }) readonly round: number = 1;
  @Text({ max: 40, nullable: true, description: 'Null until it has answered' }) readonly outcome: string | null = null;
  @ListOf(() => CountDto, { max: 1000 }) readonly counts: readonly CountDto[] = [];
  @ListOf(() => RetainedDto, { max: 1000 }) readonly retained: readonly RetainedDto[] = [];
  @Instant({ nullable: true }) readonly acknowledgedAt: string | null = null;
  @Id({ nullable: true, description: 'Of what it leaves to a person, until that is done' }) readonly taskId:
    string | null = null;
}

class DecisionDto {
  @Text({ max: 80 }) readonly holder: string = '';
  @Text({ max: 80 }) readonly category: string = '';
  @Whole({ min: 0, max: Number.MAX_SAFE_INTEGER }) readonly count: number = 0;
  @OneOf(decisionOutcomes) readonly outcome: DecisionOutcome = 'grant';
  @Text({ max: 40, nullable: true }) readonly ground: string | null = null;
  @Text({ max: 200, nullable: true }) readonly article: string | null = null;
  @Text({ max: 2000, nullable: true }) readonly reason: string | null = null;
  @Instant({ nullable: true }) readonly until: string | null = null;
}

const packageFormats = ['html', 'json', 'csv'] as const;

class PackageDto {
  @Instant({ description: 'It is destroyed then' }) readonly expiresAt: string = '';
  @Whole({ min: 0, max: 1_000_000, description: 'How often it was fetched' }) readonly downloads: number = 0;
  @SomeOf(packageFormats) readonly formats: readonly string[] = packageFormats;
}

class RequestStepDto {
  @Instant() readonly at: string = '';
  @OneOf(requestActs) readonly act: RequestAct = 'opened';
  @Text({
    max: 120,
    description: 'subject, guardian, representative, system, or the name of an operator where an operator reads',
  })
  readonly by: string = '';
  @Text({ max: 200, nullable: true, description: 'Of a guardian or representative, masked' }) readonly person:
    string | null = null;
  @Text({ max: 5000, nullable: true }) readonly text: string | null = null;
}

class WantedCorrectionDto {
  @Text({ max: 80 }) readonly category: string = '';
  @Text({ max: 1000, description: 'How it is to be; masked for an operator who may not decide' })
  readonly value: string = '';
  @Text({
    max: 1000,
    optional: true,
    nullable: true,
    description: 'For operators: what is held now, masked; null: nothing that an account says',
  })
  readonly held?: string | null;
}

export class AskerDto {
  @OneOf(askerRoles) readonly role: AskerRole = 'contact';
  @Text({ max: 200, description: 'Masked; empty for a relative' }) readonly name: string = '';
}

export type Names = Readonly<Record<string, Localized>>;
export const namesDescription =
  'What people call each kind of data, purpose and holder outside that is named here, by code, in each language';

/** A request as whom it is about and as operators read it. */
export class RequestResponse extends RequestLine {
  @OneOf(requestChannels) readonly channel: RequestChannel = 'app';
  @Text({ max: 5000, nullable: true, description: 'In the person’s words' }) readonly text: string | null = null;
  @ListOf(() => WantedCorrectionDto, { max: 20 }) readonly corrections: readonly WantedCorrectionDto[] = [];
  @Text({ max: 80, nullable: true }) readonly purpose: string | null = null;
  @Text({ max: 500, nullable: true }) readonly target: string | null = null;
  @Text({ max: 80, nullable: true, description: 'Of feedback: the service that it is about' }) readonly service:
    string | null = null;
  @Instant({ nullable: true }) readonly verifiedAt: string | null = null;
  @Nested(() => RequestClockDto) readonly clock: RequestClockDto = new RequestClockDto();
  @ListOf(() => DecisionDto, { max: 1000 }) readonly decisions: readonly DecisionDto[] = [];
  @Text({ max: 5000, nullable: true, description: 'What the person was answered' }) readonly answer: string | null =
    null;
  @Instant({ nullable: true }) readonly waitingUntil: string | null = null;
  @ListOf(() => HolderProgressDto, { max: 1000, description: 'Of every round, the last one first' })
  readonly holders: readonly HolderProgressDto[] = [];
  @Nested(() => PackageDto, { optional: true, description: 'What was asked to be seen' }) readonly package?: PackageDto;
  @ListOf(() => RequestStepDto, { max: 500, description: 'The newest of what happened, the oldest of them first' })
  readonly timeline: readonly RequestStepDto[] = [];
  @JsonObject({ description: namesDescription }) readonly names: Names = {};
  @Texts({
    max: 20,
    maxLength: 200,
    optional: true,
    description: 'For whoever asked: the files that they sent with it',
  })
  readonly files?: readonly string[];
  @Nested(() => AskerDto, {
    optional: true,
    description: 'Who asked for an enterprise or a ward, or about somebody who died',
  })
  readonly asker?: AskerDto;
  @Nested(() => RequestVerification, { optional: true, description: 'While a code is on its way' })
  readonly verification?: RequestVerification;
}

/** A request that was just made, with the code on its way where one was sent. */
export function toOpened(made: RequestResponse, sent: StartedVerification | null): RequestResponse {
  if (!sent) return made;
  const { id, channel, expiresAt } = sent;
  return { ...made, verification: { id, channel, expiresAt: expiresAt.toISOString() } };
}

/** Who reads, and when. */
export interface Reading {
  readonly now: Date;
  readonly locale: Locale;
}

export function toRequestLine(request: QueuedRequest, { now, locale }: Reading): RequestLine {
  return {
    id: request.id,
    number: request.number,
    type: request.type,
    state: request.state,
    categories: request.categories,
    isAboutHeldData: isAboutHeldData(request.type),
    openedAt: request.openedAt.toISOString(),
    dueAt: request.dueAt?.toISOString() ?? null,
    daysLeft: request.dueAt === null ? null : daysUntil(request.dueAt, now),
    article: articleIn(request.article, locale),
    outcome: request.outcome,
    closedAt: request.closedAt?.toISOString() ?? null,
    askedByGuardian: request.askedAs === 'guardian',
  };
}

export function toRequest(view: RequestView, reading: Reading): RequestResponse {
  const { request, content, trace, decisions, holders, events, answer, pack, asker, names, files } = view;
  return {
    ...toRequestLine({ ...request, article: request.clock.answer.article }, reading),
    channel: request.channel,
    text: content.text,
    corrections: content.corrections,
    purpose: request.purpose,
    target: content.target,
    service: content.service ?? null,
    verifiedAt: request.verifiedAt?.toISOString() ?? null,
    clock: {
      facts: request.clock,
      trace: trace.trace.map((step) => ({ ...step, article: articleIn(step.article, reading.locale) })),
      provisional: request.isProvisional,
    },
    decisions: decisions.map(({ until, article, ...decision }) => ({
      ...decision,
      article: article && articleIn(article, reading.locale),
      until: until?.toISOString() ?? null,
    })),
    answer,
    waitingUntil: request.waitingUntil?.toISOString() ?? null,
    holders: holders.map(({ holder: name, round, outcome, counts, retained, answeredAt, taskId }) => ({
      name,
      round,
      outcome,
      counts: counts.map((one: AffectedCount) => ({ ...one })),
      retained: retained.map((one: RetainedCount) => ({
        ...one,
        until: one.until && new Date(one.until).toISOString(),
      })),
      acknowledgedAt: answeredAt?.toISOString() ?? null,
      taskId,
    })),
    ...(pack ? { package: { ...pack, expiresAt: pack.expiresAt.toISOString(), formats: packageFormats } } : {}),
    timeline: events.map(({ at, act, by, person, text }) => ({ at: at.toISOString(), act, by, person, text })),
    names,
    ...(files ? { files } : {}),
    ...(asker ? { asker: { role: asker.role, name: asker.name } } : {}),
  };
}

export function articleIn(article: Article, locale: Locale): string {
  return typeof article === 'string' ? legalNameIn(article, locale) : article[locale];
}

/** Whole days: 0 on the last one, -1 on the first after it. */
function daysUntil(dueAt: Date, now: Date): number {
  return Math.floor((dueAt.getTime() - now.getTime()) / 86_400_000);
}
