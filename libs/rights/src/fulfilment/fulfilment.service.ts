import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import {
  Database,
  HolderRegistry,
  holderPhases,
  Jobs,
  nothingToDo,
  type AffectedCount,
  type Holder,
  type HolderAnswer,
  type HolderPhase,
  type Restriction,
} from '@abide/platform';
import { withdrawn } from '@abide/holders';
import { OutsideExports } from '../outside/outside-exports.js';
import { OutsideFulfilment } from '../outside/outside-fulfilment.js';
import { Packages } from '../packages/packages.service.js';
import { RequestDecisions } from '../requests/request-decisions.js';
import { RequestClosing } from '../requests/request-closing.js';
import type { RequestHolder } from '../requests/request-parts.entities.js';
import { isIrrevocable, isOwed, isShown } from '../request-kinds.js';
import { RequestQueries } from '../requests/request.queries.js';
import { RequestRecords, type WantedCorrection } from '../requests/request-records.js';
import type { SubjectRequest } from '../requests/request.entity.js';
import { AccountEndings } from './account-endings.js';
import { Erasing } from './erasing.js';
import { fulfilmentJob, fulfilmentPace, queueFulfilment } from '../requests/fulfilment-job.js';

/**
 * Carries out what was granted: holder by holder, those that were expected when identity was proven, each in a transaction with the note
 * of its answer. Whatever stops it, the next run goes on where it stopped; only a holder that answered is passed over.
 */
@Injectable()
export class Fulfilment implements OnModuleInit {
  private readonly logger = new Logger('Fulfilment');

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly holders: HolderRegistry,
    private readonly records: RequestRecords,
    private readonly decisions: RequestDecisions,
    private readonly closing: RequestClosing,
    private readonly packages: Packages,
    private readonly erasing: Erasing,
    private readonly endings: AccountEndings,
    private readonly outside: OutsideFulfilment,
    private readonly exports: OutsideExports,
    private readonly queries: RequestQueries,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    const run = ({ requestId }: { readonly requestId: string }) => this.run(requestId);
    this.jobs.define<{ subjectId: string; requestId: string }>(fulfilmentJob, run, fulfilmentPace);
    this.jobs.subscribe('retention.hold_lifted', 'rights', ({ subjectId }) => this.wake(subjectId));
  }

  /** Does what is left of a request, and closes it when everybody has done theirs. */
  async run(requestId: string): Promise<void> {
    const request = await this.records.get(requestId);
    if (request.state !== 'fulfilling') return;
    const unanswered = await this.unanswered(request);
    const outside = unanswered.filter(({ phase }) => phase === 'outside');
    // At once: each may take as long as an export lasts, and together they may take no longer than a job.
    await Promise.all(outside.map(({ holder }) => this.outside.ask(request, holder)));
    const goesWhole = await this.erasing.isWhole(request);
    for (const { holder, phase } of unanswered)
      if (phase !== 'outside' && !(goesWhole && isLast(phase))) await this.askOne(request, holder);
    if (goesWhole) return this.endings.end(request);
    await this.closeWhenDone(requestId);
  }

  /** A hold blocks nothing any more: whoever it had blocked is asked again. */
  private async wake(subjectId: string): Promise<void> {
    for (const request of await this.queries.beingCarriedOut(subjectId)) await queueFulfilment(this.jobs, request);
  }

  private async unanswered(request: SubjectRequest): Promise<RequestHolder[]> {
    return (await this.decisions.answersTo(request))
      .filter(({ outcome }) => isOwed(outcome))
      .sort((one, other) => holderPhases.indexOf(one.phase) - holderPhases.indexOf(other.phase));
  }

  private async askOne({ id, round }: SubjectRequest, name: string): Promise<void> {
    await this.db.transaction(async () => {
      const request = await this.records.lock(id);
      if (!request.isCarriedOut(round) || !(await this.decisions.owes(request, name))) return;
      const holder = this.holders.all().find((one) => one.name === name);
      const answer = holder ? await this.act(request, holder) : withdrawn;
      if (isIrrevocable(request.type)) await this.decisions.addAnswer(request, name, answer);
      else await this.decisions.noteAnswer(request, name, answer);
      if (!holder) this.logger.error(`Request ${request.number} expects the holder ${name}, which is no longer there`);
    });
  }

  private async act(request: SubjectRequest, holder: Holder): Promise<HolderAnswer> {
    if (isShown(request.type)) return this.found(request, holder);
    if (request.type === 'correction') return this.correct(request, holder);
    if (request.type === 'restriction') return this.restrict(request, holder);
    if (isIrrevocable(request.type)) return this.erase(request, holder);
    return nothingToDo;
  }

  /** What goes into the answer of access: what the holder has, counted. */
  private async found(request: SubjectRequest, holder: Holder): Promise<HolderAnswer> {
    const granted = await this.decisions.grantedTo(request, holder.name);
    const counts = (await (holder.count?.(request.subjectId) ?? holder.describe(request.subjectId)))
      .filter(({ category }) => granted.includes(category))
      .map(({ category, count }): AffectedCount => ({ category, count }));
    return { ...nothingToDo, outcome: counts.length > 0 ? 'done' : 'nothing', counts };
  }

  /** Where nobody holds a value yet, nothing was decided: whoever keeps such values takes it. */
  private async correct(request: SubjectRequest, holder: Holder): Promise<HolderAnswer> {
    const decided = await this.decisions.of(request);
    const isRefused = ({ category }: WantedCorrection) => {
      const about = decided.filter((one) => one.category === category);
      const own = about.filter((one) => one.holder === holder.name);
      return (own.length > 0 ? own : about).some(({ outcome }) => outcome !== 'grant');
    };
    const { corrections } = await this.records.content(request);
    const answers: HolderAnswer[] = [];
    for (const correction of corrections)
      if (!isRefused(correction)) answers.push(await holder.correct(request.subjectId, correction));
    return together(answers);
  }

  /** One holder keeps restrictions, whoever keeps the data: each is told of every category that was granted. */
  private async restrict(request: SubjectRequest, holder: Holder): Promise<HolderAnswer> {
    const decisions = await this.decisions.of(request);
    const isWhole = request.categories.length === 0 && decisions.every(({ outcome }) => outcome === 'grant');
    const granted = decisions.filter(({ outcome }) => outcome === 'grant').map(({ category }) => category);
    const categories = isWhole ? [null] : [...new Set(granted)];
    const answers: HolderAnswer[] = [];
    for (const category of categories)
      answers.push(await holder.restrict(request.subjectId, this.restrictionOf(request, category)));
    return together(answers);
  }

  /** What was decided to be restricted in place of going is. */
  private async erase(request: SubjectRequest, holder: Holder): Promise<HolderAnswer> {
    const erased = await this.erasing.at(request, holder);
    const restricted = (await this.decisions.of(request)).filter(({ outcome }) => outcome === 'restrict');
    for (const { category } of restricted)
      await holder.restrict(request.subjectId, this.restrictionOf(request, category));
    return erased;
  }

  private restrictionOf({ number: ground }: SubjectRequest, category: string | null): Restriction {
    return { category, state: 'restricted', at: this.clock.now(), ground };
  }

  private async closeWhenDone(requestId: string): Promise<void> {
    const request = await this.records.get(requestId);
    if (!(await this.isDone(request))) return;
    const fileId = isShown(request.type) ? await this.packages.write(request) : null;
    await this.records.change(requestId, async (own) => {
      if (!own.isCarriedOut(request.round)) return;
      if (fileId !== null) await this.packages.hand(own, fileId);
      await this.exports.discard(own);
      await this.records.note(own, 'carriedOut');
      await this.closing.close(own);
    });
  }

  private async isDone(request: SubjectRequest): Promise<boolean> {
    const answers = await this.decisions.answersTo(request);
    return answers.every(({ outcome, taskId }) => !isOwed(outcome) && taskId === null);
  }
}

/** What goes only once everything else has gone. */
function isLast(phase: HolderPhase): boolean {
  return phase === 'core' || phase === 'keys';
}

/** Several answers of one holder as one: whatever is not done stands out. */
function together(answers: readonly HolderAnswer[]): HolderAnswer {
  const open = answers.find(({ outcome }) => outcome !== 'done' && outcome !== 'nothing');
  if (open) return open;
  const counts = answers.flatMap((answer) => answer.counts);
  const isDone = answers.some(({ outcome }) => outcome === 'done');
  return { ...nothingToDo, outcome: isDone ? 'done' : 'nothing', counts };
}
