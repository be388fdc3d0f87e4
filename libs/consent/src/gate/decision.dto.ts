import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { DomainError } from '@abide/kernel';
import {
  bases,
  fallbacks,
  refusalCodes,
  storages,
  withheldConsequences,
  type CategoryDecision,
  type Decision,
  type Precision,
} from '@abide/rulebook';
import type { DecisionRequest } from './decision.schema.js';
import type { GateQuestion } from './gate.service.js';
import { isOutOfTime } from './retention-term.js';

const words: string[] = ['exact', 'truncated'];
const cell = {
  type: 'object',
  required: ['h3'],
  additionalProperties: false,
  properties: { h3: { type: 'integer', minimum: 0, maximum: 15 } },
};
const meaning =
  '`truncated`: of an IP address only the network part (/24 of IPv4, /48 of IPv6), of content metadata neither place nor time. `h3`: places at the cell of that resolution.';

function PrecisionField({ of, ...options }: { of: string; nullable?: boolean }): PropertyDecorator {
  return ApiProperty({
    oneOf: [{ type: 'string', enum: words }, cell],
    description: `${of} ${meaning}`,
    example: 'truncated',
    ...options,
  });
}

class PurposeLineageDto {
  @ApiProperty() readonly purpose: string = '';
  @ApiProperty() readonly policy: string = '';
  @ApiProperty() readonly revision: number = 1;
  @ApiProperty() readonly clauseId: string = '';
  @ApiProperty({ enum: bases }) readonly basis: string = '';
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) readonly consentEventId: string | null = null;
  @PrecisionField({ of: 'How exactly this purpose may have it.' }) readonly precision: Precision = 'exact';
}

export class CategoryDecisionDto {
  @ApiProperty({ example: 'log.browsing' }) readonly category: string = '';
  @ApiProperty() readonly allowed: boolean = false;
  @ApiProperty({
    type: String,
    enum: refusalCodes,
    nullable: true,
    description: 'Why it is refused; null when it is allowed',
  })
  readonly code: string | null = null;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The slug of the policy whose clause allows it, or came nearest',
  })
  readonly policy: string | null = null;
  @ApiProperty({ type: Number, nullable: true }) readonly revision: number | null = null;
  @ApiProperty({ type: String, nullable: true }) readonly clauseId: string | null = null;
  @ApiProperty({ type: String, enum: bases, nullable: true }) readonly basis: string | null = null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) readonly consentEventId: string | null = null;
  @ApiPropertyOptional({ enum: fallbacks, description: 'What to do instead of a refused use' })
  readonly fallback?: string;
  @ApiPropertyOptional({
    enum: withheldConsequences,
    description: 'Of a refusal: what follows where the datum is not given, as the clause says',
  })
  readonly ifWithheld?: string;
  @ApiPropertyOptional({ description: 'Of an allowed aggregated use: the smallest group' })
  readonly minimumGroup?: number;
  @PrecisionField({ of: 'Of an allowed collection or use: how exactly, as the cited clause has it.', nullable: true })
  readonly precision: Precision | null = null;
  @ApiPropertyOptional({
    enum: storages,
    description: 'Of an allowed collection or use: on the device and nowhere else, as the question said',
  })
  readonly storage?: string;
  @ApiPropertyOptional({
    type: [PurposeLineageDto],
    description: 'Of an allowed collection: the purposes that allow it',
  })
  readonly purposes?: readonly PurposeLineageDto[];
}

export class DecisionResponse {
  @ApiProperty({ description: 'Whether every category is allowed' }) readonly allowed: boolean = false;
  @ApiProperty({ type: [CategoryDecisionDto] }) readonly results: readonly CategoryDecisionDto[] = [];
}

export class DecisionBatchResponse {
  @ApiProperty({ type: [DecisionResponse], description: 'In the order of the questions' })
  readonly items: readonly DecisionResponse[] = [];
}

interface Reading {
  readonly recipientSlugs: ReadonlyMap<string, string>;
  readonly hasGpcSignal: boolean;
  readonly now: Date;
}

/** @throws DomainError `request.invalid` for a use or sharing without a purpose or with several, an instant that is none or one to come. */
export function toGateQuestion(body: DecisionRequest, { recipientSlugs, hasGpcSignal, now }: Reading): GateQuestion {
  const { recipientId, occurredAt, at, action = recipientId === undefined ? 'use' : 'share', ...rest } = body;
  if (action !== 'collect' && rest.purpose === undefined)
    throw invalid('/purpose', 'A purpose is needed, except to collect.');
  if (rest.purposes !== undefined && (action !== 'collect' || rest.purpose !== undefined))
    throw invalid('/purposes', 'Several purposes are named to collect, and instead of one.');
  if (action === 'share' && rest.storage !== undefined)
    throw invalid('/storage', 'What stays on the device is not shared.');
  const cameAbout = occurredAt === undefined ? undefined : instantOf(occurredAt, '/occurredAt');
  if (cameAbout !== undefined && isOutOfTime(cameAbout, now.getTime()) === 'event.inFuture')
    throw invalid('/occurredAt', 'The instant is still to come.');
  const past = at === undefined ? undefined : instantOf(at, '/at');
  if (past !== undefined && past > now.getTime()) throw invalid('/at', 'The instant is still to come.');
  return {
    ...rest,
    action,
    hasGpcSignal,
    subjectId: rest.subjectId.toLowerCase(),
    ...(recipientId === undefined ? {} : { recipient: recipientSlugs.get(recipientId.toLowerCase()) ?? recipientId }),
    ...(cameAbout === undefined ? {} : { occurredAt: cameAbout }),
    ...(past === undefined ? {} : { at: past }),
  };
}

export function toDecisionResponse({ allowed, results }: Decision): DecisionResponse {
  return { allowed, results: results.map(toCategoryDecision) };
}

export function toCategoryDecision({
  fallback,
  ifWithheld,
  minimumGroup,
  storage,
  purposes,
  ...result
}: CategoryDecision): CategoryDecisionDto {
  return {
    ...result,
    ...(fallback === null ? {} : { fallback }),
    ...(ifWithheld === null ? {} : { ifWithheld }),
    ...(minimumGroup === null ? {} : { minimumGroup }),
    ...(storage === null ? {} : { storage }),
    ...(purposes.length === 0 ? {} : { purposes }),
  };
}

function instantOf(text: string, pointer: string): number {
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw invalid(pointer, 'This is no date and time.');
  return instant;
}

function invalid(pointer: string, message: string): DomainError {
  return new DomainError('invalid', 'request.invalid', {
    detail: 'Some fields cannot be accepted. Nothing was decided; correct them and ask again.',
    errors: [{ pointer, code: 'invalid', message }],
  });
}
