import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import { Clock, newId, type Locale } from '@abide/kernel';
import { Database, Jobs } from '@abide/platform';
import { Vault } from '@abide/vault';
import { Repository } from 'typeorm';
import { Identifiers } from '../identifiers/identifiers.service.js';
import type { MinorStatus } from '../subjects/minor.rules.js';
import { Credential } from '../subjects/profile.entity.js';
import { Profiles } from '../subjects/profiles.service.js';
import { Subject, type SubjectKind } from '../subjects/subject.entity.js';
import type { HeldRegistration, Person } from './held-registration.js';

interface Announcement {
  readonly subjectId: string;
  readonly kind: SubjectKind;
  readonly minorStatus: MinorStatus;
  readonly locale: Locale;
}

/** Writes a subject that has been confirmed: identifier, profile, password. Joins the open transaction. */
@Injectable()
export class SubjectAdmission {
  constructor(
    @InjectRepository(Credential) private readonly credentialRepository: Repository<Credential>,
    @InjectRepository(Subject) private readonly subjectRepository: Repository<Subject>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly vault: Vault,
    private readonly audit: Audit,
    private readonly jobs: Jobs,
    private readonly identifiers: Identifiers,
    private readonly profiles: Profiles,
  ) {}

  /** A subject whose guardian has not confirmed yet: known by id and kind only. */
  async announce(announcement: Announcement): Promise<void> {
    await this.subjectRepository.insert(this.subject(announcement, 'pendingGuardian'));
    await this.audit.record({
      act: 'subject.guardianAwaited',
      object: { type: 'subject', id: announcement.subjectId },
      subjectId: announcement.subjectId,
    });
  }

  /** @throws DomainError `identifier.taken` when somebody else confirmed it first. */
  async admit(subjectId: string, held: HeldRegistration): Promise<void> {
    const { kind, minorStatus, locale, identifier, passwordHash, profile, guardian } = held;
    await this.activate({ subjectId, kind, minorStatus, locale });
    await this.identifiers.confirm(subjectId, identifier);
    await this.profiles.write(
      { subjectId, kind },
      guardian ? { ...profile, guardian: JSON.stringify(guardian) } : profile,
    );
    if (passwordHash !== null)
      await this.credentialRepository.insert({ subjectId, passwordHash, changedAt: this.clock.now() });
    await this.tell(subjectId, kind);
  }

  /** A device that uses the service without signing in. */
  async admitDevice(locale: Locale): Promise<string> {
    const subjectId = newId();
    await this.vault.createKeys(subjectId);
    await this.subjectRepository.insert(
      this.subject({ subjectId, kind: 'device', minorStatus: 'unknown', locale }, 'active'),
    );
    await this.tell(subjectId, 'device');
    return subjectId;
  }

  /** Whoever an enterprise names is a person with rights of their own, though without a sign-in until they confirm an address that was noted for them. */
  async admitNamed({ name, phone, email }: Person, locale: Locale): Promise<string> {
    const subjectId = newId();
    await this.vault.createKeys(subjectId);
    await this.subjectRepository.insert(
      this.subject({ subjectId, kind: 'person', minorStatus: 'unknown', locale }, 'active'),
    );
    await this.profiles.write({ subjectId, kind: 'person' }, { name });
    if (phone !== undefined) await this.identifiers.note(subjectId, { type: 'phone', value: phone });
    if (email !== undefined) await this.identifiers.note(subjectId, { type: 'email', value: email });
    await this.tell(subjectId, 'person');
    return subjectId;
  }

  /** Whoever was noted turned out to have an account: what was noted of them goes, with its keys. */
  async forgetNamed(subjectId: string): Promise<void> {
    for (const table of ['identifiers', 'profile_fields', 'verifications', 'subjects'])
      await this.db.execute(`DELETE FROM identity.${table} WHERE subject_id = $1`, [subjectId]);
    await this.vault.destroyKeys(subjectId);
  }

  private async activate(announcement: Announcement): Promise<void> {
    const now = this.clock.now();
    const subject = {
      ...this.subject(announcement, 'active'),
      guardianAdvisedAt: announcement.minorStatus === 'under18' ? now : null,
      guardianConfirmedAt: announcement.minorStatus === 'under14' ? now : null,
    };
    await this.subjectRepository.delete({ subjectId: announcement.subjectId, status: 'pendingGuardian' });
    await this.subjectRepository.insert(subject);
  }

  private subject(announcement: Announcement, status: Subject['status']): Subject {
    return this.subjectRepository.create({
      ...announcement,
      status,
      guardianAdvisedAt: null,
      guardianConfirmedAt: null,
      isRestricted: false,
      registeredAt: this.clock.now(),
    });
  }

  private async tell(subjectId: string, kind: SubjectKind): Promise<void> {
    await this.audit.record({
      act: 'subject.registered',
      object: { type: 'subject', id: subjectId },
      subjectId,
      actor: { kind: 'subject', id: subjectId },
      details: { kind },
    });
    await this.jobs.publish('identity.subject_registered', { subjectId, kind, at: this.clock.now().toISOString() });
  }
}
