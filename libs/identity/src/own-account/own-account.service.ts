import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import { DomainError, type Locale } from '@abide/kernel';
import { Database, requestContext, requireMatch, type Message } from '@abide/platform';
import { Repository } from 'typeorm';
import { Guardianships } from '../guardianships/guardianships.service.js';
import { Mandates } from '../mandates/mandates.service.js';
import { SubjectSignIn } from '../sessions/subject-sign-in.service.js';
import { alreadyYoursText, replacedText } from '../verifications/code-messages.js';
import { Messenger } from '../verifications/messenger.js';
import { Verifications, type Confirmed, type StartedVerification } from '../verifications/verifications.service.js';
import { channelOf, normaliseIdentifier, type Identifier } from '../subjects/identifier.rules.js';
import type { OpenedIdentifier } from '../subjects/identifier-records.js';
import { Identifiers } from '../identifiers/identifiers.service.js';
import type { Profile, ProfileField } from '../subjects/profile.rules.js';
import { Profiles } from '../subjects/profiles.service.js';
import { Subject, type SubjectStatus } from '../subjects/subject.entity.js';
import { Subjects, type OwnDevice } from '../subjects/subjects.service.js';

export interface OwnAccount {
  readonly subject: Subject;
  readonly status: SubjectStatus;
  readonly identifiers: readonly OpenedIdentifier[];
  readonly profile: Profile;
  readonly devices: readonly OwnDevice[];
  readonly contactPersonId: string | null;
}

export interface AccountChanges {
  /** Absent stays, null clears. */
  readonly profile: Partial<Record<ProfileField, string | null>>;
  readonly locale: Locale | undefined;
}

const changeWindowMinutes = 60;

/** What a subject sees and changes of their own account. */
@Injectable()
export class OwnAccounts implements OnModuleInit {
  constructor(
    @InjectRepository(Subject) private readonly subjectRepository: Repository<Subject>,
    private readonly db: Database,
    private readonly audit: Audit,
    private readonly identifiers: Identifiers,
    private readonly profiles: Profiles,
    private readonly subjects: Subjects,
    private readonly guardianships: Guardianships,
    private readonly verifications: Verifications,
    private readonly messenger: Messenger,
    private readonly signIn: SubjectSignIn,
    private readonly mandates: Mandates,
  ) {}

  onModuleInit(): void {
    this.verifications.register({
      act: 'identifierChange',
      needsPassword: false,
      run: ({ subjectId, target }) => this.takeIdentifier(subjectId, target),
    });
  }

  async view(subjectId: string): Promise<OwnAccount> {
    const subject = await this.get(subjectId);
    return {
      subject,
      status: await this.guardianships.statusOf(subject),
      identifiers: await this.identifiers.list(subjectId),
      profile: await this.profiles.read(subjectId),
      devices: await this.subjects.linkedDevices(subjectId),
      contactPersonId: await this.confirmedContact(subject),
    };
  }

  /** Corrects or clears what the subject gave; absent stays as it is. @throws DomainError `subject.restricted`, `subject.stale_edit` (412). */
  async change(subjectId: string, { profile, locale }: AccountChanges, etag: string | undefined): Promise<void> {
    await this.db.transaction(async () => {
      const subject = await this.getLocked(subjectId);
      subject.requireUnrestricted();
      requireMatch(etag, etagOf(subject), 'subject.stale_edit');
      await this.profiles.write(subject, profile);
      await this.db.execute('UPDATE identity.subjects SET locale = $2, version = version + 1 WHERE subject_id = $1', [
        subjectId,
        locale ?? subject.locale,
      ]);
      const fields = Object.keys(profile).join(' ');
      if (fields !== '')
        await this.audit.record({
          act: 'subject.profileChanged',
          object: { type: 'subject', id: subjectId },
          subjectId,
          details: { fields },
        });
    });
  }

  /**
   * Sends a code to the new address. If that is somebody else's, they are told, and the code goes to nobody.
   * @throws DomainError as `SubjectSignIn.reauthenticate`.
   */
  async requestIdentifierChange(
    whose: { subjectId: string; sessionId: string },
    wanted: Identifier,
    password: string | undefined,
  ): Promise<StartedVerification> {
    const { subjectId } = whose;
    const to = normaliseIdentifier(wanted, '/value');
    (await this.get(subjectId)).requireUnrestricted();
    await this.signIn.reauthenticate(whose, password);
    await this.verifications.requireReachable(to);
    const owner = await this.identifiers.findOwner(to);
    const isTaken = owner !== null && owner !== subjectId;
    const { started, message } = await this.verifications.start({
      act: 'identifierChange',
      subjectId,
      to,
      isDecoy: isTaken,
      minutes: changeWindowMinutes,
    });
    await this.messenger.send(message ?? messageTo(to, alreadyYoursText));
    return started;
  }

  /** Who is named without having confirmed it stays unknown, and with it whether they had an account already. */
  private async confirmedContact({ subjectId, kind }: Subject): Promise<string | null> {
    const contact = kind === 'enterprise' ? await this.mandates.contactOf(subjectId) : null;
    return contact?.confirmedAt ? contact.personId : null;
  }

  private async takeIdentifier(subjectId: string, target: Identifier | null): Promise<Confirmed> {
    if (target === null) return {};
    (await this.getLocked(subjectId)).requireUnrestricted();
    const before = await this.identifiers.find(subjectId, target.type);
    await this.identifiers.confirm(subjectId, target);
    await this.verifications.endAllOf(subjectId);
    await this.audit.record({
      act: 'subject.identifierChanged',
      object: { type: 'subject', id: subjectId },
      subjectId,
      details: { type: target.type },
    });
    return before && before.value !== target.value ? { messages: [messageTo(before, replacedText)] } : {};
  }

  private async getLocked(subjectId: string): Promise<Subject> {
    await this.db.query('SELECT 1 FROM identity.subjects WHERE subject_id = $1 FOR UPDATE', [subjectId]);
    return this.get(subjectId);
  }

  private async get(subjectId: string): Promise<Subject> {
    const subject = await this.subjectRepository.findOneBy({ subjectId });
    if (!subject) throw new DomainError('notFound', 'subject.not_found');
    return subject;
  }
}

export function etagOf({ subjectId, version }: Subject): string {
  return `${subjectId}.${version}`;
}

function messageTo({ type, value }: Identifier, text: (locale: Locale) => { subject: string; text: string }): Message {
  return { channel: channelOf(type), to: value, ...text(requestContext()?.locale ?? 'zh-CN') };
}
