import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Attachments } from '@abide/attachments';
import { Audit } from '@abide/audit';
import { Subjects } from '@abide/identity';
import { Clock, dayInMilliseconds, newId } from '@abide/kernel';
import { Database, HeldScopes } from '@abide/platform';
import { EvidenceTerms, Registries } from '@abide/policy';
import { refusal } from '../retention.errors.js';
import { HoldRecords } from './hold-records.js';
import { lockSweeping } from '../sweep/sweep-lock.js';
import { Hold, type HoldGround } from './hold.entity.js';
import { sparedBy, type HoldScope } from './hold.rules.js';

const longestDays = 3660;

/** What an operator wants held. */
export interface NewHold extends HoldScope {
  readonly subjectId: string;
  readonly ground: HoldGround;
  readonly article: string;
  readonly until: Date;
  readonly barredArticle: string | null;
  readonly notes: string | null;
  readonly attachmentIds: readonly string[];
}

/** Holds: that something of a person is not deleted until a day. */
@Injectable()
export class Holds implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly records: HoldRecords,
    private readonly evidence: EvidenceTerms,
    private readonly subjects: Subjects,
    private readonly registries: Registries,
    private readonly attachments: Attachments,
    private readonly audit: Audit,
    private readonly held: HeldScopes,
  ) {}

  onModuleInit(): void {
    this.held.register(async () => (await this.records.inForce(this.clock.now())).flatMap(sparedBy));
  }

  /**
   * Closes, and so takes effect at once.
   * @throws DomainError `hold.unknown_subject`, `hold.unknown_category`, `hold.bad_end`, `hold.bad_period`, `attachment.unusable`
   */
  async place(wanted: NewHold, by: string): Promise<Hold> {
    const now = this.clock.now();
    requireSensible(wanted, now);
    await this.requireKnown(wanted);
    const { notes, attachmentIds, categories, ...facts } = wanted;
    const hold = Object.assign(new Hold(), {
      ...facts,
      id: newId(),
      categories: [...new Set(categories)].sort(),
      notes: null,
      placedBy: by,
      placedAt: now,
      liftingReason: null,
      liftedAt: null,
      keptUntil: await this.evidence.keptUntil(wanted.until),
      version: 1,
    });
    return this.db.transaction(async () => {
      await lockSweeping(this.db, 'beside');
      await this.records.lockSubject(hold.subjectId);
      await this.records.seal(hold, 'notes', notes);
      await this.records.insert(hold);
      if (attachmentIds.length > 0) await this.cite(hold, attachmentIds);
      await this.record(hold);
      return hold;
    });
  }

  /** What holds now of this person's, what ends last first. */
  async inForce(subjectId: string): Promise<Hold[]> {
    return this.records.inForce(this.clock.now(), subjectId);
  }

  /** The same for whoever deletes next: none is placed on this person until the open transaction ends. */
  async inForceLocked(subjectId: string): Promise<Hold[]> {
    await this.records.lockSubject(subjectId);
    return this.inForce(subjectId);
  }

  /** Those that the person may be told of, also when they are over. */
  async toldTo(subjectId: string): Promise<Hold[]> {
    return this.records.toldTo(subjectId);
  }

  /** A document that the person may not be told of is not theirs to take along either: it ends with the hold. */
  private async cite(
    { id, subjectId, placedBy, barredArticle }: Hold,
    attachmentIds: readonly string[],
  ): Promise<void> {
    await this.attachments.cite({
      attachmentIds,
      by: { kind: 'hold', id },
      uploadedBy: { kind: 'operator', id: placedBy },
      ...(barredArticle === null ? { about: subjectId } : {}),
    });
  }

  private async record({ id, subjectId, ground, article, categories, until, barredArticle }: Hold): Promise<void> {
    await this.audit.record({
      act: 'hold.placed',
      object: { type: 'hold', id },
      subjectId,
      details: {
        ground,
        article,
        categories: categories.join(' '),
        until: until.toISOString(),
        ...(barredArticle === null ? {} : { barredArticle }),
      },
    });
  }

  private async requireKnown({ subjectId, categories }: NewHold): Promise<void> {
    if (!(await this.subjects.find(subjectId))) throw refusal('hold.unknown_subject');
    const known = new Set((await this.registries.snapshot()).registry.catalogue.categories.map(({ code }) => code));
    if (categories.some((category) => !known.has(category))) throw refusal('hold.unknown_category');
  }
}

function requireSensible({ until, collectedFrom, collectedUntil }: NewHold, now: Date): void {
  const latest = new Date(now.getTime() + longestDays * dayInMilliseconds);
  if (until <= now || until > latest) throw refusal('hold.bad_end');
  if (collectedFrom && collectedUntil && collectedFrom >= collectedUntil) throw refusal('hold.bad_period');
}
