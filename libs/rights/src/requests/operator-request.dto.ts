import { ApiProperty } from '@nestjs/swagger';
import type { AttachmentFacts } from '@abide/attachments';
import { isSignInCategory, maskIdentifier, roles, type Role } from '@abide/identity';
import { locales, type Locale } from '@abide/kernel';
import {
  Day,
  Flag,
  Id,
  Instant,
  JsonObject,
  ListOf,
  Nested,
  OneOf,
  PageQuery,
  retentionGrounds,
  Text,
  Texts,
  Whole,
  type StayingGround,
} from '@abide/platform';
import { unknownWhys, type DecisionItem, type Finding, type UnknownWhy } from '../findings/finding.rules.js';
import type { Colleague } from './colleagues.service.js';
import {
  decisionOutcomes,
  requestChannels,
  requestStates,
  requestTypes,
  type DecisionOutcome,
  type RequestChannel,
  type RequestState,
  type RequestType,
} from '../request-kinds.js';
import { DecisionOptionsDto } from './decision-options.dto.js';
import {
  ageFilters,
  dueFilters,
  onlyFilters,
  type AgeFilter,
  type DueFilter,
  type OnlyFilter,
} from './queue-filter.js';
import { articleIn, AskerDto, namesDescription, RequestLine, RequestResponse, type Names } from './request.dto.js';
import type { RequestView } from './request-view.service.js';
import type { LeftTask } from './task-answerers.js';

export const queueOrders = ['due', 'newest'] as const;

export class ListRequests extends PageQuery {
  @OneOf(requestStates, { optional: true }) readonly state?: RequestState;
  @OneOf(requestTypes, { optional: true }) readonly type?: RequestType;
  @Text({
    max: 36,
    optional: true,
    description: 'me, nobody, or the id of an operator',
    pattern: /^(me|nobody|[0-9a-f-]{36})$/,
  })
  readonly assignee?: string;
  @OneOf(dueFilters, {
    optional: true,
    description: 'overdue, until the end of today, until the end of the sixth day after it',
  })
  readonly due?: DueFilter;
  @OneOf(onlyFilters, {
    optional: true,
    description:
      'second: waits for a second look that whoever asks may give; unreachable: a holder does not answer; manual: a holder leaves something to a person, or is gone; appeals: decided anew; officer: waits for a decision that only a privacy officer may make',
  })
  readonly only?: OnlyFilter;
  @Text({ max: 20, optional: true, description: 'Exactly this one', pattern: /^\d{6}-[0-9A-Z]{7}$/ })
  readonly number?: string;
  @Day({ optional: true, description: 'Arrived in the week of this day, as the figures count it' })
  readonly arrivedIn?: string;
  @Day({ optional: true, description: 'Answered in the week of this day, as the figures count it' })
  readonly answeredIn?: string;
  @OneOf(ageFilters, {
    optional: true,
    description: 'Not over, and asked up to so many days ago but longer ago than those of the age before',
  })
  readonly age?: AgeFilter;
  @Id({ optional: true, description: 'Of this person alone, newest first' }) readonly subjectId?: string;
  @OneOf(queueOrders, {
    optional: true,
    description:
      'due (as it is without it): what falls due first, first; newest also where what is asked for has no deadline',
  })
  readonly sort?: (typeof queueOrders)[number];
}

export class AssignRequest {
  @Id({ nullable: true, description: 'Who answers it; null: nobody, for now' }) readonly operatorId: string | null =
    null;
}

export class AskSubject {
  @Text({ max: 5000, description: 'What the person is asked; the time to answer stands still until they reply' })
  readonly text: string = '';
}

export class SendDecisionBack {
  @Text({ max: 2000, description: 'Why it is decided anew; for operators alone' }) readonly reason: string = '';
}

export class WrittenReason {
  @Text({ max: 2000, description: 'In writing; the person reads it' }) readonly reason: string = '';
}

export class ConfirmDecision {
  @Text({ max: 2000, optional: true }) readonly comment?: string;
}

class DecisionItemDto {
  @Text({ max: 80, optional: true, description: 'Left out: wherever it is held' }) readonly holder?: string;
  @Text({ max: 80 }) readonly category: string = '';
  @OneOf(decisionOutcomes) readonly outcome: DecisionOutcome = 'grant';
  @OneOf(retentionGrounds, { optional: true }) readonly ground?: StayingGround['ground'];
  @Text({ max: 200, optional: true }) readonly article?: string;
  @Text({ max: 2000, optional: true }) readonly reason?: string;
  @Instant({ optional: true, nullable: true }) readonly until?: string | null;
}

export class DecideRequest {
  @OneOf(['grant', 'refuse', 'perCategory'], { description: 'grant: all that no exemption keeps' })
  readonly outcome: 'grant' | 'refuse' | 'perCategory' = 'grant';
  @ListOf(() => DecisionItemDto, { max: 1000, optional: true }) readonly items?: DecisionItemDto[];
  @Text({ max: 2000, optional: true, description: 'Of a refusal, in writing' }) readonly reason?: string;
  @Text({ max: 5000, optional: true, description: 'What the person is answered' }) readonly text?: string;
}

/** A request in the queue. */
export class QueuedRequestResponse extends RequestLine {
  @JsonObject({ description: namesDescription }) readonly names: Names = {};
  @Id({ description: 'Whom it is about' }) readonly subjectId: string = '';
  @ApiProperty({ type: String, nullable: true, description: 'Who answers it, by name' }) readonly assignee:
    string | null = null;
  @OneOf(requestChannels) readonly channel: RequestChannel = 'app';
  @Text({ max: 200, nullable: true, description: 'Whom it is about, masked; null where no name is kept' })
  readonly personName: string | null = null;
  @Flag({ description: 'Whether whom it is about has an account' }) readonly hasAccount: boolean = false;
  @Flag({ description: 'Whether it is decided anew' }) readonly isAppeal: boolean = false;
  @Flag({ description: 'Whether it was taken into an earlier one of its kind' }) readonly isJoined: boolean = false;
  @Flag({ description: 'Whether it is about an enterprise' }) readonly isEnterprise: boolean = false;
  @Nested(() => AskerDto, { optional: true, description: 'Who asked for it' }) readonly asker?: AskerDto;
  @Text({ max: 200, nullable: true, description: 'Whom a guardian asks for, masked' }) readonly wardName:
    string | null = null;
}

class RequesterDto {
  @Text({ max: 254, description: 'Masked' }) readonly address: string = '';
  @Text({ max: 100, nullable: true, description: 'As they said' }) readonly name: string | null = null;
  @Text({ max: 200, nullable: true, description: 'To somebody who died and whose data it is about' })
  readonly relation: string | null = null;
  @Flag({ description: 'Whether they proved that they read the address' }) readonly isProven: boolean = false;
  @Flag({ description: 'Whether somebody here has confirmed it, so that the request is about their account' })
  readonly hasAccount: boolean = false;
  @Flag({
    description:
      'Whether the address is of an account whose owner died, or that is closed: whoever reads it now is another, and asks about nobody known',
  })
  readonly isAccountEnded: boolean = false;
}

class RequestAttachmentDto {
  @Id() readonly id: string = '';
  @Text({ max: 200 }) readonly name: string = '';
  @Text({ max: 80, description: 'By its content' }) readonly type: string = '';
  @Whole({ min: 1, max: Number.MAX_SAFE_INTEGER }) readonly bytes: number = 1;
  @Instant() readonly uploadedAt: string = '';
}

export function toAttachments(files: readonly AttachmentFacts[]): RequestAttachmentDto[] {
  return files.map(({ uploadedAt, ...file }) => ({ ...file, uploadedAt: uploadedAt.toISOString() }));
}

/** Who asked, as operators read it. */
export function toRequester(
  { request, content: { requester } }: RequestView,
  hasAccount: boolean,
): RequesterDto | null {
  if (!requester) return null;
  const { identifier, name, relation, isAccountEnded = false } = requester;
  const address = maskIdentifier(identifier.type, identifier.value);
  return { address, name, relation, isProven: request.verifiedAt !== null, hasAccount, isAccountEnded };
}

class LeftTaskDto implements LeftTask {
  @Id() readonly id: string = '';
  @Text({ max: 80 }) readonly holder: string = '';
  @OneOf(roles, {
    nullable: true,
    description: 'Everybody who holds it; null where operators are named, or whoever answers requests may',
  })
  readonly role: Role | null = null;
  @Texts({ max: 20, maxLength: 200, description: 'Operators who are named' }) readonly people: readonly string[] = [];
  @Flag({ description: 'Whether the operator who asks may say that it is done' }) readonly isYours: boolean = false;
}

class JoinedToDto {
  @Id() readonly id: string = '';
  @Text({ max: 20 }) readonly number: string = '';
}

class PossibleExtensionDto {
  @Instant({ nullable: true, description: 'Until when; null while the person owes an answer' })
  readonly dueAt: string | null = null;
  @Text({ max: 500, description: 'Where it is provided' }) readonly article: string = '';
}

export class OperatorRequestResponse extends RequestResponse {
  @Id({ description: 'Whom it is about' }) readonly subjectId: string = '';
  @OneOf(locales, { description: 'In which the person is answered' }) readonly locale: Locale = 'zh-CN';
  @Id({ nullable: true }) readonly assigneeId: string | null = null;
  @ApiProperty({ type: String, nullable: true, description: 'Who answers it, by name' }) readonly assignee:
    string | null = null;
  @Text({ max: 200, nullable: true, description: 'Whom it is about, masked; null where no name is kept' })
  readonly personName: string | null = null;
  @Flag({ description: 'Whether it is decided anew' }) readonly isAppeal: boolean = false;
  @Nested(() => JoinedToDto, { nullable: true, description: 'The earlier one of its kind that took it in' })
  readonly joinedTo: JoinedToDto | null = null;
  @Nested(() => PossibleExtensionDto, { nullable: true, description: 'Null where the deadline cannot be extended now' })
  readonly extension: PossibleExtensionDto | null = null;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'How they came in who made it with help, and what they showed',
  })
  readonly evidence: string | null = null;
  @Flag({ description: 'Whether it is about an enterprise' }) readonly isEnterprise: boolean = false;
  @Id({ nullable: true, description: 'Who asked for an enterprise or a ward' }) readonly askerId: string | null = null;
  @Text({ max: 200, nullable: true, description: 'Whom a guardian asks for, masked' }) readonly wardName:
    string | null = null;
  @Id({ nullable: true, description: 'Of a near relative’s: the request as they made it, with their evidence' })
  readonly linkedFrom: string | null = null;
  @ApiProperty({ type: RequesterDto, nullable: true, description: 'Who asked without signing in' })
  readonly requester: RequesterDto | null = null;
  @ListOf(() => RequestAttachmentDto, { max: 20, description: 'What it rests on' })
  readonly attachments: readonly RequestAttachmentDto[] = [];
  @Flag({ description: 'Of a minor: what anybody wrote is left out until a colleague lets whoever asks look at it' })
  readonly isWithheld: boolean = false;
  @ListOf(() => LeftTaskDto, { max: 100, description: 'What holders leave to a person, and to whom' })
  readonly tasks: readonly LeftTaskDto[] = [];
  @Flag({
    description: 'Whether an account is to be closed on one proof alone, so that granting it takes a second operator',
  })
  readonly lacksSecondProof: boolean = false;
  @Flag({ description: 'Whether the operator who asks may decide it, and sees what they would decide on' })
  readonly mayDecide: boolean = false;
  @Nested(() => DecisionOptionsDto) readonly deciding: DecisionOptionsDto = new DecisionOptionsDto();
  @Flag({ nullable: true, description: 'Whether it was answered by its deadline; null before it is answered' })
  readonly isInTime: boolean | null = null;
}

class ColleagueDto implements Colleague {
  @Id() readonly id: string = '';
  @Text({ max: 200 }) readonly name: string = '';
  @Flag({ description: 'Whether they may decide it as it stands now' }) readonly mayDecide: boolean = false;
  @Flag({ description: 'Whether they decide on every kind of request' }) readonly isOfficer: boolean = false;
}

/** Who may answer a request. */
export class ColleaguesResponse {
  @ListOf(() => ColleagueDto, { max: 1000 }) readonly items: readonly ColleagueDto[] = [];
}

class ExemptionDto {
  @OneOf(retentionGrounds) readonly ground: StayingGround['ground'] = 'legalMinimum';
  @Text({ max: 200, description: 'Empty of a hold that the person may not be told of, for whoever reads no holds' })
  readonly article: string = '';
  @Instant({ nullable: true }) readonly until: string | null = null;
  @Id({ optional: true, description: 'Of a hold' }) readonly holdId?: string;
  @Flag({ optional: true, description: 'Of a hold that the person may not be told of' }) readonly isBarred?: boolean;
}

class FindingDto {
  @Text({ max: 80 }) readonly holder: string = '';
  @Text({ max: 80 }) readonly category: string = '';
  @Whole({ min: 0, max: Number.MAX_SAFE_INTEGER, description: 'Records; 0 where the holder did not say' })
  readonly count: number = 0;
  @Instant({ nullable: true }) readonly since: string | null = null;
  @Instant({ nullable: true }) readonly until: string | null = null;
  @OneOf(['done', ...unknownWhys], { description: 'done: the holder said so; else why it did not' })
  readonly outcome: 'done' | UnknownWhy = 'done';
  @Flag({ description: 'Whether they sign in by it: without it they no longer can' }) readonly isSignIn: boolean =
    false;
  @ListOf(() => ExemptionDto, { max: 20 }) readonly exemptions: readonly ExemptionDto[] = [];
}

export class FindingsResponse {
  @JsonObject({ description: namesDescription }) readonly names: Names = {};
  @ListOf(() => FindingDto, { max: 1000 }) readonly items: readonly FindingDto[] = [];
}

/** For whoever reads no holds: of one that the person may not be told of, that it is there. */
export function withoutBarred(findings: readonly Finding[]): Finding[] {
  return findings.map((finding) => ({
    ...finding,
    exemptions: finding.exemptions.map((one) =>
      one.isBarred ? { ground: one.ground, article: '', until: null, isBarred: one.isBarred } : one,
    ),
  }));
}

export function toFindings(findings: readonly Finding[], names: Names, locale: Locale): FindingsResponse {
  return {
    names,
    items: findings.map(({ since, until, exemptions, unknown, ...found }) => ({
      ...found,
      outcome: unknown ?? 'done',
      isSignIn: found.holder === 'identity' && isSignInCategory(found.category),
      since: since?.toISOString() ?? null,
      until: until?.toISOString() ?? null,
      exemptions: exemptions.map((one) => ({
        ...one,
        article: articleIn(one.article, locale),
        until: one.until?.toISOString() ?? null,
      })),
    })),
  };
}

export function toItems(items: DecideRequest['items'] = []): DecisionItem[] {
  return items.map(({ until, ...item }) => ({ ...item, until: until ? new Date(until) : null }));
}
