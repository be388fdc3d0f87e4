import type { Localized } from '@abide/kernel';
import type { CampaignProgress } from '@abide/notifications';
import { atLeast, type Materiality } from '@abide/rulebook';
import { leadEndsAt, owesLead } from './lead-time.rules.js';

export const conditionCodes = [
  'effectiveAtAhead',
  'noticeNotLive',
  'audiencePass',
  'channelAttempts',
  'leadTime',
  'changeHeavier',
  'textInvalid',
] as const;
export type ConditionCode = (typeof conditionCodes)[number];

/** One thing that still stands between a scheduled revision and its effect. */
export interface MissingCondition {
  readonly code: ConditionCode;
  readonly message: Localized;
  /** When it will be met by waiting, where that is known. */
  readonly until?: Date;
}

/** What a scheduled revision waits for. */
export interface Conditions {
  readonly materiality: Materiality;
  readonly requiredLeadDays: number;
  readonly leadStartedAt: Date | null;
  readonly leadEndsAt: Date | null;
  readonly effectiveAt: Date;
  readonly missing: readonly MissingCondition[];
  readonly met: boolean;
}

export interface ConditionFacts {
  readonly now: Date;
  /** The class that was announced, and what the change weighs against what is in force now. */
  readonly materiality: Materiality;
  readonly materialityNow: Materiality;
  /** Whether the text holds together with the registries and the other policies as they stand now. */
  readonly isTextValid: boolean;
  readonly leadDays: number;
  readonly effectiveAt: Date;
  /** How far the notice has come; null where none was started. */
  readonly notice: Pick<
    CampaignProgress,
    'liveAt' | 'firstPassCompletedAt' | 'leadStartedAt' | 'reachable' | 'attempted' | 'state'
  > | null;
}

/** The conditions of rules.md, Activate, as they stand at `now`; all of them are listed, not only the first. */
export function conditionsOf(facts: ConditionFacts): Conditions {
  const { now, materiality, leadDays, effectiveAt, notice } = facts;
  const leadStartedAt = owesLead(materiality) ? (notice?.leadStartedAt ?? null) : null;
  const ends = leadStartedAt && leadEndsAt(leadStartedAt, leadDays);
  const missing: MissingCondition[] = [];
  if (now < effectiveAt)
    missing.push({ code: 'effectiveAtAhead', message: messages.effectiveAtAhead, until: effectiveAt });
  if (!facts.isTextValid) missing.push({ code: 'textInvalid', message: messages.textInvalid });
  if (isHeavier(facts)) missing.push({ code: 'changeHeavier', message: messages.changeHeavier });
  if (owesLead(materiality)) missing.push(...missingNotice({ ...facts, ends }));
  return {
    materiality,
    requiredLeadDays: leadDays,
    leadStartedAt,
    leadEndsAt: ends,
    effectiveAt,
    missing,
    met: missing.length === 0,
  };
}

/** Something else took effect since it was announced, and beside that the change weighs more than people were told. */
function isHeavier({ materiality, materialityNow }: ConditionFacts): boolean {
  return owesLead(materialityNow) && !atLeast(materiality, materialityNow);
}

function missingNotice({ now, leadDays, notice, ends }: ConditionFacts & { ends: Date | null }): MissingCondition[] {
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
