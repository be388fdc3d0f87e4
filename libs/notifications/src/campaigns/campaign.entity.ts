import type { Audience } from '@abide/identity';
import { newId } from '@abide/kernel';
import { channels as outsideChannels, type Channel } from '@abide/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DeliveryState, Materiality } from '../notices/notice.entity.js';

/** `website`: the notice stands on the public pages, for everybody who comes. */
export const campaignChannels = ['inApp', 'email', 'sms', 'webPush', 'website'] as const;
export type CampaignChannel = (typeof campaignChannels)[number];

export const campaignStates = ['running', 'live', 'completed', 'cancelled'] as const;
export type CampaignState = (typeof campaignStates)[number];

/** Messages of one channel by state. */
export type ChannelCounts = Readonly<Record<DeliveryState, number>>;

/** What a campaign is started with; times are instants, `leadDays` are days of 24 hours. */
export interface CampaignTerms {
  readonly kind: 'policyChange';
  readonly revisionId: string;
  readonly policySlug: string;
  readonly revisionNumber: number;
  readonly materiality: Materiality;
  readonly leadDays: number;
  /** Used in any case. */
  readonly channels: readonly CampaignChannel[];
  /** Of each list one is enough for each subject, the preferred first. */
  readonly anyOf?: readonly (readonly CampaignChannel[])[];
  /** Everybody where it is left out. */
  readonly meantFor?: Audience;
  readonly effectiveAt: Date;
}

/** A change in the life of a campaign that others are told of. */
export type Milestone = 'firstPassCompleted' | 'completed';

const none: ChannelCounts = { queued: 0, attempted: 0, failed: 0 };
const dayMilliseconds = 24 * 3600 * 1000;

/**
 * Telling everybody of one revision. `running` while the first pass over the audience is under way, `live` until the
 * revision is in effect, then `completed`. Its figures are kept as the work goes on, so that reading them is one row.
 */
@Entity({ schema: 'notifications', name: 'campaigns' })
export class Campaign {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') kind!: 'policyChange';
  @Column('uuid', { name: 'revision_id' }) revisionId!: string;
  @Column('text', { name: 'policy_slug' }) policySlug!: string;
  @Column('integer', { name: 'revision_number' }) revisionNumber!: number;
  @Column('text') materiality!: Materiality;
  @Column('text', { array: true }) channels!: CampaignChannel[];
  @Column('jsonb', { name: 'any_of' }) anyOf!: CampaignChannel[][];
  @Column('text', { name: 'meant_for' }) meantFor!: Audience;
  @Column('integer', { name: 'lead_days' }) leadDays!: number;
  @Column('text') state!: CampaignState;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'live_at' }) liveAt!: Date;
  @Column('timestamptz', { name: 'effective_at' }) effectiveAt!: Date;
  @Column('timestamptz', { name: 'in_effect_at', nullable: true }) inEffectAt!: Date | null;
  @Column('timestamptz', { name: 'cancelled_at', nullable: true }) cancelledAt!: Date | null;
  /** The keyset cursor of the first pass: everybody up to this id has been looked at. */
  @Column('uuid', { name: 'last_subject_id', nullable: true }) lastSubjectId!: string | null;
  @Column('timestamptz', { name: 'enumerated_at', nullable: true }) enumeratedAt!: Date | null;
  @Column('timestamptz', { name: 'first_pass_completed_at', nullable: true }) firstPassCompletedAt!: Date | null;
  @Column('integer') audience!: number;
  @Column('integer') reachable!: number;
  @Column('integer') unreachable!: number;
  /** Subjects who were handed a message on at least one promised channel. */
  @Column('integer') attempted!: number;
  @Column('integer') queued!: number;
  @Column('jsonb', { name: 'channel_counts' }) channelCounts!: Partial<Record<Channel, ChannelCounts>>;

  static start(terms: CampaignTerms, at: Date): Campaign {
    const campaign = new Campaign();
    const nothingYet = { audience: 0, reachable: 0, unreachable: 0, attempted: 0, queued: 0, channelCounts: {} };
    const noTimesYet = {
      inEffectAt: null,
      cancelledAt: null,
      lastSubjectId: null,
      enumeratedAt: null,
      firstPassCompletedAt: null,
    };
    return Object.assign(campaign, terms, nothingYet, noTimesYet, {
      id: newId(),
      channels: [...new Set<CampaignChannel>(['inApp', ...terms.channels])],
      meantFor: terms.meantFor ?? 'everyone',
      anyOf: (terms.anyOf ?? []).map((choice) => [...choice]),
      state: 'running' as const,
      createdAt: at,
      liveAt: at,
    });
  }

  /** Every channel that is used, in any case or for some. */
  get named(): readonly CampaignChannel[] {
    return [...new Set([...this.channels, ...this.anyOf.flat()])];
  }

  /** The promised channels on which a message leaves the product; notices in the app and on the website need none. */
  get outside(): readonly Channel[] {
    return outsideChannels.filter((channel) => this.named.includes(channel));
  }

  /** The channels on which somebody is told whom these reach: all that are used in any case, and of each choice the first. */
  messagesFor(reachable: readonly Channel[]): Channel[] {
    const always = this.outside.filter((channel) => this.channels.includes(channel) && reachable.includes(channel));
    const chosen = this.anyOf.flatMap((choice) => firstOf(choice, reachable) ?? []);
    return [...new Set([...always, ...chosen])];
  }

  /** What is tried in place of a channel that does not work for somebody: the next of the same choice; null where there is none. */
  insteadOf(lost: Channel): Channel | null {
    if (this.channels.includes(lost)) return null;
    const choice = this.anyOf.find((one) => one.includes(lost)) ?? [];
    return firstOf(choice.slice(choice.indexOf(lost) + 1), outsideChannels);
  }

  get isFirstPassUnderWay(): boolean {
    return this.state !== 'cancelled' && this.firstPassCompletedAt === null;
  }

  /** When the lead time began: the notice is live and the first pass is complete (rules.md, Activate). */
  get leadStartedAt(): Date | null {
    if (this.firstPassCompletedAt === null) return null;
    return this.firstPassCompletedAt > this.liveAt ? this.firstPassCompletedAt : this.liveAt;
  }

  get leadEndsAt(): Date | null {
    return this.leadStartedAt && new Date(this.leadStartedAt.getTime() + this.leadDays * dayMilliseconds);
  }

  /** The share, 0 to 1, of reachable subjects who were attempted; nobody is left out of it before the audience is known. */
  get coverage(): number {
    if (this.outside.length === 0) return 1;
    const unknown = this.enumeratedAt ? 0 : Math.max(1, this.audience - this.reachable - this.unreachable);
    const all = this.reachable + unknown;
    return all === 0 ? 1 : this.attempted / all;
  }

  countsOf(channel: Channel): ChannelCounts {
    return this.channelCounts[channel] ?? none;
  }

  /** Takes the next subjects of the audience, each with the promised channels that reach them. */
  enumerate(batch: readonly { readonly subjectId: string; readonly channels: readonly Channel[] }[]): void {
    const reachable = batch.filter(({ channels }) => channels.length > 0).length;
    this.reachable += reachable;
    this.unreachable += batch.length - reachable;
    this.lastSubjectId = batch.at(-1)?.subjectId ?? this.lastSubjectId;
    for (const channel of batch.flatMap(({ channels }) => channels)) this.count(channel, { queued: 1 });
  }

  finishEnumeration(at: Date): void {
    this.enumeratedAt = at;
    if (this.outside.length > 0) this.audience = this.reachable + this.unreachable;
  }

  /** Counts one message that is queued in place of another. */
  queueInstead(channel: Channel): void {
    this.count(channel, { queued: 1 });
  }

  /** Moves one message on `channel` from a state to another; the same state changes nothing. */
  move(channel: Channel, from: DeliveryState, to: DeliveryState): void {
    if (from !== to) this.count(channel, { [from]: -1, [to]: 1 });
  }

  /** Forgets one message that will never be sent. */
  drop(channel: Channel, state: DeliveryState): void {
    this.count(channel, { [state]: -1 });
  }

  /** A subject who was taken for reachable is not: their only address does not work. */
  turnUnreachable(): void {
    this.reachable -= 1;
    this.unreachable += 1;
  }

  takeEffect(at: Date): void {
    if (this.state !== 'cancelled') this.inEffectAt ??= at;
  }

  cancel(at: Date): void {
    if (this.state === 'cancelled' || this.state === 'completed') return;
    this.state = 'cancelled';
    this.cancelledAt = at;
  }

  /** Moves on to what the figures and times now allow; answers what was reached. */
  advance(at: Date): Milestone[] {
    if (this.state === 'cancelled' || this.state === 'completed') return [];
    const reached: Milestone[] = [];
    if (this.firstPassCompletedAt === null && this.hasAttemptedAll) {
      this.firstPassCompletedAt = at;
      this.state = 'live';
      reached.push('firstPassCompleted');
    }
    if (this.firstPassCompletedAt !== null && this.inEffectAt !== null) {
      this.state = 'completed';
      reached.push('completed');
    }
    return reached;
  }

  private get hasAttemptedAll(): boolean {
    if (this.outside.length === 0) return true;
    return this.enumeratedAt !== null && this.attempted >= this.reachable;
  }

  private count(channel: Channel, change: Partial<ChannelCounts>): void {
    const { queued, attempted, failed } = this.countsOf(channel);
    const counts = {
      queued: queued + (change.queued ?? 0),
      attempted: attempted + (change.attempted ?? 0),
      failed: failed + (change.failed ?? 0),
    };
    this.channelCounts = { ...this.channelCounts, [channel]: counts };
    this.queued += change.queued ?? 0;
  }
}

function firstOf(choice: readonly CampaignChannel[], among: readonly Channel[]): Channel | null {
  return choice.find((channel): channel is Channel => (among as readonly CampaignChannel[]).includes(channel)) ?? null;
}
