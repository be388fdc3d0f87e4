import { permissionsOfRole, roles, type Role } from '@abide/identity';
import type { Localized } from '@abide/kernel';
import { Flag, Id, Ids, Instant, ListOf, LocalizedText, Nested, OneOf, Text, Texts, Whole } from '@abide/platform';
import { callStates, type CallState, type HolderCall } from '../calls/holder-call.entity.js';
import { holderOperations, type HolderOperation } from '../protocol/holder-answers.js';
import { holderFailures } from '../protocol/holder-failure.js';
import {
  outsideKinds,
  outsideStates,
  type AnsweredBy,
  type HolderTerms,
  type OutsideHolder,
  type OutsideKind,
  type OutsideState,
} from '../registry/outside-holder.entity.js';

export const failures = [...holderFailures, 'suspended'];
const addressOf = 'Where it answers docs/holder-protocol.yaml';
export const networksOf =
  'The networks that its addresses have to lie in, such as 10.0.0.0/8; none: public addresses only';

export class HolderName {
  @Text({ max: 80, example: '票务系统' }) readonly 'zh-CN': string = '';
  @Text({ max: 80, example: 'Ticketing' }) readonly en: string = '';
}

export class RegisterHolder implements Omit<HolderTerms, 'manifest' | 'answeredBy'> {
  @Text({ max: 40, example: 'ticketing', pattern: /^[a-z][a-z0-9-]*$/, description: 'Never given twice' })
  readonly code: string = '';
  @Nested(() => HolderName) readonly name: HolderName = new HolderName();
  @Text({ max: 300, example: 'https://ticketing.internal:8443/abide', description: addressOf })
  readonly baseUrl: string = '';
  @Texts({ max: 20, maxLength: 50, description: networksOf }) readonly networks: readonly string[] = [];
  @Texts({ max: 100, maxLength: 80, description: 'The kinds of data that it keeps' })
  readonly categories: readonly string[] = [];
}

/** Who may answer: those who answer requests. */
const answeringRoles = roles.filter((role) => permissionsOfRole[role].includes('request.answer'));

class AnsweredByDto implements AnsweredBy {
  @OneOf(answeringRoles, { nullable: true, description: 'Everybody who holds it' }) readonly role: Role | null = null;
  @Ids({ max: 20, description: 'Operators, where no role is named' }) readonly operatorIds: string[] = [];
}

export class RegisterPeople implements Omit<HolderTerms, 'manifest' | 'baseUrl' | 'networks'> {
  @Text({ max: 40, example: 'paper-archive', pattern: /^[a-z][a-z0-9-]*$/, description: 'Never given twice' })
  readonly code: string = '';
  @Nested(() => HolderName) readonly name: HolderName = new HolderName();
  @Texts({ max: 100, maxLength: 80, description: 'The kinds of data that lie there' })
  readonly categories: readonly string[] = [];
  @Nested(() => AnsweredByDto, { description: 'Who sees to what is asked: a role, or operators' })
  readonly answeredBy: AnsweredByDto = new AnsweredByDto();
}

export class HolderReason {
  @Text({ max: 500, description: 'Why; it is kept as evidence' }) readonly reason: string = '';
}

export class OutsideHolderResponse {
  @Id() readonly id: string = '';
  @Text({ max: 40, example: 'ticketing' }) readonly code: string = '';
  @Nested(() => LocalizedText) readonly name: Localized = { 'zh-CN': '', en: '' };
  @OneOf(outsideKinds, { description: 'person: nobody but people answers' }) readonly kind: OutsideKind = 'service';
  @Text({ max: 300, description: `${addressOf}; of a database without who connects; empty where people answer` })
  readonly baseUrl: string = '';
  @Texts({ max: 20, maxLength: 50, description: networksOf }) readonly networks: readonly string[] = [];
  @Texts({ max: 100, maxLength: 80 }) readonly categories: readonly string[] = [];
  @Nested(() => AnsweredByDto, { nullable: true, description: 'Where people answer' })
  readonly answeredBy: AnsweredByDto | null = null;
  @OneOf(outsideStates) readonly state: OutsideState = 'active';
  @OneOf(['unknown', 'answering', 'failing'], { description: 'unknown: it was never asked' })
  readonly health: 'unknown' | 'answering' | 'failing' = 'unknown';
  @Instant({ nullable: true }) readonly lastAskedAt: string | null = null;
  @Instant({ nullable: true, description: 'When an answer of its counted' }) readonly lastAnsweredAt: string | null =
    null;
  @Instant({ nullable: true }) readonly failingSince: string | null = null;
  @OneOf(failures, { nullable: true }) readonly lastFailure: string | null = null;
  @Whole({ min: 0, max: Number.MAX_SAFE_INTEGER, description: 'What requests wait for' }) readonly waiting: number = 0;
  @Whole({ min: 0, max: Number.MAX_SAFE_INTEGER, description: 'What was given up until somebody begins it anew' })
  readonly dead: number = 0;
  @Flag({ description: 'Whether a secret waits to be shown to whoever proposed it' }) readonly secretDue: boolean =
    false;
  @Instant({ nullable: true, description: 'Of a secret that was replaced: until when it counts beside the new one' })
  readonly formerSecretUntil: string | null = null;
  @Instant() readonly createdAt: string = '';
}

export class OutsideHoldersResponse {
  @ListOf(() => OutsideHolderResponse, { max: 1000 }) readonly items: readonly OutsideHolderResponse[] = [];
}

export class HolderSecret {
  @Text({ max: 100, description: 'Shown this once: both sides sign with it' }) readonly secret: string = '';
}

export class HolderCheckResponse {
  @OneOf(['answering', 'failing']) readonly health: 'answering' | 'failing' = 'failing';
  @OneOf(failures, { nullable: true }) readonly failure: string | null = null;
  @Text({ max: 120, description: 'What it calls itself', ...{ nullable: true } }) readonly name: string | null = null;
  @Texts({ max: 200, maxLength: 80, description: 'What it keeps and was not registered for' })
  readonly unregistered: readonly string[] = [];
  @Texts({ max: 50, maxLength: 200, description: 'Tables and columns of a database that its manifest does not name' })
  readonly appeared: readonly string[] = [];
  @Texts({ max: 50, maxLength: 200, description: 'What its manifest names and is no longer there' })
  readonly gone: readonly string[] = [];
}

export class HolderRemovalResponse {
  @Whole({
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    description: 'Requests that wait for what it does of what was granted',
  })
  readonly decided: number = 0;
  @Whole({ min: 0, max: Number.MAX_SAFE_INTEGER, description: 'Requests that nobody has decided yet' })
  readonly undecided: number = 0;
}

class HolderCallDto {
  @Id({ description: 'The request that it was asked for' }) readonly requestId: string = '';
  @OneOf(holderOperations) readonly operation: HolderOperation = 'describe';
  @OneOf(callStates) readonly state: CallState = 'asked';
  @Whole({ min: 0, max: 1_000_000 }) readonly attempts: number = 0;
  @OneOf(failures, { nullable: true }) readonly failure: string | null = null;
  @Instant() readonly askedAt: string = '';
  @Instant({ nullable: true }) readonly answeredAt: string | null = null;
  @Instant({ nullable: true }) readonly nextAttemptAt: string | null = null;
}

export class HolderCallsResponse {
  @ListOf(() => HolderCallDto, { max: 100, description: 'The newest first' }) readonly items: readonly HolderCallDto[] =
    [];
}

export function toHolder(
  holder: OutsideHolder,
  open: { readonly waiting: number; readonly dead: number } = { waiting: 0, dead: 0 },
  formerSecretUntil: Date | null = null,
): OutsideHolderResponse {
  const { id, code, name, baseUrl, networks, categories, state, lastFailure } = holder;
  const failingSince = toText(holder.failingSince);
  return {
    kind: holder.kind,
    answeredBy: holder.answeredBy && { ...holder.answeredBy, operatorIds: [...holder.answeredBy.operatorIds] },
    ...{ id, code, name, baseUrl, networks, categories, state },
    health: holder.lastAskedAt === null ? 'unknown' : failingSince === null ? 'answering' : 'failing',
    lastAskedAt: toText(holder.lastAskedAt),
    lastAnsweredAt: toText(holder.lastAnsweredAt),
    failingSince,
    lastFailure,
    ...open,
    secretDue: holder.secretFor !== null,
    formerSecretUntil: toText(formerSecretUntil),
    createdAt: holder.createdAt.toISOString(),
  };
}

export function toCall({ reference, operation, state, attempts, failure, ...at }: HolderCall): HolderCallDto {
  return {
    requestId: reference,
    ...{ operation, state, attempts, failure },
    askedAt: at.askedAt.toISOString(),
    answeredAt: toText(at.answeredAt),
    nextAttemptAt: toText(at.nextAttemptAt),
  };
}

function toText(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}
