import type { Locale, Localized } from '@abide/kernel';
import type { RequestFigure } from '../requests/request-figure.dto.js';
import type { RequestType } from '../request-kinds.js';

interface Text {
  readonly subject: string;
  readonly text: string;
}

/** A request as a mail to an operator names it: nothing of it is about a person. */
export interface NamedRequest {
  readonly number: string;
  readonly type: RequestType;
  readonly daysLeft: number;
  readonly link: string;
}

const kinds: Readonly<Record<RequestType, Localized>> = {
  access: { 'zh-CN': '查阅', en: 'Access' },
  portability: { 'zh-CN': '转移副本', en: 'Portability' },
  correction: { 'zh-CN': '更正', en: 'Correction' },
  deletion: { 'zh-CN': '删除', en: 'Deletion' },
  restriction: { 'zh-CN': '限制处理', en: 'Restriction' },
  objection: { 'zh-CN': '反对', en: 'Objection' },
  accountClosure: { 'zh-CN': '注销账户', en: 'Closing the account' },
  explanation: { 'zh-CN': '解释说明', en: 'Explanation' },
  inquiry: { 'zh-CN': '咨询', en: 'Inquiry' },
  complaint: { 'zh-CN': '投诉', en: 'Complaint' },
  transfer: { 'zh-CN': '转移给其他处理者', en: 'Transfer' },
};

const figures: Readonly<Record<RequestFigure, Localized>> = {
  overdue: { 'zh-CN': '已逾期的请求', en: 'Overdue requests' },
  dueToday: { 'zh-CN': '今天到期的请求', en: 'Requests due today' },
  dueThisWeek: { 'zh-CN': '七天之内到期的请求', en: 'Requests due within seven days' },
  second: { 'zh-CN': '等待您复核的决定', en: 'Decisions that wait for your second look' },
  officer: { 'zh-CN': '由隐私官决定的请求', en: 'Requests that a privacy officer decides' },
  appeals: { 'zh-CN': '申请复核的请求', en: 'Appeals' },
  assigned: { 'zh-CN': '由您经办的请求', en: 'Requests that you answer' },
  unassigned: { 'zh-CN': '无人经办的请求', en: 'Requests that nobody answers' },
  unreachable: { 'zh-CN': '有保存方未答复的请求', en: 'Requests with a holder that does not answer' },
  manual: { 'zh-CN': '有事项待人工处理的请求', en: 'Requests with something left to a person' },
  awaitingSubject: { 'zh-CN': '待本人回复的请求', en: 'Requests that wait for the person' },
};

/** That the deadline of a request is near, for whoever has to see to it. */
export function warningText({ number, type, daysLeft, link }: NamedRequest, locale: Locale): Text {
  const [kind, left] = [kinds[type][locale], leftText(daysLeft, locale)];
  return locale === 'zh-CN'
    ? {
        subject: `守约：请求 ${number} ${left}`,
        text: `请求 ${number}（${kind}）尚未答复，${left}。\n${link}`,
      }
    : {
        subject: `Abide: request ${number}, ${left}`,
        text: `Request ${number} (${kind}) is not answered yet: ${left}.\n${link}`,
      };
}

/** What waits for an operator: how much of what kind, each with its list. */
export function digestText(
  rows: readonly { readonly figure: RequestFigure; readonly count: number; readonly link: string }[],
  locale: Locale,
): Text {
  const lines = rows.map(({ figure, count, link }) => `${figures[figure][locale]}: ${count}\n${link}`).join('\n');
  return locale === 'zh-CN'
    ? {
        subject: '守约：有事项等待您处理',
        text: `${lines}\n\n不想再收到这封邮件？可在控制台“密码与二次验证”页面关闭。`,
      }
    : {
        subject: 'Abide: something waits for you',
        text: `${lines}\n\nYou can switch this mail off in the console, under “Password and second factor”.`,
      };
}

function leftText(days: number, locale: Locale): string {
  if (days < 0) return locale === 'zh-CN' ? `已逾期 ${-days} 天` : `${-days} days overdue`;
  if (days === 0) return locale === 'zh-CN' ? '今天到期' : 'due today';
  return locale === 'zh-CN' ? `还剩 ${days} 天` : `${days} days left`;
}
