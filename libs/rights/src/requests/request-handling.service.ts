import { Injectable } from '@nestjs/common';
import { Operators, type Permission } from '@abide/identity';
import { Clock } from '@abide/kernel';
import { requireMatch } from '@abide/platform';
import { RequestClocks } from '../clock/request-clocks.service.js';
import { decideOn, findingsTag, outcomeOf, type Finding, type WantedDecision } from '../findings/finding.rules.js';
import { refusal } from '../rights.errors.js';
import { isAnsweredInWords, type RequestOutcome } from '../request-kinds.js';
import { Deciders, type DeciderBarrier } from './deciders.js';
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
  /** Of a decision for many: which one, and who agreed to it beforehand. */
  readonly bulk?: { readonly id: string; readonly confirmedBy: string };
}

const refusals = {
  kind: 'request.not_yours_to_decide',
  decidedBefore: 'request.same_operator',
  ownDecision: 'request.own_decision',
} as const satisfies Record<DeciderBarrier, string>;

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
    private readonly deciders: Deciders,
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

  /** Asks holders outside who never said what they have, outside of transactions: what is decided rests on it. */
  async prepare(id: string): Promise<void> {
    await this.findings.look(await this.records.get(id), 'once');
  }

  /**
   * Decides on everything that is held now, after `prepare`. A refusal to a minor waits for a second operator; what takes something away for
   * good waits until the subject could take it back; anything else is carried out.
   * @throws DomainError `request.stale_findings` (412), `request.same_operator`, `request.not_yours_to_decide`, `request.link_waits`, `request.answer_needed`, as `decideOn`
   */
  async decide(id: string, { operatorId, wanted, text, seen, bulk }: DecisionBy): Promise<SubjectRequest> {
    return this.change(id, async (request) => {
      this.hearSilence(request);
      request.requireState('open');
      await this.requireMay(request, operatorId);
      if (await this.links.of(request)) throw refusal('request.link_waits');
      const found = await this.findings.of(request);
      requireMatch(seen, findingsTag(found), 'request.stale_findings');
      const decided = decideOn(request.type, found, wanted);
      const outcome = found.length > 0 ? outcomeOf(decided) : plainOutcome(request, wanted, text);
      request.decide(outcome, operatorId, this.clock.now());
      await this.decisions.keep(request, decided);
      const answer = text ?? wanted.reason;
      if (answer) await this.records.seal(request, 'answer', answer);
      const details = { outcome, ...(bulk ? { bulk: bulk.id, confirmedBy: bulk.confirmedBy } : {}) };
      await this.records.note(request, 'decided', { by: await this.named(operatorId), details });
      if (bulk) await this.records.note(request, 'confirmed', { by: await this.named(bulk.confirmedBy) });
      if (await this.secondLooks.needs(request)) return request.waitFor('awaitingSecond');
      await this.decisions.goOn(request);
    });
  }

  /** A second operator agrees with what was decided. @throws DomainError `request.own_decision`, `request.state` */
  async confirm(id: string, operatorId: string, comment: string | null): Promise<SubjectRequest> {
    return this.change(id, async (request) => {
      request.requireState('awaitingSecond');
      await this.requireMay(request, operatorId);
      await this.records.note(request, 'confirmed', { text: comment });
      await this.decisions.goOn(request);
    });
  }

  /** A second operator does not: it is decided anew. */
  async sendBack(id: string, operatorId: string, reason: string): Promise<SubjectRequest> {
    return this.change(id, async (request) => {
      request.requireState('awaitingSecond');
      await this.requireMay(request, operatorId);
      request.sendBack();
      await this.decisions.forget(request);
      await this.records.note(request, 'sentBack', { text: reason });
    });
  }

  /** What is held of what it is about, as it stands now, and the tag by which a decision can say that it saw it. */
  async findingsOf(id: string): Promise<{ readonly findings: readonly Finding[]; readonly tag: string }> {
    await this.findings.look(await this.records.get(id), 'again');
    return this.known(id);
  }

  /** The same, with nobody asked anew. */
  async known(id: string): Promise<{ readonly findings: readonly Finding[]; readonly tag: string }> {
    const findings = await this.findings.of(await this.records.get(id));
    return { findings, tag: findingsTag(findings) };
  }

  /** Of somebody who owes an answer: decided without it, and the clock goes on. */
  private hearSilence(request: SubjectRequest): void {
    if (request.state !== 'awaitingSubject') return;
    request.hear(this.clock.now());
    this.clocks.wind(request);
  }

  private async change(id: string, act: (request: SubjectRequest) => Promise<void>): Promise<SubjectRequest> {
    return (await this.records.change(id, act)).request;
  }

  private async requireMayTake(request: SubjectRequest, operatorId: string): Promise<void> {
    if (!(await this.mayOf(operatorId)).includes('request.answer')) throw refusal('request.unknown_operator');
    if ((await this.deciders.earlier(request)).has(operatorId)) throw refusal('request.same_operator');
  }

  private async requireMay(request: SubjectRequest, operatorId: string): Promise<void> {
    const permissions = new Set<string>(await this.mayOf(operatorId));
    const barrier = await this.deciders.barrier(request, { operatorId, permissions });
    if (barrier !== null) throw refusal(refusals[barrier]);
  }

  private async named(id: string): Promise<{ readonly id: string; readonly name: string }> {
    return { id, name: (await this.operators.nameOf(id)) ?? '' };
  }

  private async mayOf(operatorId: string): Promise<readonly Permission[]> {
    const operator = (await this.operators.getAll([operatorId])).get(operatorId);
    return operator?.isActive ? operator.permissions : [];
  }
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
