import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Subjects } from '@abide/identity';
import { Inbox, Notifier } from '@abide/notifications';
import { Config, Jobs } from '@abide/platform';
import type { Locale, Localized } from '@abide/kernel';
import { PublicRequestRecords } from '../askers/public-request-records.js';
import { Farewells } from './farewells.js';
import { Representatives } from './representatives.service.js';
import { RequestRecords } from './request-records.js';
import { dayWords } from '../day-words.js';
import { appealDays, questionDays, type SubjectRequest } from './request.entity.js';

export type ToldStep =
  'received' | 'asked' | 'unanswered' | 'extended' | 'recomputed' | 'waiting' | 'kept' | 'answered';

interface Told {
  readonly subjectId: string;
  readonly requestId: string;
  readonly step: ToldStep;
  /** Who is told; absent: whom the request is about. */
  readonly toId?: string;
}

interface Written {
  readonly subject: string;
  readonly text: string;
}

const titles: Readonly<Record<ToldStep, Localized>> = {
  received: { 'zh-CN': '我们已收到您的请求', en: 'We have received your request' },
  asked: { 'zh-CN': '处理您的请求前，我们有一个问题', en: 'We have a question about your request' },
  unanswered: { 'zh-CN': '我们将继续处理您的请求', en: 'We go on with your request' },
  extended: { 'zh-CN': '您的请求需要更多时间', en: 'Your request will take longer' },
  recomputed: { 'zh-CN': '您的请求的答复期限有变化', en: 'Your request has another deadline' },
  waiting: { 'zh-CN': '您的请求已获批准，尚可撤回', en: 'Your request is approved, and you may still take it back' },
  kept: { 'zh-CN': '您的请求已有答复：信息暂不删除', en: 'Your request is answered: nothing is deleted for now' },
  answered: { 'zh-CN': '您的请求已有答复', en: 'Your request is answered' },
};

interface Facts {
  readonly number: string;
  readonly day: string;
  /** Where it stands in the app. */
  readonly page: string;
}

const ownPage: Localized = { 'zh-CN': '我的请求', en: 'My requests' };
const wardPage: Localized = { 'zh-CN': '孩子的请求', en: 'Requests for my child' };

/** What each says; a number stands for the request, and nothing in it is about the person. */
const texts: Readonly<Record<ToldStep, Readonly<Record<Locale, (facts: Facts) => string>>>> = {
  received: {
    'zh-CN': ({ number, day, page }) =>
      `请求编号 ${number}。我们会在 ${day} 之前答复，您可以随时在“${page}”中查看进展。`,
    en: ({ number, day, page }) =>
      `It has the number ${number}. We answer by ${day}; you can see how it stands under “${page}”.`,
  },
  asked: {
    'zh-CN': ({ number, page }) =>
      `请求 ${number}：请在“${page}”中查看并回复。在您回复之前，答复期限暂停计算，最长 ${questionDays} 日。`,
    en: ({ number, page }) =>
      `Request ${number}: read it and reply under “${page}”. The time to answer stands still until you do, for ${questionDays} days at most.`,
  },
  unanswered: {
    'zh-CN': ({ number, day, page }) =>
      `请求 ${number}：我们没有等到您对所提问题的回复，现按已有信息继续处理，答复期限为 ${day}。您仍可在“${page}”中补充说明。`,
    en: ({ number, day, page }) =>
      `Request ${number}: our question was not answered, so we go on with what we know and answer by ${day}. You can still add to it under “${page}”.`,
  },
  extended: {
    'zh-CN': ({ number, day, page }) => `请求 ${number}：答复期限延长至 ${day}，原因见“${page}”。`,
    en: ({ number, day, page }) => `Request ${number}: we answer by ${day}. Why is written under “${page}”.`,
  },
  recomputed: {
    'zh-CN': ({ number, day }) => `请求 ${number}：节假日安排公布后，答复期限调整为 ${day}。`,
    en: ({ number, day }) => `Request ${number}: the holidays on the way are published now, and we answer by ${day}.`,
  },
  waiting: {
    'zh-CN': ({ number, day, page }) =>
      `请求 ${number} 已获批准。在 ${day} 之前，您可以在“${page}”中查看哪些内容会被删除，也可以撤回。此后我们将予以执行，完成后另行通知您。`,
    en: ({ number, day, page }) =>
      `Request ${number} is approved. Until ${day} you can see under “${page}” what will go, and take it back. It will be carried out afterwards, and you are told when it is.`,
  },
  kept: {
    'zh-CN': ({ number, page }) =>
      `请求 ${number}：您要求删除的信息这次没有删除。可以告知的原因和期限见“${page}”。如有异议，可以在 ${appealDays} 日内申请由另一位工作人员复核。`,
    en: ({ number, page }) =>
      `Request ${number}: what you asked to be deleted was not deleted. What can be said of why, and until when, is under “${page}”. If you disagree you may ask, within ${appealDays} days, for somebody else to look at it.`,
  },
  answered: {
    'zh-CN': ({ number, page }) =>
      `请求 ${number}：请在“${page}”中查看答复。如有异议，可以在 ${appealDays} 日内申请由另一位工作人员复核。`,
    en: ({ number, page }) =>
      `Request ${number}: the answer is under “${page}”. If you disagree you may ask, within ${appealDays} days, for somebody else to look at it.`,
  },
};

/** Tells the person concerned how a request stands, or in their place the guardian who asked, as long as they are one: in the app in the transaction of the step, and by message after it. */
@Injectable()
export class RequestTelling implements OnModuleInit {
  constructor(
    private readonly inbox: Inbox,
    private readonly notifier: Notifier,
    private readonly jobs: Jobs,
    private readonly records: RequestRecords,
    private readonly subjects: Subjects,
    private readonly publicRequests: PublicRequestRecords,
    private readonly config: Config,
    private readonly representatives: Representatives,
    private readonly farewells: Farewells,
  ) {}

  onModuleInit(): void {
    this.jobs.define<Told>('rights.tell', (told) => this.send(told));
  }

  /** Joins the open transaction. */
  async tell(request: SubjectRequest, step: ToldStep): Promise<void> {
    if (request.farewell) return this.farewells.queue(request);
    const { subjectId, id: requestId } = request;
    const receivers = await this.receiversOf(request);
    const text = (locale: Locale) => textOf(request, { step, locale, page: pageFor(request, receivers) });
    // Whoever reads what goes to somebody who died is not who asked.
    if (request.askedAs !== 'relative' && (await this.subjects.find(subjectId)))
      await this.inbox.tellMany(receivers, {
        kind: 'request',
        title: titles[step],
        summary: { 'zh-CN': text('zh-CN'), en: text('en') },
        link: this.config.requestPage(requestId),
      });
    for (const toId of receivers)
      await this.jobs.send('rights.tell', { subjectId, requestId, step, toId } satisfies Told);
  }

  /** Who asked for an enterprise is told as it is, and a guardian in place of their ward, while they may still act for them. */
  private async receiversOf(request: SubjectRequest): Promise<string[]> {
    const { askedBy, askedAs, subjectId } = request;
    if (askedBy === null || !(await this.representatives.may(askedBy, request))) return [subjectId];
    return askedAs === 'guardian' ? [askedBy] : [subjectId, askedBy];
  }

  private async send({ subjectId, requestId, step, toId = subjectId }: Told): Promise<void> {
    const request = await this.records.get(requestId, subjectId);
    if (!(await this.receiversOf(request)).includes(toId)) return;
    const isAnonymous = await this.publicRequests.write(requestId, (locale, pageId) =>
      this.toNobodyKnown({ id: pageId, number: request.number }, step, locale),
    );
    if (isAnonymous || request.askedAs === 'relative') return;
    await this.notifier.sendToBest('transactional', toId, (locale) => ({
      subject: subjectOf(step, locale),
      text: this.withLink(requestId, textOf(request, { step, locale, page: pageFor(request, [toId]) })),
    }));
  }

  private withLink(requestId: string, text: string): string {
    const link = this.config.requestPage(requestId);
    return link === null ? text : `${text}\n\n${link}`;
  }

  /** Without an account there is no app to look into: the page of the request says the rest, after another code. */
  private toNobodyKnown(
    { id, number }: Pick<SubjectRequest, 'id' | 'number'>,
    step: ToldStep,
    locale: Locale,
  ): Written {
    const link = `${this.config.publicUrl}/requests/${id}`;
    return {
      subject: subjectOf(step, locale),
      text:
        locale === 'zh-CN'
          ? `请求 ${number}：${titles[step][locale]}。请打开 ${link} ，用新的验证码查看。`
          : `Request ${number}: ${titles[step][locale]}. Open ${link} and have a code sent to read it.`,
    };
  }
}

function subjectOf(step: ToldStep, locale: Locale): string {
  return `${locale === 'zh-CN' ? '守约：' : 'Abide: '}${titles[step][locale]}`;
}

/** A guardian finds it among those for their child. */
function pageFor({ askedAs, askedBy }: SubjectRequest, receivers: readonly string[]): Localized {
  return askedAs === 'guardian' && receivers.some((one) => one === askedBy) ? wardPage : ownPage;
}

function textOf(
  request: SubjectRequest,
  { step, locale, page }: { step: ToldStep; locale: Locale; page: Localized },
): string {
  const at = step === 'waiting' ? request.waitingUntil : request.dueAt;
  const { utcOffsetHours } = request.clock;
  const day = at === null ? '' : dayWords(at, { locale, utcOffsetHours });
  return texts[step][locale]({ number: request.number, day, page: page[locale] });
}
