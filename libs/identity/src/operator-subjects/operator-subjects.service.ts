import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import { Clock, DomainError, isId } from '@abide/kernel';
import { Database, type OperatorPrincipal } from '@abide/platform';
import { identifierTypes, type IdentifierType } from '@abide/vault';
import { In, Repository } from 'typeorm';
import { Attempts } from '../credentials/attempts.js';
import { MinorLooks } from '../looks/minor-looks.service.js';
import { Guardianships } from '../guardianships/guardianships.service.js';
import { Mandates } from '../mandates/mandates.service.js';
import type { Permission } from '../operators/roles.js';
import { SubjectSessions } from '../sessions/subject-sessions.service.js';
import { identifierToFind } from '../subjects/identifier.rules.js';
import { IdentifierReindexing } from '../identifiers/identifier-reindexing.js';
import type { OpenedIdentifier } from '../subjects/identifier-records.js';
import { Identifiers } from '../identifiers/identifiers.service.js';
import { maskIdentifier } from '../subjects/mask.rules.js';
import {
  categoryOf,
  categoryOfIdentifier,
  profileFields,
  type Profile,
  type ProfileField,
  maskField,
} from '../subjects/profile.rules.js';
import { Profiles } from '../subjects/profiles.service.js';
import { SensitiveCategories } from '../subjects/sensitive-categories.js';
import { Subject, type SubjectStatus } from '../subjects/subject.entity.js';

export const searchKeys = ['phone', 'email', 'idNumber', 'id'] as const;
export type SearchKey = (typeof searchKeys)[number];

export const revealableFields = [...profileFields, ...identifierTypes] as const;
export type RevealableField = ProfileField | IdentifierType;

export interface FoundSubject {
  readonly subject: Subject;
  /** Masked. */
  readonly displayName: string;
}

export interface SharingSubject extends FoundSubject {
  /** The identifier as this subject's account keeps it, masked. */
  readonly masked: string;
}

/** Two accounts whose identifiers of a type are the same. */
export interface SharedBetween {
  readonly type: IdentifierType;
  readonly subject: SharingSubject;
  readonly other: SharingSubject;
  readonly foundAt: Date;
}

/** Everything of a subject that an operator's page shows, in the open: the response masks it. */
export interface SubjectOverview {
  readonly subject: Subject;
  readonly status: SubjectStatus;
  readonly identifiers: readonly OpenedIdentifier[];
  readonly profile: Profile;
  readonly sessions: number;
  /** Of an enterprise; they have perhaps not confirmed it yet. */
  readonly contactPersonId: string | null;
}

/** What somebody is to be shown: its categories, and whether whoever it is about said that it is sensitive. */
export interface Shown {
  readonly categories: readonly string[];
  readonly isSensitive?: boolean;
}

/** `unapproved`: a minor's, whom no colleague lets the operator look at. */
export type Withholding = 'restricted' | 'minor' | 'sensitive' | 'unapproved';

const revealSeconds = 30;
const minorPermission: Permission = 'subject.revealMinor';
const sensitivePermission: Permission = 'subject.revealSensitive';

/** A kind of data and what somebody would have it say. */
interface WantedField {
  readonly category: string;
  readonly value: string;
}

export interface MaskedCorrection {
  readonly category: string;
  readonly held: string | null;
  readonly wanted: string;
}

/** Operators' look at subjects: found by exact value, masked, and revealed for a reason that is kept. */
@Injectable()
export class OperatorSubjects {
  constructor(
    @InjectRepository(Subject) private readonly subjectRepository: Repository<Subject>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly attempts: Attempts,
    private readonly identifiers: Identifiers,
    private readonly reindexing: IdentifierReindexing,
    private readonly profiles: Profiles,
    private readonly sessions: SubjectSessions,
    private readonly guardianships: Guardianships,
    private readonly sensitive: SensitiveCategories,
    private readonly mandates: Mandates,
    private readonly minorLooks: MinorLooks,
  ) {}

  /**
   * Whoever has exactly this phone number, e-mail address, ID number or id. The search and its reason are recorded, what was searched for is not.
   * @throws DomainError `session.too_many_attempts` for an operator who tries many, `identifier.*`.
   */
  async search(
    { by, value, reason }: { by: SearchKey; value: string; reason: string },
    operatorId: string,
  ): Promise<FoundSubject[]> {
    await this.attempts.takeSearch(operatorId);
    return this.db.transaction(async () => {
      const ids = await this.idsOf(by, value);
      const subjects = ids.length > 0 ? await this.subjectRepository.findBy({ subjectId: In(ids) }) : [];
      for (const { subjectId } of subjects)
        await this.audit.record({
          act: 'subject.found',
          object: { type: 'subject', id: subjectId },
          subjectId,
          reason,
          details: { by },
        });
      if (subjects.length === 0)
        await this.audit.record({ act: 'subject.soughtInVain', object: { type: 'subjectSearch', id: by }, reason });
      const names = await this.displayNames(ids);
      return subjects.map((subject) => ({ subject, displayName: names.get(subject.subjectId) ?? '' }));
    });
  }

  /** Which accounts share an identifier, for a person to settle. */
  async shared(): Promise<SharedBetween[]> {
    const shared: SharedBetween[] = [];
    for (const { subjectId, otherId, type, foundAt } of await this.reindexing.shared()) {
      shared.push({
        type,
        foundAt,
        subject: await this.sharing(subjectId, type),
        other: await this.sharing(otherId, type),
      });
    }
    return shared;
  }

  /** Of several, masked, as they are found; null where nobody's name is kept. */
  async displayNames(subjectIds: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
    const names = await this.profiles.maskedNames(subjectIds);
    return new Map(subjectIds.map((subjectId) => [subjectId, names.get(subjectId) ?? null]));
  }

  /** What the profile says of each kind of data now, and what it would say, both masked; `held` is null where no profile says it. */
  async maskedCorrections(subjectId: string, wanted: readonly WantedField[]): Promise<MaskedCorrection[]> {
    const subject = await this.subjectRepository.findOneBy({ subjectId });
    const profile = subject ? await this.profiles.readWhileKeysLive(subjectId, profileFields) : {};
    return wanted.map(({ category, value }) => {
      const field = profileFields.find((one) => subject && categoryOf(subject.kind, one) === category);
      const held = field && profile[field];
      return {
        category,
        held: field && held !== undefined ? maskField(field, held) : null,
        wanted: field ? maskField(field, value) : '***',
      };
    });
  }

  /** @throws DomainError `subject.not_found`. */
  async view(subjectId: string): Promise<SubjectOverview> {
    const subject = await this.get(subjectId);
    return {
      subject,
      status: await this.guardianships.statusOf(subject),
      identifiers: await this.identifiers.list(subjectId),
      profile: await this.profiles.read(subjectId),
      sessions: await this.sessions.countLive(subjectId),
      contactPersonId: (await this.mandates.contactOf(subjectId))?.personId ?? null,
    };
  }

  /**
   * Opens fields for one look and records who looked, at what and why.
   * @throws DomainError `operator.forbidden` for a minor's or sensitive data without the permission for it, `subject.minor_look_unapproved`, `subject.restricted`.
   */
  async reveal(
    subjectId: string,
    { fields, reason }: { fields: readonly RevealableField[]; reason: string },
    by: OperatorPrincipal,
  ): Promise<{ values: Partial<Record<RevealableField, string>>; until: Date }> {
    return this.db.transaction(async () => {
      await this.requireMayReveal(subjectId, by, { categories: await this.categoriesOf(subjectId, fields) });
      await this.audit.record({
        act: 'subject.revealed',
        object: { type: 'subject', id: subjectId },
        subjectId,
        reason,
        details: { fields: fields.join(' ') },
      });
      const values: Partial<Record<RevealableField, string>> = await this.profiles.read(
        subjectId,
        profileFields.filter((field) => fields.includes(field)),
      );
      for (const { type, value } of await this.identifiers.list(subjectId))
        if (fields.includes(type)) values[type] = value;
      return { values, until: new Date(this.clock.now().getTime() + revealSeconds * 1000) };
    });
  }

  /**
   * Asked by every module before it shows somebody what it holds about a subject.
   * @throws DomainError as `requirePermitted`, and `subject.minor_look_unapproved` of a minor whom no colleague lets them look at.
   */
  async requireMayReveal(subjectId: string, by: OperatorPrincipal, shown: Shown): Promise<void> {
    await this.requirePermitted(subjectId, by, shown);
    await this.minorLooks.require(subjectId, by.operatorId);
  }

  /**
   * Asked before an act that shows nothing: for a minor nobody else has to agree to it.
   * @throws DomainError `subject.not_found`, `subject.restricted`, `operator.forbidden` for a minor's or sensitive data without the permission for it.
   */
  async requirePermitted(subjectId: string, by: OperatorPrincipal, shown: Shown): Promise<void> {
    const subject = await this.get(subjectId);
    subject.requireUnrestricted();
    const withheld = (await this.whyWithheld(subjectId, by))(shown);
    if (withheld === 'minor')
      throw new DomainError('forbidden', 'operator.forbidden', {
        detail: "A minor's data is shown to privacy officers only.",
        extra: { permission: minorPermission },
      });
    if (withheld === 'sensitive')
      throw new DomainError('forbidden', 'operator.forbidden', {
        detail: 'Sensitive data is shown to privacy officers only.',
        extra: { permission: sensitivePermission },
      });
  }

  /** Why what is held about a subject is not shown to this operator, whatever the reason to look; null where it may be. @throws DomainError `subject.not_found`. */
  async whyWithheld(subjectId: string, by: OperatorPrincipal): Promise<(shown: Shown) => Withholding | null> {
    const subject = await this.get(subjectId);
    const sensitive = await this.sensitive.current();
    const isUnapproved = await this.minorLooks.isClosed(subjectId, by.operatorId);
    return ({ categories, isSensitive = false }) =>
      whyWithheld(subject, by, isSensitive || categories.some((category) => sensitive.has(category))) ??
      (isUnapproved ? 'unapproved' : null);
  }

  /** @throws DomainError `subject.not_found`. */
  async requireKnown(subjectId: string): Promise<void> {
    await this.get(subjectId);
  }

  /** @throws DomainError `subject.not_found`, `subject.not_a_minor` */
  async requireMinor(subjectId: string): Promise<void> {
    if (!(await this.get(subjectId)).isMinor)
      throw new DomainError('conflict', 'subject.not_a_minor', {
        detail: 'Nobody else has to agree: this is not a minor. Nothing was asked.',
      });
  }

  private async categoriesOf(subjectId: string, fields: readonly RevealableField[]): Promise<string[]> {
    const { kind } = await this.get(subjectId);
    return fields.map((field) => (isIdentifierType(field) ? categoryOfIdentifier(field) : categoryOf(kind, field)));
  }

  private async idsOf(by: SearchKey, value: string): Promise<string[]> {
    if (by === 'id') return isId(value) ? [value] : [];
    if (by === 'idNumber') return this.profiles.findByIdNumber(value);
    const owner = await this.identifiers.findOwner(identifierToFind({ type: by, value }, '/value'));
    return owner === null ? [] : [owner];
  }

  private async sharing(subjectId: string, type: IdentifierType): Promise<SharingSubject> {
    const held = (await this.identifiers.listWhileKeysLive(subjectId)).find((one) => one.type === type);
    return {
      subject: await this.get(subjectId),
      displayName: (await this.displayNames([subjectId])).get(subjectId) ?? '',
      masked: held ? maskIdentifier(type, held.value) : '',
    };
  }

  private async get(subjectId: string): Promise<Subject> {
    const subject = await this.subjectRepository.findOneBy({ subjectId });
    if (!subject) throw new DomainError('notFound', 'subject.not_found');
    return subject;
  }
}

function isIdentifierType(field: RevealableField): field is IdentifierType {
  return identifierTypes.some((type) => type === field);
}

function whyWithheld(subject: Subject, { permissions }: OperatorPrincipal, isSensitive: boolean): Withholding | null {
  if (subject.isRestricted) return 'restricted';
  if (subject.isMinor && !permissions.has(minorPermission)) return 'minor';
  return isSensitive && !permissions.has(sensitivePermission) ? 'sensitive' : null;
}
