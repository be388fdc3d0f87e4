import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Audit } from '@abide/audit';
import { Deaths, PendingChanges, Subjects, type ChangeOutcome, type GrantEvidence } from '@abide/identity';
import { Clock } from '@abide/kernel';
import { Database } from '@abide/platform';
import { Arrangements } from './arrangements.js';
import { beginsUnproven } from '../request-kinds.js';
import { RequestRecords, type RequestContent, type Requester } from '../requests/request-records.js';
import { RequestRetention } from '../requests/request-retention.js';
import type { SubjectRequest } from '../requests/request.entity.js';
import { Requests } from '../requests/requests.service.js';
import { relativeRequestObject } from '../requests/waiting-links.js';
import { refusal } from '../rights.errors.js';

const changeKind = 'relativeLink';

/**
 * PIPL art. 49: near relatives of somebody who died ask about their data. What they asked is about nobody until one operator has looked at the evidence and
 * said whose data it is, and a privacy officer has too; then it goes on as a request about that account, answered to the relative alone.
 */
@Injectable()
export class RelativeRequests implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly changes: PendingChanges,
    private readonly subjects: Subjects,
    private readonly deaths: Deaths,
    private readonly arrangements: Arrangements,
    private readonly requests: Requests,
    private readonly records: RequestRecords,
    private readonly retention: RequestRetention,
  ) {}

  onModuleInit(): void {
    this.changes.register({
      name: changeKind,
      permission: 'request.answer',
      readPermission: 'request.read',
      confirmPermission: 'request.decideAny',
      basisNow: async ({ objectId }) => this.basisOf(await this.records.get(objectId)),
      apply: async ({ objectId, proposed }, evidence) => {
        await this.link(objectId, (proposed as { readonly subjectId: string }).subjectId, evidence);
      },
    });
  }

  /**
   * Says whose data a relative asks about, after a look at the evidence. It waits for a privacy officer, always.
   * @throws DomainError `request.not_from_relative`, `request.no_such_person`, `request.arranged_otherwise`
   */
  async propose(
    id: string,
    { subjectId, reason, by }: { readonly subjectId: string; readonly reason: string; readonly by: string },
  ): Promise<ChangeOutcome<never>> {
    return this.db.transaction(async () => {
      await this.changes.lock();
      const { request } = await this.records.change(id, async (own) => {
        const content = await this.requireFromRelative(own);
        await this.requireLinkable(subjectId);
        await this.arrangements.require(subjectId, own.type);
        await this.records.seal(own, 'content', { ...content, evidence: reason });
        await this.records.note(own, 'linkProposed');
      });
      const name = { 'zh-CN': request.number, en: request.number };
      const basis = await this.basisOf(request);
      const about = { kind: changeKind, objectType: relativeRequestObject, objectId: id, name, basis };
      return { waiting: await this.changes.propose({ ...about, proposed: { subjectId }, opens, by }) };
    });
  }

  /** In the transaction of the confirmation: the death is noted, and the request goes on about the account, as it was proven and in the time that it had. */
  private async link(id: string, subjectId: string, evidence: GrantEvidence): Promise<void> {
    const { request } = await this.records.change(id, async (own) => {
      const { requester, text, evidence: seen } = await this.requireFromRelative(own);
      await this.deaths.note(subjectId, { request: own.number });
      await this.arrangements.require(subjectId, own.type);
      const wanted = {
        type: own.type,
        channel: own.channel,
        locale: own.locale,
        categories: [],
        text,
        corrections: [],
      };
      const rest = { purpose: null, target: null, evidence: seen, requester };
      const facts = { verifiedAt: own.verifiedAt, openedAt: own.openedAt, askedAs: 'relative' as const };
      const about = await this.requests.begun(subjectId, { ...wanted, ...rest }, facts);
      own.cancel(this.clock.now(), await this.retention.endOfClosed());
      own.joinedTo = about.id;
      await this.records.note(own, 'linked', { details: { joined: about.number } });
    });
    await this.audit.record({
      act: 'request.linkedToDeceased',
      object: { type: 'request', id: request.joinedTo ?? id },
      subjectId,
      details: { ...evidence, number: request.number },
    });
  }

  /** A later proposal replaces what was seen for the earlier one, which nobody agrees to any more. */
  private async basisOf(request: SubjectRequest): Promise<string> {
    return `${request.state} ${await this.records.countOf(request, 'linkProposed')}`;
  }

  private async requireFromRelative(request: SubjectRequest): Promise<RequestContent & { requester: Requester }> {
    const content = await this.records.content(request);
    const { requester } = content;
    const isOpen = request.state === 'open' && request.verifiedAt !== null && request.askedAs === null;
    if (!requester?.relation || !isOpen || beginsUnproven(request.type)) throw refusal('request.not_from_relative');
    return { ...content, requester };
  }

  private async requireLinkable(subjectId: string): Promise<void> {
    const found = await this.subjects.find(subjectId);
    if (found?.kind !== 'person' || !['active', 'deceased'].includes(found.status))
      throw refusal('request.no_such_person');
  }
}

const opens = [
  {
    'zh-CN': '将在此账户上记录其主人已去世：不能再登录，也不能再收集、使用或提供其信息，直至账户注销。',
    en: 'That its owner died is noted on the account: nobody signs in to it, and nothing of it is collected, used or shared, until it is closed.',
  },
  {
    'zh-CN': '近亲属的请求将就此账户的信息继续办理；同意查阅的，资料包由该近亲属领取。',
    en: 'The relative’s request goes on about the data of this account; what is granted to be seen is fetched by the relative.',
  },
];
