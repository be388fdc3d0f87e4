import type { Localized } from '@abide/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export const mostWaitingDays = 30;

/** How requests are answered in this installation. */
export interface RequestTerms {
  /** What is asked to be seen or taken along is prepared without an operator once the code was given and no ground stands against it. */
  readonly preparesItself: boolean;
  /** What an account says of itself is corrected without an operator once the code was given, where a clause lets it. */
  readonly correctsItself: boolean;
  /** How long a granted deletion waits before it is carried out; 0 to 30. */
  readonly waitingDays: number;
}

/** The one row that says how requests are answered. */
@Entity({ schema: 'rights', name: 'settings' })
export class RequestSettings implements RequestTerms {
  @PrimaryColumn('integer') id!: number;
  /** One more with each change. */
  @Column('integer') version!: number;
  @Column('boolean', { name: 'prepares_itself' }) preparesItself!: boolean;
  @Column('boolean', { name: 'corrects_itself' }) correctsItself!: boolean;
  @Column('integer', { name: 'waiting_days' }) waitingDays!: number;
}

/** What a change lets happen that did not before, a sentence each; empty where it only narrows. */
export function opensWords(before: RequestTerms, after: RequestTerms): Localized[] {
  const opens: Localized[] = [];
  if (after.preparesItself && !before.preparesItself)
    opens.push({
      'zh-CN': '查阅和转移请求在本人验证后自动准备，不再经人工查看。',
      en: 'What is asked to be seen or taken along is prepared without an operator once the person has given the code.',
    });
  if (after.correctsItself && !before.correctsItself)
    opens.push({
      'zh-CN': '账户信息的更正在本人验证后自动办理，不再经人工查看。',
      en: 'What an account says of itself is corrected without an operator once the person has given the code.',
    });
  if (after.waitingDays < before.waitingDays)
    opens.push({
      'zh-CN': `获准的删除由等待 ${before.waitingDays} 天改为等待 ${after.waitingDays} 天。`,
      en: `A granted deletion waits ${after.waitingDays} days instead of ${before.waitingDays}.`,
    });
  return opens;
}
