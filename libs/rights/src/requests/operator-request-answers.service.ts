import { Injectable } from '@nestjs/common';
import { Attachments } from '@abide/attachments';
import { Operators, OperatorSubjects, Subjects } from '@abide/identity';
import { Clock } from '@abide/kernel';
import { requestContext, type OperatorPrincipal } from '@abide/platform';
import { citing, PublicRequestRecords } from '../askers/public-request-records.js';
import { RequestClocks } from '../clock/request-clocks.service.js';
import { DecisionOptionsOf } from './decision-options.service.js';
import { toAttachments, toRequester, type OperatorRequestResponse } from './operator-request.dto.js';
import { QueueAskers } from './queue-askers.js';
import { RequestRecords } from './request-records.js';
import { RequestViews, type RequestView } from './request-view.service.js';
import { articleIn, toRequest, type Reading, type RequestResponse } from './request.dto.js';
import type { SubjectRequest } from './request.entity.js';
import { lacksSecondProof } from './second-looks.js';
import { TaskAnswerers } from './task-answerers.js';

/** A request as an operator reads it, in their language. */
@Injectable()
export class OperatorRequestAnswers {
  constructor(
    private readonly clock: Clock,
    private readonly records: RequestRecords,
    private readonly views: RequestViews,
    private readonly operators: Operators,
    private readonly subjects: Subjects,
    private readonly operatorSubjects: OperatorSubjects,
    private readonly attachments: Attachments,
    private readonly askers: QueueAskers,
    private readonly asked: PublicRequestRecords,
    private readonly answerers: TaskAnswerers,
    private readonly options: DecisionOptionsOf,
    private readonly clocks: RequestClocks,
  ) {}

  async one(request: SubjectRequest, operator: OperatorPrincipal): Promise<OperatorRequestResponse> {
    const view = await this.views.forOperator(request, operator);
    const names = await this.operators.namesOf(request.assignee === null ? [] : [request.assignee]);
    const askers = await this.askers.of([request]);
    const hasAccount = (await this.subjects.find(request.subjectId)) !== null;
    const deciding = await this.options.read(view, operator);
    const mayDecide = deciding.barrier === null;
    return {
      ...toRequest(view, this.reading()),
      corrections: await this.differences(view, mayDecide),
      subjectId: request.subjectId,
      locale: request.locale,
      assigneeId: request.assignee,
      assignee: request.assignee && (names.get(request.assignee) ?? null),
      personName: askers(request).personName,
      isAppeal: request.round > 1,
      joinedTo: await this.joinedTo(request),
      extension: await this.extension(request),
      isEnterprise: askers(request).isEnterprise,
      wardName: askers(request).wardName,
      askerId: view.asker?.personId ?? null,
      linkedFrom: request.askedAs === 'relative' ? ((await this.asked.askedFor(request.id))?.requestId ?? null) : null,
      evidence: view.content.evidence,
      isWithheld: view.isWithheld,
      attachments: view.isWithheld ? [] : toAttachments(await this.attachments.citedBy(citing(request.id))),
      requester: toRequester(view, hasAccount),
      lacksSecondProof: hasAccount && lacksSecondProof(request),
      tasks: await this.answerers.tasksOf(view.holders, operator),
      mayDecide,
      deciding,
      isInTime: request.isInTime,
    };
  }

  /** What a relative asked goes on about another account. */
  private async joinedTo({ joinedTo }: SubjectRequest): Promise<OperatorRequestResponse['joinedTo']> {
    if (joinedTo === null) return null;
    const { id, number } = await this.records.get(joinedTo);
    return { id, number };
  }

  private async extension(request: SubjectRequest): Promise<OperatorRequestResponse['extension']> {
    const { now, locale } = this.reading();
    const extended = request.isExtendable(now) ? await this.clocks.extended(request) : null;
    return extended && { dueAt: extended.dueAt?.toISOString() ?? null, article: articleIn(extended.article, locale) };
  }

  /** Old beside new: whoever decides reads the new one whole, to compare it with the evidence. */
  private async differences(
    { request: { subjectId }, content: { corrections } }: RequestView,
    mayDecide: boolean,
  ): Promise<RequestResponse['corrections']> {
    const masked = await this.operatorSubjects.maskedCorrections(subjectId, corrections);
    return masked.map(({ category, held, wanted }, index) => ({
      category,
      held,
      value: mayDecide ? (corrections[index]?.value ?? wanted) : wanted,
    }));
  }

  private reading(): Reading {
    return { now: this.clock.now(), locale: requestContext()?.locale ?? 'zh-CN' };
  }
}
