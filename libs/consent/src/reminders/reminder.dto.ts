import { Flag, Id, Instant, LocalizedText, Nested, OneOf, Text, Whole } from '@abide/platform';
import { lapsedStates, type LapsedState } from './consent-audience.js';
import type { Reminder } from './reminder.entity.js';

const people = { min: 0, max: 2_147_483_647 };
const notBlank = /\S/;

class ReminderTitle {
  @Text({ max: 200, pattern: notBlank, example: '请重新确认您的选择' }) readonly 'zh-CN': string = '';
  @Text({ max: 200, pattern: notBlank, example: 'Please confirm your choice again' }) readonly en: string = '';
}

class ReminderSummary {
  @Text({ max: 2000, pattern: notBlank, example: '隐私政策有变化，您此前的同意不再适用。' }) readonly 'zh-CN': string =
    '';
  @Text({
    max: 2000,
    pattern: notBlank,
    example: 'The privacy policy has changed, and your consent no longer applies.',
  })
  readonly en: string = '';
}

/** Whose consent for a purpose has lapsed, and how. */
export class PreviewReminder {
  @Text({ max: 80 }) readonly purpose: string = '';
  @OneOf(lapsedStates, { description: '`stale`: what was consented to has changed since' })
  readonly state: LapsedState = 'stale';
}

export class SendReminder extends PreviewReminder {
  @Nested(() => ReminderTitle) readonly title: ReminderTitle = new ReminderTitle();
  @Nested(() => ReminderSummary) readonly summary: ReminderSummary = new ReminderSummary();
  @Flag({ optional: true, description: 'Send it although the same words went to the same people within the hour' })
  readonly again?: boolean;
}

export class ReminderPreviewResponse {
  @Whole({ ...people, description: 'Active subjects who would be told' }) readonly matched: number = 0;
}

export class ReminderResponse {
  @Id() readonly id: string = '';
  @Text({ max: 80 }) readonly purpose: string = '';
  @OneOf(lapsedStates) readonly state: string = '';
  @Nested(() => LocalizedText) readonly title: LocalizedText = new LocalizedText();
  @Nested(() => LocalizedText) readonly summary: LocalizedText = new LocalizedText();
  @Whole({ ...people, description: 'Found so far; each has the notice in their inbox' }) readonly matched: number = 0;
  @Whole({ ...people, description: 'Of those, whose message is settled too: handed over, or nowhere to send it' })
  readonly told: number = 0;
  @Whole({ ...people, description: 'Messages handed over' }) readonly sent: number = 0;
  @Flag({ description: 'Everybody was found and told' }) readonly done: boolean = false;
  @Id({ description: 'The operator who sent it' }) readonly createdBy: string = '';
  @Instant() readonly createdAt: string = '';
  @Instant({ nullable: true }) readonly finishedAt: string | null = null;
}

export function toReminder({
  id,
  purpose,
  state,
  title,
  summary,
  matched,
  told,
  sent,
  createdBy,
  createdAt,
  finishedAt,
}: Reminder): ReminderResponse {
  const times = { createdAt: createdAt.toISOString(), finishedAt: finishedAt?.toISOString() ?? null };
  return { id, purpose, state, title, summary, matched, told, sent, createdBy, ...times, done: finishedAt !== null };
}
