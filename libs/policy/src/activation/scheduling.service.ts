import { Injectable } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { Campaigns } from '@abide/notifications';
import { Database, Jobs, requireMatch } from '@abide/platform';
import { atLeast, type Materiality, type NoticeTerms, type Profile } from '@abide/rulebook';
import { Comparisons } from '../comparison/comparisons.js';
import type { RevisionComparison } from '../comparison/revision-comparison.js';
import { refusal } from '../policy.errors.js';
import { Registries } from '../registries/registries.js';
import { actingOperator } from '../acting.js';
import { PolicyCheck, requireNoErrors } from '../revisions/policy-check.js';
import type { Revision, SchedulePlan } from '../revisions/revision.entity.js';
import { Revisions } from '../revisions/revisions.js';
import {
  channelsFor,
  earliestEffectAt,
  isAnnouncedInTime,
  owesLead,
  promiseFor,
  requiredLeadDays,
} from './lead-time.rules.js';
import { noticeText } from './notice-text.js';

/** What an operator asks for when scheduling. */
export interface ScheduleWish {
  readonly effectiveAt: Date;
  /** A heavier class than was computed; never a lighter one. */
  readonly raiseTo?: Materiality;
  readonly reason?: string;
  /** For a change of wording alone: the operator answers for it that no right changed. */
  readonly confirmsNoRightChanged?: boolean;
}

/** How a revision would be announced: its weight and what was promised for changes of that weight. */
interface Announcement {
  /** What it weighs before anybody raises it. */
  readonly least: Materiality;
  readonly materiality: Materiality;
  readonly raisedTo: SchedulePlan['raisedTo'];
  readonly promise: NoticeTerms;
  readonly leadDays: number;
  readonly announcedBy: Pick<NoticeTerms, 'channels' | 'anyOf'>;
}

/** Scheduling an approved revision: its materiality decides how long before its effect, and how, people must be told. */
@Injectable()
export class Scheduling {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly revisions: Revisions,
    private readonly registries: Registries,
    private readonly checks: PolicyCheck,
    private readonly comparisons: Comparisons,
    private readonly campaigns: Campaigns,
  ) {}

  /**
   * Fixes when the revision takes effect and, where it owes a lead, starts its campaign in the same transaction. A time
   * that is past means at once.
   * @throws DomainError `policy.not_approved`, `policy.already_scheduled`, `policy.lead_time_too_short`,
   * `policy.channel_not_configured`, `policy.raise_not_upwards`, `policy.raise_without_reason`, `policy.confirmation_missing`
   */
  async schedule(id: string, wish: ScheduleWish, expectedHash?: string): Promise<Revision> {
    await this.comparisons.prepare(id);
    return this.db.transaction(async () => {
      const revision = await this.revisions.getForAct(id);
      requireMatch(expectedHash, revision.contentHash, 'policy.stale_edit');
      revision.requireSchedulable();
      await this.requireNoneScheduled(revision);
      requireNoErrors(await this.checks.stored(revision));
      const compared = await this.comparisons.againstInForce(revision);
      const announcement = await this.announcementOf(compared, wish);
      const now = this.clock.now();
      const effectiveAt = wish.effectiveAt < now ? now : wish.effectiveAt;
      this.requireLeadTime(announcement, effectiveAt, now);
      this.requireChannels(announcement.announcedBy);
      const campaignId = owesLead(announcement.materiality)
        ? await this.startCampaign(compared, announcement, effectiveAt)
        : null;
      revision.addFresh(compared.comparison.freshAtoms);
      revision.schedule(
        planOf({ compared, announcement, effectiveAt, campaignId, reason: wish.reason }),
        actingOperator().operatorId,
        now,
      );
      await this.recordSchedule(revision, wish, compared);
      return revision;
    });
  }

  /** How the revision would be announced if it were scheduled as computed, for the preview. */
  async preview(revision: Revision): Promise<{ compared: RevisionComparison; announcement: Announcement }> {
    const compared = await this.comparisons.againstInForce(revision);
    const raisedTo = revision.raisedTo ?? undefined;
    const announcement = await this.announcementOf(compared, {
      effectiveAt: this.clock.now(),
      raiseTo: raisedTo,
      reason: revision.raiseReason ?? undefined,
      confirmsNoRightChanged: true,
    });
    return { compared, announcement };
  }

  private async requireNoneScheduled({ policyId }: Revision): Promise<void> {
    const scheduled = await this.revisions.scheduled(policyId);
    if (!scheduled) return;
    throw refusal('policy.already_scheduled', {
      detail: `Revision ${scheduled.number} of this policy is scheduled. Nothing was scheduled; let it take effect or withdraw it first.`,
      extra: { revisionId: scheduled.id },
    });
  }

  private async announcementOf(compared: RevisionComparison, wish: ScheduleWish): Promise<Announcement> {
    const { registry } = await this.registries.snapshot();
    const least = compared.to.heavierOf(compared.comparison.materiality);
    const raisedTo = raiseOf(least, wish);
    const materiality = raisedTo ?? least;
    requireConfirmation(materiality, compared, wish);
    const promise = await this.promiseOf(compared, registry.profile);
    return {
      least,
      materiality,
      raisedTo,
      promise,
      leadDays: requiredLeadDays(materiality, promise, registry.profile),
      announcedBy: channelsFor(materiality, promise),
    };
  }

  private async promiseOf({ from, to }: RevisionComparison, profile: Profile): Promise<NoticeTerms> {
    const generals = (await this.revisions.allInForce())
      .filter(({ policy }) => policy.kind === 'general')
      .map(({ revision }) => revision.document);
    return promiseFor({ inForce: from?.document ?? null, generals, next: to.document, profile });
  }

  private requireLeadTime({ leadDays }: Announcement, effectiveAt: Date, now: Date): void {
    if (isAnnouncedInTime({ now, effectiveAt, leadDays })) return;
    const earliest = earliestEffectAt(now, leadDays);
    throw refusal('policy.lead_time_too_short', {
      detail: `This change must be announced ${leadDays} days ahead. Nothing was scheduled; the earliest effect is ${earliest.toISOString()}.`,
      extra: { earliestEffectiveAt: earliest.toISOString(), requiredLeadDays: leadDays },
    });
  }

  private requireChannels(announcedBy: Announcement['announcedBy']): void {
    const missing = this.campaigns.missingFor(announcedBy);
    if (missing.length === 0) return;
    throw refusal('policy.channel_not_configured', {
      detail: `The policy in force promises notice by ${missing.join(', ')}, which is not configured. Nothing was scheduled; configure it first.`,
      extra: { channels: missing },
    });
  }

  private startCampaign(
    { from, to, comparison }: RevisionComparison,
    announcement: Announcement,
    effectiveAt: Date,
  ): Promise<string> {
    const { materiality, leadDays, announcedBy } = announcement;
    const { document, number } = to;
    return this.campaigns.start({
      kind: 'policyChange',
      revisionId: to.id,
      policySlug: document.policy,
      revisionNumber: number,
      materiality,
      leadDays,
      ...announcedBy,
      meantFor: document.audience,
      effectiveAt,
      ...noticeText({ document, number, from: from?.number ?? null, materiality, differences: comparison.differences }),
    });
  }

  private async recordSchedule(revision: Revision, wish: ScheduleWish, compared: RevisionComparison): Promise<void> {
    const { id: revisionId, policyId, materiality, raisedTo, leadDays } = revision;
    const effectiveAt = revision.effectiveAt?.toISOString() ?? '';
    const details = {
      effectiveAt,
      materiality,
      raisedTo,
      leadDays,
      ...confirmationOf(revision.weight, compared, wish),
    };
    await this.revisions.save('approved', { revision, act: 'schedule', comment: wish.reason, details });
    await this.jobs.publish('policy.revision_scheduled', {
      policyId,
      revisionId,
      effectiveAt,
      at: this.clock.now().toISOString(),
    });
  }
}

function raiseOf(computed: Materiality, { raiseTo, reason }: ScheduleWish): SchedulePlan['raisedTo'] {
  if (raiseTo === undefined || raiseTo === computed) return null;
  if (raiseTo === 'editorial' || !atLeast(raiseTo, computed)) {
    throw refusal('policy.raise_not_upwards', {
      detail: `The change was computed to be ${computed}. It can be raised, never lowered. Nothing was scheduled.`,
      extra: { materiality: computed },
    });
  }
  if (!reason)
    throw refusal('policy.raise_without_reason', {
      detail: 'Say why the change is treated as heavier than computed. Nothing was scheduled.',
    });
  return raiseTo;
}

/** Whoever schedules a change of wording answers for it that no right changed; the console asks for it in so many words. */
function requireConfirmation(
  materiality: Materiality,
  compared: RevisionComparison,
  { confirmsNoRightChanged }: ScheduleWish,
): void {
  if (!needsConfirmation(materiality, compared) || confirmsNoRightChanged !== false) return;
  throw refusal('policy.confirmation_missing', {
    detail:
      'Only the wording changes. Confirm that no right changed (confirmsNoRightChanged: true), or raise the change. Nothing was scheduled.',
  });
}

/** For the record: whether it was confirmed in so many words, or by scheduling alone. */
function confirmationOf(
  materiality: Materiality | null,
  compared: RevisionComparison,
  { confirmsNoRightChanged }: ScheduleWish,
): { confirmsNoRightChanged?: 'given' | 'implied' } {
  if (!needsConfirmation(materiality, compared)) return {};
  return { confirmsNoRightChanged: confirmsNoRightChanged ? 'given' : 'implied' };
}

function needsConfirmation(materiality: Materiality | null, { from }: RevisionComparison): boolean {
  return materiality === 'editorial' && from !== null;
}

function planOf(given: {
  compared: RevisionComparison;
  announcement: Announcement;
  effectiveAt: Date;
  campaignId: string | null;
  reason: string | undefined;
}): SchedulePlan {
  const { compared, announcement, effectiveAt, campaignId, reason } = given;
  const { least, materiality, raisedTo, promise, leadDays } = announcement;
  return {
    effectiveAt,
    materiality: least,
    raisedTo,
    raiseReason: raisedTo ? (reason ?? null) : null,
    leadDays,
    isAcceptedByUse:
      compared.to.document.kind !== 'guide' && materiality !== 'freshConsent' && promise.acceptance === 'continuedUse',
    comparedWith: compared.from?.id ?? null,
    campaignId,
  };
}
