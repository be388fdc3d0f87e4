import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { AddressCodes, Subjects, type Identifier } from '@abide/identity';
import { Clock, dayInMilliseconds, type Locale } from '@abide/kernel';
import {
  Config,
  Database,
  Jobs,
  ScheduledTasks,
  type AffectedCount,
  type StayingGround,
  type RetainedCount,
} from '@abide/platform';
import { Holds, holdsHolder } from '@abide/retention';
import { legalNameIn } from '@abide/rulebook';
import { Repository } from 'typeorm';
import { PublicRequestRecords } from '../askers/public-request-records.js';
import { dayWords } from '../day-words.js';
import { CodeNames } from './code-names.js';
import { farewellText, type FarewellPart } from './farewell-words.js';
import { appealDays, type SubjectRequest } from './request.entity.js';
import { RequestHolder } from './request-parts.entities.js';
import { RequestRecords, type Farewell } from './request-records.js';

/** How long an address is kept that nothing could be delivered to. */
const keptDays = 7;

/** The answer to whoever has no account any more: over an address that is sealed with the request until it was delivered, once. */
@Injectable()
export class Farewells implements OnModuleInit {
  constructor(
    @InjectRepository(RequestHolder) private readonly holderRepository: Repository<RequestHolder>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly jobs: Jobs,
    private readonly tasks: ScheduledTasks,
    private readonly records: RequestRecords,
    private readonly subjects: Subjects,
    private readonly codes: AddressCodes,
    private readonly publicRequests: PublicRequestRecords,
    private readonly names: CodeNames,
    private readonly holds: Holds,
  ) {}

  onModuleInit(): void {
    this.jobs.define<{ requestId: string }>('rights.farewell', ({ requestId }) => this.send(requestId));
    this.tasks.every(3600, 'rights.forget_farewells', () => this.forget());
  }

  /** While the addresses can still be read. Joins the open transaction; whoever calls saves the request. */
  async prepare(request: SubjectRequest): Promise<void> {
    const farewell: Farewell = { locale: request.locale, to: await this.addressesOf(request) };
    await this.records.seal(request, 'farewell', farewell);
  }

  /** Sends it after the open transaction. */
  async queue({ id: requestId }: SubjectRequest): Promise<void> {
    await this.jobs.send('rights.farewell', { requestId });
  }

  /** To whoever asked: for themselves, for a ward or an enterprise, or without an account. */
  private async addressesOf(request: SubjectRequest): Promise<Identifier[]> {
    const asked = await this.publicRequests.find(request.id);
    if (asked?.provenAt) return [(await this.publicRequests.open(asked)).identifier];
    const people = request.askedAs === 'guardian' ? [] : [request.subjectId];
    if (request.askedBy !== null) people.push(request.askedBy);
    const known = [];
    for (const one of people) known.push(await this.subjects.identifiersOf(one));
    // One message each, by e-mail where there is one.
    return known.flatMap(
      (own) => own.toSorted((one, other) => (one.type < other.type ? -1 : 1)).slice(0, 1) as Identifier[],
    );
  }

  private async send(requestId: string): Promise<void> {
    const request = await this.records.find(requestId);
    if (!request?.farewell) return;
    const { locale, to } = await this.records.farewell(request);
    const message = await this.compose(request, locale);
    for (const [index, address] of to.entries()) {
      await this.codes.write(address, message);
      await this.records.change(requestId, (own) => this.keepOnly(own, { locale, to: to.slice(index + 1) }));
    }
  }

  /** Whom the message reached is not written to again, whatever happens to the next. */
  private async keepOnly(request: SubjectRequest, farewell: Farewell): Promise<void> {
    request.farewell = null;
    if (farewell.to.length > 0) await this.records.seal(request, 'farewell', farewell, { key: 'retained' });
  }

  private async compose(request: SubjectRequest, locale: Locale): Promise<{ subject: string; text: string }> {
    const { subjectId, id: requestId, round, number, clock, closedAt } = request;
    const answers = await this.holderRepository.findBy({ subjectId, requestId, round });
    const parts = [...answers.flatMap(({ counts }) => counts), ...answers.flatMap(({ retained }) => retained)];
    const names = await this.names.of(parts.map(({ category }) => category));
    const day = (at: Date | string) => dayWords(new Date(at), { locale, utcOffsetHours: clock.utcOffsetHours });
    const named = (category: string) => names[category]?.[locale] ?? null;
    const gone = alike(answers.flatMap(({ counts }) => counts)).flatMap(({ category, count }): FarewellPart[] => {
      const name = named(category);
      return name === null ? [] : [{ name, count }];
    });
    const kept = alike(await this.toldOf(request, answers)).flatMap(
      ({ category, count, article, until }): FarewellPart[] => {
        const name = named(category);
        return name === null
          ? []
          : [
              {
                name,
                count,
                article: legalNameIn(article, locale),
                until: until === null ? null : day(until),
              },
            ];
      },
    );
    const page = `${this.config.publicUrl}/requests`;
    return farewellText[locale]({ number, day: day(closedAt ?? this.clock.now()), gone, kept, page, appealDays });
  }

  /** What stays, without holds that the law forbids to tell of. */
  private async toldOf({ subjectId }: SubjectRequest, answers: readonly RequestHolder[]): Promise<RetainedCount[]> {
    const told = await this.holds.toldTo(subjectId);
    return answers.flatMap(({ holder, retained }) =>
      holder === holdsHolder
        ? retained.slice(0, told.length).map((one) => ({ ...one, count: told.length }))
        : [...retained],
    );
  }

  private async forget(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - keptDays * dayInMilliseconds);
    await this.db.execute('UPDATE rights.requests SET farewell = NULL WHERE farewell IS NOT NULL AND closed_at < $1', [
      before,
    ]);
  }
}

/** Those of one kind that stay for the same reason as one; they stay until the last end. */
function alike<Part extends AffectedCount & Partial<StayingGround>>(parts: readonly Part[]): Part[] {
  const kinds = Map.groupBy(parts, ({ category, article }) => `${category} ${article ?? ''}`);
  return [...kinds.values()].flatMap((same) =>
    same.slice(0, 1).map((first) => ({
      ...first,
      count: same.reduce((sum, { count }) => sum + count, 0),
      ...(first.article === undefined ? {} : { until: lastOf(same) }),
    })),
  );
}

function lastOf(parts: readonly Partial<StayingGround>[]): Date | null {
  const ends = parts.map(({ until }) => (until ? new Date(until).getTime() : Infinity));
  return Math.max(...ends) === Infinity ? null : new Date(Math.max(...ends));
}
