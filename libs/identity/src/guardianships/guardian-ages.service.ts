import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import { Clock, dayInMilliseconds, type Locale } from '@abide/kernel';
import { Database, Jobs, ScheduledTasks, type Message } from '@abide/platform';
import { Repository } from 'typeorm';
import { Subject } from '../subjects/subject.entity.js';
import { Messenger } from '../verifications/messenger.js';
import { ageAskedText, type GuardianText } from './guardian-messages.js';
import { ageDays, type KnownBy } from './guardian.rules.js';
import { Guardianship } from './guardianship.entity.js';
import { GuardianshipRecords } from './guardianship-records.js';

/** The job that admits a child whose registration waited for what is now known of the guardian. */
export const admitWardQueue = 'identity.admit_ward';

interface Known {
  readonly wardId: string;
  readonly id: string;
}

const everySeconds = 3600;
const atOnce = 200;

/** Who of the guardians is known to be an adult; nobody else's consent counts (rules.md, rule 5). */
@Injectable()
export class GuardianAges implements OnModuleInit {
  constructor(
    @InjectRepository(Guardianship) private readonly guardianshipRepository: Repository<Guardianship>,
    @InjectRepository(Subject) private readonly subjectRepository: Repository<Subject>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly tasks: ScheduledTasks,
    private readonly audit: Audit,
    private readonly jobs: Jobs,
    private readonly records: GuardianshipRecords,
    private readonly messenger: Messenger,
  ) {}

  onModuleInit(): void {
    this.tasks.every(everySeconds, 'identity.ask_guardians_age', () => this.askAll());
  }

  /** The account of this guardian says that they are an adult. Joins the open transaction. */
  async accountIsOfAge(guardianId: string): Promise<void> {
    const known = await this.db.query<Known>(
      `UPDATE identity.guardianships SET adult_known_at = $2, adult_by = 'account'
       WHERE guardian_id = $1 AND adult_known_at IS NULL AND state <> 'ended' RETURNING subject_id AS "wardId", id`,
      [guardianId, this.clock.now()],
    );
    for (const one of known) await this.noteKnown(one, 'account');
  }

  /** The account of this guardian turned out to be a minor's: what it proved it proves no more. Joins the open transaction. */
  async accountIsMinor(guardianId: string): Promise<void> {
    const undone = await this.db.query<Known>(
      `UPDATE identity.guardianships SET adult_known_at = NULL, adult_by = NULL, age_due_at = least(age_due_at, $2)
       WHERE guardian_id = $1 AND adult_by IS DISTINCT FROM 'evidence' AND state <> 'ended' RETURNING subject_id AS "wardId", id`,
      [guardianId, this.clock.now()],
    );
    for (const { wardId, id } of undone)
      await this.audit.record({
        act: 'guardianship.ageUnknown',
        object: { type: 'guardianship', id },
        subjectId: wardId,
      });
  }

  /** An officer saw evidence of it; false where it was known. Joins the open transaction. */
  async evidenceShowsAge(wardId: string, id: string): Promise<boolean> {
    const known = await this.db.execute(
      `UPDATE identity.guardianships SET adult_known_at = $3, adult_by = 'evidence'
       WHERE subject_id = $1 AND id = $2 AND adult_known_at IS NULL AND state = 'confirmed'`,
      [wardId, id, this.clock.now()],
    );
    if (known === 1) await this.noteKnown({ wardId, id }, 'evidence');
    return known === 1;
  }

  /** Lets a registration that waited for the guardian go on, once the open transaction has committed. */
  async goOn(wardId: string): Promise<void> {
    if (await this.subjectRepository.existsBy({ subjectId: wardId, status: 'pendingGuardian' }))
      await this.jobs.send(admitWardQueue, { subjectId: wardId });
  }

  /** Asks those who were never asked, and puts on record whose time has gone by in vain. */
  async askAll(): Promise<void> {
    for (let asked = atOnce; asked === atOnce;) asked = await this.askSome();
    await this.noteLapsed();
  }

  private async noteKnown({ wardId, id }: Known, by: KnownBy): Promise<void> {
    await this.audit.record({
      act: 'guardianship.ageKnown',
      object: { type: 'guardianship', id },
      subjectId: wardId,
      details: { by },
    });
    await this.goOn(wardId);
  }

  /** The fortnight begins when they are asked. */
  private async askSome(): Promise<number> {
    const now = this.clock.now();
    const dueAt = new Date(now.getTime() + ageDays * dayInMilliseconds);
    const messages: Message[] = [];
    const asked = await this.db.transaction(async () => {
      const rows = await this.db.query<{ subject_id: string; id: string; locale: Locale }>(
        `UPDATE identity.guardianships held SET age_asked_at = $1, age_due_at = $2
         FROM (SELECT g.subject_id, g.id, s.locale FROM identity.guardianships g JOIN identity.subjects s ON s.subject_id = g.subject_id
               WHERE g.age_due_at IS NOT NULL AND g.adult_known_at IS NULL AND g.age_asked_at IS NULL AND g.state = 'confirmed' AND g.kind = 'consent'
                 AND s.minor_status = 'under14' LIMIT $3 FOR UPDATE OF g SKIP LOCKED) AS due
         WHERE held.subject_id = due.subject_id AND held.id = due.id RETURNING held.subject_id, held.id, due.locale`,
        [now, dueAt, atOnce],
      );
      for (const { subject_id: subjectId, id, locale } of rows) {
        await this.audit.record({
          act: 'guardianship.ageAsked',
          object: { type: 'guardianship', id },
          subjectId,
          details: { dueAt: dueAt.toISOString() },
        });
        const message = await this.messageTo({ subjectId, id }, ageAskedText(dueAt, locale));
        if (message) messages.push(message);
      }
      return rows.length;
    });
    for (const message of messages) await this.messenger.send(message);
    return asked;
  }

  private async noteLapsed(): Promise<void> {
    await this.db.transaction(async () => {
      const lapsed = await this.db.query<Known>(
        `UPDATE identity.guardianships SET age_lapsed_at = $1
         WHERE age_due_at <= $1 AND age_asked_at IS NOT NULL AND age_lapsed_at IS NULL AND adult_known_at IS NULL AND state = 'confirmed' RETURNING subject_id AS "wardId", id`,
        [this.clock.now()],
      );
      for (const { wardId, id } of lapsed)
        await this.audit.record({
          act: 'guardianship.ageLapsed',
          object: { type: 'guardianship', id },
          subjectId: wardId,
        });
    });
  }

  /** A message to the guardian of a guardianship; null where nobody can be reached any more. */
  private async messageTo(whose: Pick<Guardianship, 'subjectId' | 'id'>, text: GuardianText): Promise<Message | null> {
    const row = await this.guardianshipRepository.findOneBy({ subjectId: whose.subjectId, id: whose.id });
    return row && this.records.messageTo(row, text);
  }
}
