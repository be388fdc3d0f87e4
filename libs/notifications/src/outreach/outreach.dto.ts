import { Flag, Id, Instant, LocalizedText, Nested, OneOf, Text, Whole, channels, type Channel } from '@abide/platform';
import { outreachKinds, type OutreachKind } from '../send-checks.service.js';
import { outreachStates, type OutreachRun } from './outreach.entity.js';

const people = { min: 0, max: 2_147_483_647 };
const notBlank = /\S/;

class OutreachTitle {
  @Text({ max: 200, pattern: notBlank, example: '购票体验调查' }) readonly 'zh-CN': string = '';
  @Text({ max: 200, pattern: notBlank, example: 'How was buying your ticket?' }) readonly en: string = '';
}

class OutreachText {
  @Text({ max: 2000, pattern: notBlank, example: '请用两分钟回答三个问题。' }) readonly 'zh-CN': string = '';
  @Text({ max: 2000, pattern: notBlank, example: 'Three questions, two minutes.' }) readonly en: string = '';
}

/** A survey invitation or an offer, in every language. */
export class SendOutreach {
  @OneOf(outreachKinds) readonly kind: OutreachKind = 'survey';
  @OneOf(channels) readonly channel: Channel = 'email';
  @Nested(() => OutreachTitle) readonly title: OutreachTitle = new OutreachTitle();
  @Nested(() => OutreachText) readonly text: OutreachText = new OutreachText();
  @Text({
    max: 1000,
    optional: true,
    nullable: true,
    pattern: /^(https:\/\/|\/(?!\/))\S*$/,
    description: 'An https address, or a path of this site',
    example: 'https://survey.example/tickets',
  })
  readonly link?: string | null;
  @Flag({ optional: true, description: 'Send it although the same words went out by this channel within the hour' })
  readonly again?: boolean;
}

/** An outreach with its live figures: every subject of the audience is in exactly one of those below it. */
export class OutreachResponse {
  @Id() readonly id: string = '';
  @OneOf(outreachKinds) readonly kind: string = '';
  @OneOf(channels) readonly channel: string = '';
  @Nested(() => LocalizedText) readonly title: LocalizedText = { 'zh-CN': '', en: '' };
  @Nested(() => LocalizedText) readonly text: LocalizedText = { 'zh-CN': '', en: '' };
  @Text({ max: 1000, nullable: true }) readonly link: string | null = null;
  @OneOf(outreachStates) readonly state: string = '';
  @Whole({ ...people, description: 'Active subjects looked at so far' }) readonly audience: number = 0;
  @Whole({ ...people, description: 'Whom a send check refused when they were looked at' }) readonly notAllowed: number =
    0;
  @Whole({ ...people, description: 'Who has no working address on the channel' }) readonly unreachable: number = 0;
  @Whole({ ...people, description: 'Messages waiting' }) readonly queued: number = 0;
  @Whole({ ...people, description: 'Messages handed over' }) readonly sent: number = 0;
  @Whole({
    ...people,
    description: 'Messages that were not sent after all: withdrawn, refused at the moment of sending, or cancelled',
  })
  readonly dropped: number = 0;
  @Whole({ ...people, description: 'Messages that no try could hand over' }) readonly failed: number = 0;
  @Id({ description: 'The operator who sent it' }) readonly createdBy: string = '';
  @Instant() readonly createdAt: string = '';
  @Instant({ nullable: true }) readonly finishedAt: string | null = null;
}

export function toOutreachResponse(run: OutreachRun): OutreachResponse {
  const {
    id,
    kind,
    channel,
    title,
    text,
    link,
    state,
    audience,
    notAllowed,
    unreachable,
    queued,
    sent,
    dropped,
    failed,
    createdBy,
  } = run;
  const times = { createdAt: run.createdAt.toISOString(), finishedAt: run.finishedAt?.toISOString() ?? null };
  return {
    id,
    kind,
    channel,
    title,
    text,
    link,
    state,
    audience,
    notAllowed,
    unreachable,
    queued,
    sent,
    dropped,
    failed,
    createdBy,
    ...times,
  };
}
