import { ApiProperty } from '@nestjs/swagger';
import type { Localized } from '@abide/kernel';
import { Flag, Id, Ids, Instant, JsonObject, ListOf, OneOf, PageQuery, Text, Texts, Whole } from '@abide/platform';
import { holdGrounds, holdStates, type Hold, type HoldGround, type HoldState } from './hold.entity.js';
import type { NewHold } from './holds.service.js';

export class ListHolds extends PageQuery {
  @OneOf(holdStates, { optional: true }) readonly state?: HoldState;
  @Id({ optional: true, description: 'Of this person alone' }) readonly subjectId?: string;
}

export class PlaceHold {
  @Id({ description: 'Whose data' }) readonly subjectId: string = '';
  @OneOf(holdGrounds) readonly ground: HoldGround = 'litigation';
  @Text({ max: 200, description: 'The law or order that it rests on' }) readonly article: string = '';
  @Texts({ max: 100, maxLength: 80, optional: true, description: 'Left out or empty: everything' })
  readonly categories?: string[];
  @Instant({ optional: true, description: 'Only what was collected at or after this instant' }) readonly from?: string;
  @Instant({ optional: true, description: 'Only what was collected before this instant' }) readonly to?: string;
  @Instant({ description: 'From then on it holds nothing; within ten years' }) readonly until: string = '';
  @Text({ max: 200, optional: true, description: 'The law that forbids telling the person; left out: they see it' })
  readonly barredArticle?: string;
  @Text({ max: 5000, optional: true, description: 'Kept sealed' }) readonly notes?: string;
  @Ids({ max: 10, optional: true, description: 'What it rests on, uploaded before' }) readonly attachmentIds?: string[];
}

export class LiftHold {
  @Text({ max: 2000, description: 'Kept sealed; the second operator reads it' }) readonly reason: string = '';
}

/** What of a hold the person concerned reads. */
export class OwnHoldResponse {
  @Id() readonly id: string = '';
  @OneOf(holdGrounds) readonly ground: HoldGround = 'litigation';
  @Text({ max: 200, description: 'The law or order that it rests on' }) readonly article: string = '';
  @Texts({ max: 100, maxLength: 80, description: 'Empty: everything' }) readonly categories: readonly string[] = [];
  @Instant({ nullable: true, description: 'Only what was collected from then on' }) readonly from: string | null = null;
  @Instant({ nullable: true, description: 'Only what was collected before' }) readonly to: string | null = null;
  @Instant({ description: 'From then on it holds nothing' }) readonly until: string = '';
  @OneOf(holdStates) readonly state: HoldState = 'inForce';
  @Instant() readonly placedAt: string = '';
  @Instant({ nullable: true }) readonly liftedAt: string | null = null;
}

export class HoldLineResponse extends OwnHoldResponse {
  @Id({ description: 'Whose data' }) readonly subjectId: string = '';
  @Text({ max: 200, nullable: true, description: 'Whose data, masked' }) readonly displayName: string | null = null;
  @JsonObject({ description: 'What people call each kind of data, by code, in each language' })
  readonly names: Readonly<Record<string, Localized>> = {};
  @Text({ max: 200, nullable: true, description: 'The law that forbids telling the person; null: they see it' })
  readonly barredArticle: string | null = null;
}

class HoldDocument {
  @Id() readonly id: string = '';
  @Text({ max: 100 }) readonly name: string = '';
  @Text({ max: 100, example: 'application/pdf' }) readonly type: string = '';
  @Whole({ min: 0, max: 10_485_760 }) readonly bytes: number = 0;
}

export class HoldResponse extends HoldLineResponse {
  @ApiProperty({ type: String, nullable: true, description: 'Who placed it, by name' }) readonly placedBy:
    string | null = null;
  @Text({ max: 5000, nullable: true }) readonly notes: string | null = null;
  @Text({ max: 2000, nullable: true, description: 'Why it was, or is to be, lifted' }) readonly liftingReason:
    string | null = null;
  @Flag({
    description: 'Of a minor: words and documents are left out until a colleague lets whoever asks look at them',
  })
  readonly isWithheld: boolean = false;
  @ListOf(() => HoldDocument, { max: 10 }) readonly documents: readonly HoldDocument[] = [];
}

export function toOwnHold(hold: Hold, now: Date): OwnHoldResponse {
  return {
    id: hold.id,
    ground: hold.ground,
    article: hold.article,
    categories: hold.categories,
    from: hold.collectedFrom?.toISOString() ?? null,
    to: hold.collectedUntil?.toISOString() ?? null,
    until: hold.until.toISOString(),
    state: hold.stateAt(now),
    placedAt: hold.placedAt.toISOString(),
    liftedAt: hold.liftedAt?.toISOString() ?? null,
  };
}

export function toNewHold({ from, to, until, ...wanted }: PlaceHold): NewHold {
  return {
    subjectId: wanted.subjectId,
    ground: wanted.ground,
    article: wanted.article,
    categories: wanted.categories ?? [],
    collectedFrom: from === undefined ? null : new Date(from),
    collectedUntil: to === undefined ? null : new Date(to),
    until: new Date(until),
    barredArticle: wanted.barredArticle ?? null,
    notes: wanted.notes ?? null,
    attachmentIds: wanted.attachmentIds ?? [],
  };
}
