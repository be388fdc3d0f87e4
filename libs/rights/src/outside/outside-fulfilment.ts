import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HolderCalls } from '@abide/holders';
import { answerOf, Database, Jobs, nothingToDo, type HolderAnswer } from '@abide/platform';
import { RequestDecisions } from '../requests/request-decisions.js';
import { queueFulfilment } from '../requests/fulfilment-job.js';
import { RequestRecords } from '../requests/request-records.js';
import type { SubjectRequest } from '../requests/request.entity.js';
import { OutsideExports } from './outside-exports.js';
import { OutsideQuestions } from '../requests/outside-questions.js';

interface Answered {
  readonly answer: HolderAnswer;
  /** Of an export: where it lies. */
  readonly fileId: string | null;
}

/** Has holders outside carry out what was granted: asked outside of transactions, their answer noted in one. */
@Injectable()
export class OutsideFulfilment implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly jobs: Jobs,
    private readonly calls: HolderCalls,
    private readonly records: RequestRecords,
    private readonly decisions: RequestDecisions,
    private readonly questions: OutsideQuestions,
    private readonly exports: OutsideExports,
  ) {}

  onModuleInit(): void {
    this.calls.whenMoved((requestId) => this.goOn(requestId));
  }

  /** Asks one, unless it is to be asked later; what it answered counts once it is noted. */
  async ask(request: SubjectRequest, holder: string): Promise<void> {
    const answered = await this.answerOf(request, holder);
    if (!answered) return;
    const { answer, fileId } = answered;
    await this.db.transaction(async () => {
      const own = await this.records.lock(request.id);
      if (!own.isCarriedOut(request.round) || !(await this.decisions.owes(own, holder))) return;
      await this.decisions.noteAnswer(request, holder, answer, fileId);
      if (fileId !== null) await this.exports.keep(fileId);
    });
  }

  /** Whatever it asked still, nobody waits for once it is not carried out any more. */
  private async goOn(requestId: string): Promise<void> {
    const request = await this.records.find(requestId);
    if (request?.state !== 'fulfilling') return this.calls.forgo(requestId);
    await queueFulfilment(this.jobs, request);
  }

  /** Null: it took the question, and answers later. */
  private async answerOf(request: SubjectRequest, holder: string): Promise<Answered | null> {
    const granted = await this.decisions.grantedTo(request, holder);
    if (granted.length === 0) return { answer: nothingToDo, fileId: null };
    const answer = await this.act(request, holder, granted);
    return answer && 'answer' in answer ? answer : answer && { answer, fileId: null };
  }

  private async act(
    request: SubjectRequest,
    holder: string,
    granted: readonly string[],
  ): Promise<Answered | HolderAnswer | null> {
    const question = await this.questions.of(request, granted);
    switch (request.type) {
      case 'access':
      case 'portability':
        return this.exported(request, holder, granted);
      case 'correction': {
        const { corrections } = await this.records.content(request);
        const wanted = corrections.filter(({ category }) => granted.includes(category));
        return this.calls.act(holder, 'correct', { ...question, corrections: wanted });
      }
      case 'restriction':
        return this.calls.act(holder, 'restrict', { ...question, state: 'restricted' });
      case 'deletion':
      case 'accountClosure':
        return this.calls.act(holder, 'erase', question);
      default:
        return nothingToDo;
    }
  }

  private async exported(request: SubjectRequest, holder: string, granted: readonly string[]): Promise<Answered> {
    const question = await this.questions.of(request, granted);
    const exported = await this.calls.export(holder, question, (records) =>
      this.exports.write(request.subjectId, records),
    );
    if ('outcome' in exported) return { answer: exported, fileId: null };
    const counts = exported.counts.filter(({ category }) => granted.includes(category));
    return { answer: answerOf(counts), fileId: exported.kept };
  }
}
