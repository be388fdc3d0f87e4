import { Injectable } from '@nestjs/common';
import { Operators, type Permission } from '@abide/identity';
import { Clock } from '@abide/kernel';
import { requireMatch } from '@abide/platform';
import { RequestClocks } from '../clock/request-clocks.service.js';
import { decideOn, findingsTag, outcomeOf, type Finding, type WantedDecision } from '../findings/finding.rules.js';
import { refusal } from '../rights.errors.js';
import { isAnsweredInWords, isDecidedBySupport, type RequestOutcome } from '../request-kinds.js';
import { RequestFindings } from './request-findings.js';
import { RequestDecisions } from './request-decisions.js';
import { RequestRecords } from './request-records.js';
import { RequestTelling } from './request-telling.js';
import type { SubjectRequest } from './request.entity.js';
import { SecondLooks } from './second-looks.js';
import { WaitingLinks } from './waiting-links.js';

export interface DecisionBy {
  readonly operatorId: string;
  readonly wanted: WantedDecision;
  /** What the subject is answered. */
  readonly text: string | null;
  /** The tag of the findings that the operator saw. */
  readonly seen: string | undefined;
  /** What the evidence says beside the outcome. */
  readonly evidence?: Readonly<Record<string, string>>;
}

/** What operators do with a request, from being assigned to being decided. */
@Injectable()
export class RequestHandling {
  constructor(
    private readonly clock: Clock,
    private readonly records: RequestRecords,
    private readonly clocks: RequestClocks,
    private readonly findings: RequestFindings,
    private readonly operators: Operators,
    private readonly links: WaitingLinks,
    private readonly telling: RequestTelling,
    private readonly secondLooks: SecondLooks,
    private readonly decisions: RequestDecisions,
  ) {}

  /** To an operator, or back to nobody. @throws DomainError `request.unknown_operator` unless it is somebody who answers requests; `request.same_operator` after an appeal */
  async assign(id: string, operatorId: string | null): Promise<SubjectRequest> {
    return this.change(id, async (request) => {
      request.requireRunning();
      if (operatorId !== null) await this.requireMayTake(request, operatorId);
      request.assignee = operatorId;
      await this.records.note(request, 'assigned', { details: { operator: operatorId ?? 'nobody' } });
    });
  }

  /** Asks the subject something; the clock stands until they answer. */
  async ask(id: string, text: string): Promise<SubjectRequest> {
    return this.change(id, async (request) => {
      request.ask(this.clock.now());
      this.clocks.wind(request);
      await this.records.note(request, 'asked', { text });
      await this.telling.tell(request, 'asked');
    });
  }

  /** Once, with a reason that the subject reads. */
  async extend(id: string, reason: string): Promise<SubjectRequest> {
    const extension = await this.clocks.extension();
    return this.change(id, async (request) => {
      request.extend(extension, this.clock.now());
      this.clocks.wind(request);
      await this.records.note(request, 'extended', { text: reason });
      await this.telling.tell(request, 'extended');
    });
  }

  /**
   * Decides on everything that is held now. A refusal to a minor waits for a second operator; what takes something away for good
   * waits until the subject could take it back; anything else is carried out.
   * @throws DomainError `request.stale_findings` (412), `request.same_operator`, `request.not_yours_to_decide`, `request.link_waits`, `request.answer_needed`, as `decideOn`
   */
  async decide(id: string, { operatorId, wanted, text, seen, evidence }: DecisionBy): Promise<SubjectRequest> {
    await this.findings.look(await this.records.get(id), 'once');
    return this.change(id, async (request) => {
      await this.requireMayDecide(request, operatorId);
      if (await this.links.of(request)) throw refusal('request.link_waits');
      const found = await this.findings.of(request);
      requireMatch(seen, findingsTag(found), 'request.stale_findings');
      const decided = decideOn(request.type, found, wanted);
      const outcome = found.length > 0 ? outcomeOf(decided) : plainOutcome(request, wanted, text);
      request.decide(outcome, operatorId, this.clock.now());
      await this.decisions.keep(request, decided);
      const answer = text ?? wanted.reason;
      if (answer) await this.records.seal(request, 'answer', answer);
      await this.records.note(request, 'decided', {
        by: { id: operatorId, name: (await this.operators.nameOf(operatorId)) ?? '' },
        details: { outcome, ...evidence },
      });
      if (await this.secondLooks.needs(request)) return request.waitFor('awaitingSecond');
      await this.decisions.goOn(request);
    });
  }

  /** A second operator agrees with what was decided. @throws DomainError `request.own_decision`, `request.state` */
  async confirm(id: string, operatorId: string): Promise<SubjectRequest> {
    return this.change(id, async (request) => {
      request.requireState('awaitingSecond');
      await this.requireMaySecond(request, operatorId);
      await this.records.note(request, 'confirmed');
      await this.decisions.goOn(request);
    });
  }

  /** A second operator does not: it is decided anew. */
  async sendBack(id: string, operatorId: string, reason: string): Promise<SubjectRequest> {
    return this.change(id, async (request) => {
      request.requireState('awaitingSecond');
      await this.requireMaySecond(request, operatorId);
      request.sendBack();
      await this.decisions.forget(request);
      await this.records.note(request, 'sentBack', { text: reason });
    });
  }

  /** What is held of what it is about, as it stands now, and the tag by which a decision can say that it saw it. */
  async findingsOf(id: string): Promise<{ readonly findings: readonly Finding[]; readonly tag: string }> {
    const request = await this.records.get(id);
    await this.findings.look(request, 'again');
    const findings = await this.findings.of(request);
    return { findings, tag: findingsTag(findings) };
  }

  private async change(id: string, act: (request: SubjectRequest) => Promise<void>): Promise<SubjectRequest> {
    return (await this.records.change(id, act)).request;
  }

  private async requireMayTake(request: SubjectRequest, operatorId: string): Promise<void> {
    if (!(await this.mayOf(operatorId)).includes('request.answer')) throw refusal('request.unknown_operator');
    requireAnother(request, operatorId);
  }

  private async requireMayDecide(request: SubjectRequest, operatorId: string): Promise<void> {
    requireAnother(request, operatorId);
    const may = await this.mayOf(operatorId);
    if (!isDecidedBySupport(request.type) && !may.includes('request.decideAny'))
      throw refusal('request.not_yours_to_decide');
  }

  private async requireMaySecond(request: SubjectRequest, operatorId: string): Promise<void> {
    if ([request.decidedBy, request.openedBy].includes(operatorId)) throw refusal('request.own_decision');
    await this.requireMayDecide({ ...request, decidedBy: null } as SubjectRequest, operatorId);
  }

  private async mayOf(operatorId: string): Promise<readonly Permission[]> {
    const operator = (await this.operators.getAll([operatorId])).get(operatorId);
    return operator?.isActive ? operator.permissions : [];
  }
}

/** An appeal is decided by somebody who did not decide before. @throws DomainError `request.same_operator` */
function requireAnother({ round, decidedBy }: SubjectRequest, operatorId: string): void {
  if (round > 1 && decidedBy === operatorId) throw refusal('request.same_operator');
}

function plainOutcome(
  { type }: SubjectRequest,
  { outcome, reason }: WantedDecision,
  text: string | null,
): RequestOutcome {
  if (outcome !== 'refuse') {
    if (isAnsweredInWords(type) && !text) throw refusal('request.answer_needed');
    return 'granted';
  }
  if (!reason) throw refusal('request.reason_needed');
  return 'refused';
}
