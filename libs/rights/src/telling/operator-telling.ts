import { Injectable, type OnModuleInit } from '@nestjs/common';
import { OperatorMail, Operators } from '@abide/identity';
import { Clock, dayInMilliseconds } from '@abide/kernel';
import { Config, Database, Jobs, ScheduledTasks } from '@abide/platform';
import { Registries } from '@abide/policy';
import { queueOf, RequestFigures } from '../queue/request-figures.js';
import { isAnsweredByDeadline } from '../request-kinds.js';
import { RequestRecords } from '../requests/request-records.js';
import type { SubjectRequest } from '../requests/request.entity.js';
import { digestText, warningText } from './operator-texts.js';

const hourInMilliseconds = 3_600_000;
/** Of the day in the zone of the profile: from then on the day's digest is made. */
const digestHour = 8;
const warningJob = 'rights.warn_operator';
const digestJob = 'rights.operator_digest';

/** Tells operators by mail what waits for them: a deadline that comes near, and once a day whatever there is. */
@Injectable()
export class OperatorTelling implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly jobs: Jobs,
    private readonly tasks: ScheduledTasks,
    private readonly registries: Registries,
    private readonly records: RequestRecords,
    private readonly figures: RequestFigures,
    private readonly operators: Operators,
    private readonly mail: OperatorMail,
  ) {}

  onModuleInit(): void {
    this.jobs.define<{ requestId: string; operatorId: string }>(warningJob, (about) => this.sendWarning(about));
    this.jobs.define<{ operatorId: string }>(digestJob, ({ operatorId }) => this.sendDigest(operatorId));
    this.tasks.every(600, 'rights.operator_digests', () => this.queueDigests());
  }

  /** In the transaction that escalates: first whoever answers it, then the privacy officers, and they at once where nobody answers it. */
  async warn({ id: requestId, assignee }: SubjectRequest, to: 1 | 2): Promise<void> {
    const isAssigned = to === 1 && assignee !== null;
    const told = isAssigned ? [assignee] : (await this.operators.holding('request.decideAny')).map(({ id }) => id);
    for (const operatorId of told) await this.jobs.send(warningJob, { requestId, operatorId });
  }

  /** Once a day and operator, in the morning. */
  async queueDigests(): Promise<void> {
    const now = this.clock.now();
    const { utcOffsetHours } = await this.registries.profile();
    const ahead = (utcOffsetHours - digestHour) * hourInMilliseconds;
    const since = new Date(Math.floor((now.getTime() + ahead) / dayInMilliseconds) * dayInMilliseconds - ahead);
    await this.db.transaction(async () => {
      for (const operatorId of await this.mail.claimDigests(since, now))
        await this.jobs.send(digestJob, { operatorId });
    });
  }

  /** Nothing is sent where nothing waits. */
  async sendDigest(operatorId: string): Promise<void> {
    const { permissions } = await this.operators.get(operatorId);
    if (!permissions.includes('request.answer') || !(await this.mail.wantsDigest(operatorId))) return;
    const found = await this.figures.of({ operatorId, permissions: new Set(permissions) });
    if (found.length === 0) return;
    const rows = found.map(({ figure, count }) => ({ figure, count, link: this.queueLink(queueOf[figure]) }));
    await this.mail.send(operatorId, (locale) => digestText(rows, locale));
  }

  /** Nothing is sent of what was answered meanwhile. */
  async sendWarning({ requestId, operatorId }: { requestId: string; operatorId: string }): Promise<void> {
    const { number, type, dueAt, state } = await this.records.get(requestId);
    if (dueAt === null || !isAnsweredByDeadline(state)) return;
    const daysLeft = Math.floor((dueAt.getTime() - this.clock.now().getTime()) / dayInMilliseconds);
    const link = `${this.config.publicUrl}/console/requests/${requestId}`;
    await this.mail.send(operatorId, (locale) => warningText({ number, type, daysLeft, link }, locale));
  }

  private queueLink(asked: object): string {
    return `${this.config.publicUrl}/console/requests?${new URLSearchParams({ ...asked })}`;
  }
}
