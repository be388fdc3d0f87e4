import { ApiProperty } from '@nestjs/swagger';
import type { Localized } from '@abide/kernel';
import { Id, Instant, LocalizedText, Nested, OneOf, SomeOf, Text, Whole, type Channel } from '@abide/platform';
import { materialities, type DeliveryState } from '../notices/notice.entity.js';
import { Campaign, campaignChannels, campaignStates, type CampaignChannel } from './campaign.entity.js';

const people = { min: 0, max: 2_147_483_647 };

/** A campaign with its live figures, in numbers of subjects unless said otherwise. */
export class CampaignResponse {
  @Id() readonly id: string = '';
  @OneOf(['policyChange']) readonly kind: string = '';
  @Id() readonly revisionId: string = '';
  @Text({ max: 100, example: 'general-privacy' }) readonly policySlug: string = '';
  @Whole({ min: 1, max: 1_000_000, example: 2 }) readonly revisionNumber: number = 0;
  @OneOf(materialities) readonly materiality: string = '';
  @Nested(() => LocalizedText) readonly title: LocalizedText = { 'zh-CN': '', en: '' };
  @OneOf(campaignStates) readonly state: string = '';
  @SomeOf(campaignChannels) readonly channels: readonly CampaignChannel[] = [];
  @ApiProperty({
    type: 'array',
    items: { type: 'array', items: { type: 'string', enum: [...campaignChannels] } },
    description: 'Of the channels: those of which one is enough for each subject, the preferred first',
    example: [['email', 'sms']],
  })
  readonly anyOf: readonly (readonly CampaignChannel[])[] = [];
  @OneOf(['everyone', 'children'], {
    description: 'children: whoever needs a guardian by their age, and their guardians',
  })
  readonly meantFor: string = 'everyone';
  @Whole({ ...people, description: 'Active when the campaign started' }) readonly audience: number = 0;
  @Whole({ ...people, description: 'Who sees the in-app notice: the audience, as soon as it is live' })
  readonly noticed: number = 0;
  @Whole({ ...people, description: 'Who opened the notice' }) readonly read: number = 0;
  @Whole({ ...people, description: 'Who has a verified address for a promised channel' }) readonly reachable: number =
    0;
  @Whole({ ...people, description: 'Who has none' }) readonly unreachable: number = 0;
  @Whole({ ...people, description: 'Who was handed a message on at least one promised channel' })
  readonly attemptedSubjects: number = 0;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    description: 'Messages handed over, by channel',
    example: { inApp: 1200, email: 800 },
  })
  readonly attempted: Readonly<Partial<Record<CampaignChannel, number>>> = {};
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    description: 'Messages waiting, by channel',
    example: { email: 20 },
  })
  readonly queued: Readonly<Partial<Record<Channel, number>>> = {};
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    description: 'Messages that no try could hand over, by channel',
    example: { email: 3 },
  })
  readonly failed: Readonly<Partial<Record<Channel, number>>> = {};
  @ApiProperty({ type: 'number', minimum: 0, maximum: 1, description: 'attemptedSubjects of reachable' })
  readonly coverage: number = 0;
  @Whole({ min: 0, max: 365 }) readonly leadDays: number = 0;
  @Instant({ nullable: true }) readonly liveAt: string | null = null;
  @Instant({ nullable: true }) readonly firstPassCompletedAt: string | null = null;
  @Instant({ nullable: true, description: 'When the lead time is over; null until the first pass is complete' })
  readonly leadEndsAt: string | null = null;
  @Instant({ description: 'When the revision is to take effect' }) readonly effectiveAt: string = '';
  @Instant({ nullable: true, description: 'When it did' }) readonly inEffectAt: string | null = null;
  @Instant() readonly createdAt: string = '';
}

/** A campaign together with what is kept beside it. */
export interface CampaignView {
  readonly campaign: Campaign;
  readonly title: Localized;
  readonly reads: number;
}

export function toCampaignResponse({ campaign, title, reads }: CampaignView): CampaignResponse {
  const { id, kind, revisionId, policySlug, revisionNumber, materiality, state, anyOf, meantFor, leadDays } = campaign;
  const { named: channels, audience, reachable, unreachable, coverage } = campaign;
  return {
    ...{ id, kind, revisionId, policySlug, revisionNumber, materiality, title, state, channels, anyOf, meantFor },
    ...{ audience, reachable, unreachable, coverage, leadDays },
    noticed: audience,
    read: reads,
    attemptedSubjects: campaign.attempted,
    attempted: { inApp: audience, ...byChannel(campaign, 'attempted') },
    queued: byChannel(campaign, 'queued'),
    failed: byChannel(campaign, 'failed'),
    liveAt: campaign.liveAt.toISOString(),
    firstPassCompletedAt: campaign.firstPassCompletedAt?.toISOString() ?? null,
    leadEndsAt: campaign.leadEndsAt?.toISOString() ?? null,
    effectiveAt: campaign.effectiveAt.toISOString(),
    inEffectAt: campaign.inEffectAt?.toISOString() ?? null,
    createdAt: campaign.createdAt.toISOString(),
  };
}

function byChannel(campaign: Campaign, state: DeliveryState): Partial<Record<Channel, number>> {
  return Object.fromEntries(campaign.outside.map((channel) => [channel, campaign.countsOf(channel)[state]]));
}
