import type { Localized } from '@abide/kernel';
import type { CampaignProgress } from '@abide/notifications';
import { atLeast, type Materiality } from '@abide/rulebook';
import type { MissingCondition, ScheduledRevision } from './activation-conditions.js';
import { leadEndsAt, owesLead } from './lead-time.rules.js';

/** What a scheduled revision waits for. */
export interface Conditions extends Lead {
  readonly materiality: Materiality;
  readonly requiredLeadDays: number;
  readonly effectiveAt: Date;
  readonly missing: readonly MissingCondition[];
  readonly met: boolean;
}

/** The lead time under way; null where it has not begun, or none is owed. */
interface Lead {
  readonly leadStartedAt: Date | null;
  readonly leadEndsAt: Date | null;
}

interface LeadFacts extends Pick<ScheduledRevision, 'materiality' | 'leadDays'> {
  /** How far the notice has come; null where none was started. */
  readonly notice: Pick<
    CampaignProgress,
    'liveAt' | 'firstPassCompletedAt' | 'leadStartedAt' | 'reachable' | 'attempted' | 'state'
  > | null;
}

export interface ConditionFacts extends LeadFacts, Pick<ScheduledRevision, 'materialityNow' | 'effectiveAt'> {
  readonly now: Date;
  /** Whether the text holds together with the registries and the other policies as they stand now. */
  readonly isTextValid: boolean;
}

/** What is missing at `now` before a revision may take effect; all of it is listed, not only the first. */
export function missingOf(facts: ConditionFacts): MissingCondition[] {
  const { now, materiality, effectiveAt } = facts;
  const missing: MissingCondition[] = [];
  if (now < effectiveAt)
    missing.push({ code: 'effectiveAtAhead', message: messages.effectiveAtAhead, until: effectiveAt });
  if (!facts.isTextValid) missing.push({ code: 'textInvalid', message: messages.textInvalid });
  if (isHeavier(facts)) missing.push({ code: 'changeHeavier', message: messages.changeHeavier });
  if (owesLead(materiality)) missing.push(...missingNotice(facts));
  return missing;
}

export function leadOf({ materiality, leadDays, notice }: LeadFacts): Lead {
  const leadStartedAt = owesLead(materiality) ? (notice?.leadStartedAt ?? null) : null;
  return { leadStartedAt, leadEndsAt: leadStartedAt && leadEndsAt(leadStartedAt, leadDays) };
}

/** Something else took effect since it was announced, and beside that the change weighs more than people were told. */
function isHeavier({ materiality, materialityNow }: ConditionFacts): boolean {
  return owesLead(materialityNow) && !atLeast(materiality, materialityNow);
}

function missingNotice(facts: ConditionFacts): MissingCondition[] {
  const { now, leadDays, notice } = facts;
  const { leadEndsAt: ends } = leadOf(facts);
  const missing: MissingCondition[] = [];
  if (!notice?.liveAt || notice.state === 'cancelled')
    missing.push({ code: 'noticeNotLive', message: messages.noticeNotLive });
  if (!notice?.firstPassCompletedAt) missing.push({ code: 'audiencePass', message: messages.audiencePass });
  if (notice && notice.attempted < notice.reachable && !notice.firstPassCompletedAt) {
    missing.push({ code: 'channelAttempts', message: messages.channelAttempts });
  }
  if (!ends) missing.push({ code: 'leadTime', message: leadNotStarted(leadDays) });
  else if (now < ends) missing.push({ code: 'leadTime', message: leadRunning({ now, leadDays, ends }), until: ends });
  return missing;
}

const messages = {
  effectiveAtAhead: { 'zh-CN': '尚未到排期的生效时间。', en: 'The scheduled time has not come yet.' },
  noticeNotLive: { 'zh-CN': '应用内通知尚未上线。', en: 'The in-app notice is not live.' },
  audiencePass: { 'zh-CN': '尚未完成对全部用户的首轮通知。', en: 'The first pass over the audience is not complete.' },
  channelAttempts: {
    'zh-CN': '尚有可联系到的用户未通过承诺的渠道通知。',
    en: 'Some reachable subjects have not been attempted on a promised channel.',
  },
  textInvalid: {
    'zh-CN': '登记信息或其他政策已有变化，此文本不再成立。请撤回并修改。',
    en: 'Registries or other policies have changed, and the text no longer holds. Withdraw and correct it.',
  },
  changeHeavier: {
    'zh-CN': '排期之后另有政策生效，此次变更的影响重于已通知的级别。请撤回后重新排期。',
    en: 'Another policy took effect since, and the change now weighs more than was announced. Withdraw it and schedule it again.',
  },
} as const satisfies Record<string, Localized>;

function leadNotStarted(leadDays: number): Localized {
  return { 'zh-CN': `提前通知的 ${leadDays} 天尚未开始计算。`, en: `The ${leadDays} days of notice have not begun.` };
}

function leadRunning({ now, leadDays, ends }: { now: Date; leadDays: number; ends: Date }): Localized {
  const left = Math.ceil((ends.getTime() - now.getTime()) / (24 * 3600 * 1000));
  const done = Math.max(0, leadDays - left);
  return {
    'zh-CN': `提前通知已满 ${done} 天，还需 ${left} 天。`,
    en: `${done} of ${leadDays} days of notice are over; ${left} remain.`,
  };
}
