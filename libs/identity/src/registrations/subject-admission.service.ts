import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import { Clock, newId, type Locale } from '@abide/kernel';
import { Jobs } from '@abide/platform';
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

/** Writes a subject that has been confirmed: identifier, profile, password, contact person. Joins the open transaction. */
@Injectable()
export class SubjectAdmission {
  constructor(
    @InjectRepository(Credential) private readonly credentialRepository: Repository<Credential>,
    @InjectRepository(Subject) private readonly subjectRepository: Repository<Subject>,
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
    const contactPersonId = held.contactPerson ? await this.admitContact(held.contactPerson, locale) : null;
    await this.activate(
      { subjectId, kind, minorStatus, locale },
      { contactPersonId, hasGuardian: minorStatus === 'under14' },
    );
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

  /** The contact person of an enterprise is a person with rights of their own, though without a sign-in until they ask for one. */
  private async admitContact({ name, phone, email }: Person, locale: Locale): Promise<string> {
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

  private async activate(
    announcement: Announcement,
    { contactPersonId, hasGuardian }: { contactPersonId: string | null; hasGuardian: boolean },
  ): Promise<void> {
    const now = this.clock.now();
    const subject = {
      ...this.subject(announcement, 'active'),
      contactPersonId,
      guardianAdvisedAt: announcement.minorStatus === 'under18' ? now : null,
      guardianConfirmedAt: hasGuardian ? now : null,
    };
    await this.subjectRepository.delete({ subjectId: announcement.subjectId, status: 'pendingGuardian' });
    await this.subjectRepository.insert(subject);
  }

  private subject(announcement: Announcement, status: Subject['status']): Subject {
    return this.subjectRepository.create({
      ...announcement,
      status,
      contactPersonId: null,
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
