import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Clock, type Locale } from '@abide/kernel';
import { Database, Delivery, epochMilliseconds, uuidArray, type Channel, type Message } from '@abide/platform';
import { Repository } from 'typeorm';
import { IdentifierRecords } from './identifier-records.js';
import type { MinorStatus } from './minor.rules.js';
import { Profiles } from './profiles.service.js';
import { DeviceLink, Subject, type SubjectKind, type SubjectStatus } from './subject.entity.js';

export interface SubjectFacts {
  readonly id: string;
  readonly kind: SubjectKind;
  readonly status: SubjectStatus;
  readonly registeredAt: Date;
  readonly minorStatus: MinorStatus;
}

/** What a decision must know of a subject, without anything that identifies them. */
export interface DecisionFacts {
  readonly kind: SubjectKind;
  readonly status: SubjectStatus;
  readonly isRestricted: boolean;
  /** What is stored only, where not everything is. */
  readonly restrictedCategories: readonly string[];
  /** What they objected to and it was upheld. */
  readonly objectedPurposes: readonly string[];
  readonly minorStatus: MinorStatus;
  readonly registeredAt: Date;
  /** When the status or the restriction last changed; null while they are as they were at first. */
  readonly stateChangedAt: Date | null;
  /** Of a device: the child under the age of guardian consent whose it is, and whose `minorStatus` it has; null for every other subject. */
  readonly childId: string | null;
}

/** A state that an account was in before its present one. */
export interface PastState {
  readonly status: SubjectStatus;
  readonly isRestricted: boolean;
  readonly restrictedCategories: readonly string[];
  /** What they objected to and it was upheld. */
  readonly objectedPurposes: readonly string[];
  /** Epoch milliseconds. */
  readonly until: number;
}

/** An active subject and the channels on which a confirmed address reaches them. */
export interface ReachableSubject {
  readonly subjectId: string;
  readonly kind: SubjectKind;
  readonly reachable: Channel[];
}

/** A device that a person says is theirs, since when, and until when where it became somebody else's. */
export interface OwnDevice {
  readonly deviceId: string;
  readonly linkedAt: Date;
  readonly endedAt: Date | null;
}

/** Whom something is meant for. `children`: whoever needs a guardian by their age, and the guardians whose consent counts for one. */
export type Audience = 'everyone' | 'children';

/** SQL: whether `subject` belongs to an audience. Whose age nobody knows is no child. */
const isOf: Readonly<Record<Audience, string>> = {
  everyone: 'true',
  children: `(subject.minor_status = 'under14' OR EXISTS (
    SELECT FROM identity.guardianships held JOIN identity.subjects ward ON ward.subject_id = held.subject_id
    WHERE held.guardian_id = subject.subject_id AND held.state = 'confirmed' AND ward.minor_status = 'under14' AND ward.status = 'active'))`,
};

const mostDevices = 100;

/** What other modules may know of subjects, and how they reach them without learning an address. */
@Injectable()
export class Subjects {
  constructor(
    @InjectRepository(DeviceLink) private readonly deviceLinkRepository: Repository<DeviceLink>,
    @InjectRepository(Subject) private readonly subjectRepository: Repository<Subject>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly delivery: Delivery,
    private readonly identifiers: IdentifierRecords,
    private readonly profiles: Profiles,
  ) {}

  async find(subjectId: string): Promise<SubjectFacts | null> {
    const subject = await this.subjectRepository.findOneBy({ subjectId });
    return (
      subject && {
        id: subjectId,
        kind: subject.kind,
        status: subject.status,
        registeredAt: subject.registeredAt,
        minorStatus: subject.minorStatus,
      }
    );
  }

  /** The same of several, for decisions, in one statement; absent for whom nobody knows. With `at`, whose a device was then; all else as it stands. */
  async decisionFacts(
    subjectIds: readonly string[],
    at: Date | null = null,
  ): Promise<ReadonlyMap<string, DecisionFacts>> {
    const rows = await this.db.prepared<DecisionFacts & { id: string }>(
      'identity.decision_facts',
      `SELECT held.subject_id AS id, held.kind, held.status, held.is_restricted AS "isRestricted",
         held.restricted_categories AS "restrictedCategories", held.objected_purposes AS "objectedPurposes", coalesce(child.minor_status, held.minor_status) AS "minorStatus",
         held.registered_at AS "registeredAt", held.state_changed_at AS "stateChangedAt", child.subject_id AS "childId"
       FROM identity.subjects held
       LEFT JOIN LATERAL (
         SELECT owner.subject_id, owner.minor_status FROM identity.device_links link JOIN identity.subjects owner ON owner.subject_id = link.subject_id
         WHERE held.kind = 'device' AND link.device_id = held.subject_id AND owner.minor_status = 'under14'
           AND CASE WHEN $2::timestamptz IS NULL THEN link.ended_at IS NULL ELSE link.linked_at <= $2 AND (link.ended_at IS NULL OR link.ended_at > $2) END
         LIMIT 1
       ) AS child ON true
       WHERE held.subject_id = ANY($1::uuid[])`,
      [uuidArray(subjectIds), at],
    );
    return new Map(rows.map(({ id, ...facts }) => [id, facts]));
  }

  /** The states that the accounts of several subjects were in before their present ones, the earliest first; absent for whose never changed. */
  async earlierStates(subjectIds: readonly string[]): Promise<ReadonlyMap<string, readonly PastState[]>> {
    const rows = await this.db.query<PastState & { subjectId: string }>(
      `SELECT subject_id AS "subjectId", status, is_restricted AS "isRestricted", restricted_categories AS "restrictedCategories", objected_purposes AS "objectedPurposes", ${epochMilliseconds('until')} AS until
       FROM identity.earlier_states WHERE subject_id = ANY($1::uuid[]) ORDER BY until, id`,
      [subjectIds],
    );
    return Map.groupBy(rows, ({ subjectId }) => subjectId);
  }

  /** Active subjects of an audience that registered before `before`. */
  async countActive(before: Date = this.clock.now(), audience: Audience = 'everyone'): Promise<number> {
    const [row] = await this.db.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM identity.subjects subject WHERE status = 'active' AND registered_at < $1 AND ${isOf[audience]}`,
      [before],
    );
    return row?.n ?? 0;
  }

  /** Whether something that is meant for an audience is meant for the subject. */
  async isOf(subjectId: string, audience: Audience): Promise<boolean> {
    const found = await this.db.query(
      `SELECT 1 FROM identity.subjects subject WHERE subject.subject_id = $1 AND ${isOf[audience]}`,
      [subjectId],
    );
    return found.length > 0;
  }

  /** A page of active subjects of an audience by id, after `cursor` (the last id of the page before, null for the first). */
  async activeAfter(
    cursor: string | null,
    limit: number,
    registeredBefore: Date,
    audience: Audience = 'everyone',
  ): Promise<ReachableSubject[]> {
    return this.db.query<ReachableSubject>(
      `SELECT subject.subject_id AS "subjectId", subject.kind,
              coalesce(array_agg(CASE identifier.type WHEN 'email' THEN 'email' ELSE 'sms' END ORDER BY identifier.type)
                       FILTER (WHERE identifier.type IS NOT NULL), '{}') AS reachable
       FROM identity.subjects subject
       LEFT JOIN identity.identifiers identifier ON identifier.subject_id = subject.subject_id AND identifier.confirmed_at IS NOT NULL
       WHERE subject.status = 'active' AND subject.registered_at < $3 AND ($1::uuid IS NULL OR subject.subject_id > $1) AND ${isOf[audience]}
       GROUP BY subject.subject_id ORDER BY subject.subject_id LIMIT $2`,
      [cursor, limit, registeredBefore],
    );
  }

  /**
   * Hands a message to the subject's confirmed address on `channel`; false when they have none. Call it outside transactions.
   * @throws what the channel throws when the hand-over fails.
   */
  async sendTo(subjectId: string, channel: Channel, message: Omit<Message, 'channel' | 'to'>): Promise<boolean> {
    const identifier = await this.identifiers.find(subjectId, channel === 'email' ? 'email' : 'phone');
    if (!identifier?.confirmedAt || !this.delivery.isConfigured(channel)) return false;
    await this.delivery.send({ channel, to: identifier.value, ...message });
    return true;
  }

  /** The confirmed addresses of a subject, by which others know them: for what is sealed at once, never to be shown or logged. */
  async identifiersOf(subjectId: string): Promise<{ readonly type: string; readonly value: string }[]> {
    const held = await this.identifiers.list(subjectId);
    return held.filter(({ confirmedAt }) => confirmedAt !== null).map(({ type, value }) => ({ type, value }));
  }

  /** The language a subject chose or registered in; zh-CN for one that is gone. */
  async preferredLocale(subjectId: string): Promise<Locale> {
    return (await this.subjectRepository.findOneBy({ subjectId }))?.locale ?? 'zh-CN';
  }

  /** The devices that the subject says are theirs, in the order in which they were linked, those that became somebody else's included. */
  async linkedDevices(subjectId: string): Promise<OwnDevice[]> {
    const links = await this.deviceLinkRepository.find({
      where: { subjectId },
      order: { linkedAt: 'ASC' },
      take: mostDevices,
    });
    return links.map(({ deviceId, linkedAt, endedAt }) => ({ deviceId, linkedAt, endedAt }));
  }

  /**
   * The birth dates (`YYYY-MM-DD`) of several subjects by id, for rules about age; whoever gave none is left out. Never to be shown.
   * Inside a transaction their keys are read with one statement.
   */
  async birthDates(subjectIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.profiles.birthDates(subjectIds);
  }
}
