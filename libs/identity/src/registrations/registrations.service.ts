import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Clock, DomainError, newId } from '@abide/kernel';
import { Database, Jobs, requestContext, ScheduledTasks, UseListeners, type Message } from '@abide/platform';
import { Vault, type Place } from '@abide/vault';
import { Repository } from 'typeorm';
import { hashPassword } from '../credentials/password-hash.js';
import { requireAcceptablePassword } from '../credentials/password.rules.js';
import { admitWardQueue } from '../guardianships/guardian-ages.service.js';
import { GuardianLinks } from '../guardianships/guardian-links.service.js';
import { ageNeededText } from '../guardianships/guardian-messages.js';
import { requireAnother, type Guardian } from '../guardianships/guardian.rules.js';
import { Guardianships } from '../guardianships/guardianships.service.js';
import { MandateNaming } from '../mandates/mandate-naming.service.js';
import { channelOf, normaliseIdentifier, type Identifier } from '../subjects/identifier.rules.js';
import { Identifiers } from '../identifiers/identifiers.service.js';
import { MinorAges } from '../subjects/minor-ages.js';
import { minorStatusOf, requireOldEnough, type MinorStatus } from '../subjects/minor.rules.js';
import { categoryOf, categoryOfIdentifier, type Profile, type ProfileField } from '../subjects/profile.rules.js';
import { alreadyYoursText } from '../verifications/code-messages.js';
import { Messenger } from '../verifications/messenger.js';
import { Verifications, type Confirmed, type StartedVerification } from '../verifications/verifications.service.js';
import { PendingRegistration } from './pending-registration.entity.js';
import { contactPersonCategory } from './registration-fields.js';
import { RegistrationSteps, type Registration } from './registration-steps.js';
import { SubjectAdmission } from '../admission/subject-admission.service.js';
import type { HeldRegistration, Person } from '../admission/held-registration.js';

export interface NewRegistration {
  readonly kind: 'person' | 'enterprise';
  readonly identifier: Identifier;
  readonly password?: string;
  readonly profile: Profile;
  readonly contactPerson?: Person;
  readonly birthDate?: string;
  readonly guardian?: Guardian;
  readonly acceptedRevisionIds: readonly string[];
}

const awaitingCodeMinutes = 24 * 60;
const awaitingGuardianMinutes = 7 * 24 * 60;
const sweepAtOnce = 200;

/** How somebody becomes a subject: asked, held sealed, confirmed by code, and for a child by a guardian. */
@Injectable()
export class Registrations implements OnModuleInit {
  constructor(
    @InjectRepository(PendingRegistration)
    private readonly pendingRegistrationRepository: Repository<PendingRegistration>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly vault: Vault,
    private readonly tasks: ScheduledTasks,
    private readonly identifiers: Identifiers,
    private readonly verifications: Verifications,
    private readonly messenger: Messenger,
    private readonly steps: RegistrationSteps,
    private readonly admission: SubjectAdmission,
    private readonly minorAges: MinorAges,
    private readonly uses: UseListeners,
    private readonly jobs: Jobs,
    private readonly links: GuardianLinks,
    private readonly guardianships: Guardianships,
    private readonly mandates: MandateNaming,
  ) {}

  onModuleInit(): void {
    this.verifications.register({
      act: 'registration',
      needsPassword: false,
      run: ({ subjectId }) => this.confirmedByCode(subjectId),
    });
    this.verifications.register({
      act: 'guardianConsent',
      needsPassword: false,
      run: ({ subjectId }) => this.confirmedByGuardian(subjectId),
    });
    this.jobs.define<{ subjectId: string }>(admitWardQueue, ({ subjectId }) => this.admitWaiting(subjectId));
    this.tasks.every(60, 'identity.forget_unconfirmed_registrations', () => this.forgetUnconfirmed());
  }

  /**
   * Holds a registration and sends a code. What happens, what is answered and how long it takes is the same when the
   * identifier has an owner already; the owner is told, and the code then goes to nobody.
   * @throws DomainError `registration.too_young`, `registration.guardian_needed`, `identifier.*`, `password.*`, or a registration step's refusal.
   */
  async start(wanted: NewRegistration): Promise<StartedVerification> {
    const now = this.clock.now();
    const ages = await this.minorAges.current();
    const minorStatus = minorStatusOf(wanted.birthDate, now, ages);
    requireOldEnough(wanted.birthDate, now, ages);
    requireGuardian(minorStatus, wanted.guardian);
    const asked = asHeld(wanted, { minorStatus, acceptedAt: now.toISOString() });
    if (asked.guardian) requireAnother(asked.guardian.identifier, [asked.identifier]);
    if (wanted.password !== undefined)
      requireAcceptablePassword(wanted.password, {
        by: 'subject',
        context: [asked.identifier.value, ...Object.values(asked.profile)],
      });
    await this.steps.check(registrationOf(asked));
    await this.verifications.requireReachable(asked.identifier);
    if (asked.contactPerson) await this.mandates.requireNameable(asked.contactPerson, [asked.identifier]);
    const held = { ...asked, passwordHash: wanted.password === undefined ? null : await hashPassword(wanted.password) };
    const isTaken = (await this.identifiers.findOwner(held.identifier)) !== null;
    const { started, message } = await this.hold(held, isTaken);
    await this.messenger.send(message ?? alreadyYours(held.identifier));
    return started;
  }

  /** Ends registrations that nobody confirmed in time: their rows go and their keys are destroyed. */
  async forgetUnconfirmed(): Promise<void> {
    const due = await this.db.query<{ subject_id: string }>(
      'SELECT subject_id FROM identity.pending_registrations WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2',
      [this.clock.now(), sweepAtOnce],
    );
    for (const { subject_id } of due) await this.forget(subject_id);
  }

  private async hold(
    held: HeldRegistration,
    isTaken: boolean,
  ): Promise<{ started: StartedVerification; message: Message | null }> {
    const [subjectId, now] = [newId(), this.clock.now()];
    return this.db.transaction(async () => {
      await this.vault.createKeys(subjectId);
      const payload = await this.vault.seal(placeOf(subjectId), JSON.stringify(held));
      const expiresAt = new Date(now.getTime() + awaitingCodeMinutes * 60_000);
      await this.pendingRegistrationRepository.insert({
        subjectId,
        state: 'awaitingCode',
        payload,
        createdAt: now,
        expiresAt,
      });
      return this.verifications.start({
        act: 'registration',
        subjectId,
        to: held.identifier,
        isDecoy: isTaken,
        minutes: awaitingCodeMinutes,
      });
    });
  }

  private async confirmedByCode(subjectId: string): Promise<Confirmed> {
    const { held: asked, createdAt } = await this.open(subjectId, 'awaitingCode');
    const held = requestContext()?.globalPrivacyControl ? { ...asked, hasPrivacyControl: true } : asked;
    if (held.minorStatus === 'under14' && held.guardian)
      return this.awaitGuardian({ subjectId, createdAt }, held, held.guardian);
    const messages = await this.admit(subjectId, held);
    return { registered: { subjectId, isAdvised: held.minorStatus === 'under18' }, messages };
  }

  /** The guardian's word is a consent once they are known to be an adult; until then everything stays sealed. */
  private async confirmedByGuardian(subjectId: string): Promise<Confirmed> {
    const { held, expiresAt } = await this.open(subjectId, 'awaitingGuardian');
    if (held.guardian === null) throw new Error('A child awaits a guardian and named none');
    if (await this.links.establish(subjectId, held.guardian)) {
      await this.admit(subjectId, held);
      return { registered: { subjectId, isAdvised: false } };
    }
    await this.pendingRegistrationRepository.update({ subjectId }, { state: 'awaitingAge' });
    const { type, value } = held.guardian.identifier;
    const message = {
      channel: channelOf(type),
      to: value,
      ...ageNeededText(expiresAt, requestContext()?.locale ?? held.locale),
    };
    return { registered: { subjectId, isAdvised: false, guardianAgeUntil: expiresAt }, messages: [message] };
  }

  /** Admits a child whose guardian is known to be an adult since, if their consent stands and it is not too late. */
  private async admitWaiting(subjectId: string): Promise<void> {
    await this.db.transaction(async () => {
      const pending = await this.pendingRegistrationRepository.findOne({
        where: { subjectId, state: 'awaitingAge' },
        lock: { mode: 'pessimistic_write' },
      });
      if (!pending || pending.expiresAt <= this.clock.now()) return;
      await this.guardianships.lockWard(subjectId);
      const facts = (await this.guardianships.factsOf([subjectId])).get(subjectId);
      if (facts?.hasConsented) await this.admit(subjectId, (await this.open(subjectId, 'awaitingAge')).held);
    });
  }

  /** PIPL art. 31: nothing of a child is used before the guardian has consented; it stays sealed, for seven days from its arrival at most. */
  private async awaitGuardian(
    { subjectId, createdAt }: Pick<PendingRegistration, 'subjectId' | 'createdAt'>,
    held: HeldRegistration,
    guardian: Guardian,
  ): Promise<Confirmed> {
    const { kind, minorStatus, locale } = held;
    const expiresAt = new Date(createdAt.getTime() + awaitingGuardianMinutes * 60_000);
    const minutes = (expiresAt.getTime() - this.clock.now().getTime()) / 60_000;
    const payload = await this.vault.seal(placeOf(subjectId), JSON.stringify(held));
    await this.pendingRegistrationRepository.update({ subjectId }, { state: 'awaitingGuardian', expiresAt, payload });
    await this.admission.announce({ subjectId, kind, minorStatus, locale });
    const { started, message } = await this.verifications.start({
      act: 'guardianConsent',
      subjectId,
      to: guardian.identifier,
      isDecoy: false,
      minutes,
    });
    return {
      registered: { subjectId, guardianVerification: started, isAdvised: false },
      messages: message ? [message] : [],
    };
  }

  /** Resolves to what tells whom an enterprise named of it. */
  private async admit(subjectId: string, held: HeldRegistration): Promise<Message[]> {
    await this.admission.admit(subjectId, held);
    const notice = held.contactPerson && (await this.nameContact(subjectId, held.contactPerson));
    await this.steps.run({ ...registrationOf(held), subjectId });
    if (held.hasPrivacyControl) await this.uses.tellPrivacyControl(subjectId);
    await this.pendingRegistrationRepository.delete({ subjectId });
    return notice ? [notice] : [];
  }

  private async nameContact(enterpriseId: string, person: Person): Promise<Message | null> {
    const wanted = { enterpriseId, role: 'contact' as const, person, acts: [], expiresAt: null };
    return (await this.mandates.name(wanted)).notice;
  }

  private async open(
    subjectId: string,
    state: PendingRegistration['state'],
  ): Promise<{ held: HeldRegistration; createdAt: Date; expiresAt: Date }> {
    const pending = await this.pendingRegistrationRepository.findOne({
      where: { subjectId, state },
      lock: { mode: 'pessimistic_write' },
    });
    if (!pending || pending.expiresAt <= this.clock.now())
      throw new DomainError('conflict', 'verification.expired', { detail: 'This has taken too long. Start again.' });
    const held = JSON.parse(await this.vault.open(placeOf(subjectId), pending.payload)) as HeldRegistration;
    return { held, createdAt: pending.createdAt, expiresAt: pending.expiresAt };
  }

  private async forget(subjectId: string): Promise<void> {
    await this.db.transaction(async () => {
      const gone = await this.db.execute(
        'DELETE FROM identity.pending_registrations WHERE subject_id = $1 AND expires_at <= $2',
        [subjectId, this.clock.now()],
      );
      if (gone === 0) return;
      await this.db.execute('DELETE FROM identity.verifications WHERE subject_id = $1', [subjectId]);
      await this.db.execute('DELETE FROM identity.guardianships WHERE subject_id = $1', [subjectId]);
      await this.db.execute('DELETE FROM identity.guardianship_evidence WHERE subject_id = $1', [subjectId]);
      await this.db.execute("DELETE FROM identity.subjects WHERE subject_id = $1 AND status = 'pendingGuardian'", [
        subjectId,
      ]);
      await this.vault.destroyKeys(subjectId);
    });
  }
}

/** In the form it is held in, without its password, which is hashed last. */
function asHeld(
  wanted: NewRegistration,
  facts: Pick<HeldRegistration, 'minorStatus' | 'acceptedAt'>,
): HeldRegistration {
  const { kind, profile, birthDate, contactPerson, guardian, acceptedRevisionIds } = wanted;
  return {
    ...facts,
    kind,
    acceptedRevisionIds,
    identifier: normaliseIdentifier(wanted.identifier),
    passwordHash: null,
    profile: birthDate === undefined ? profile : { ...profile, birthDate },
    contactPerson: contactPerson ? normalContact(contactPerson) : null,
    guardian: guardian
      ? { ...guardian, identifier: normaliseIdentifier(guardian.identifier, '/guardian/identifier/value') }
      : null,
    locale: requestContext()?.locale ?? 'zh-CN',
    hasPrivacyControl: requestContext()?.globalPrivacyControl ?? false,
  };
}

/** What registration steps are told: kinds of data, never the data. */
export function registrationOf({
  kind,
  minorStatus,
  acceptedRevisionIds,
  acceptedAt,
  locale,
  identifier,
  profile,
  contactPerson,
  guardian,
}: HeldRegistration): Registration {
  const given = (Object.keys(profile) as ProfileField[]).map((field) => categoryOf(kind, field));
  const contacts = contactPerson ? [contactPersonCategory] : [];
  const guardians = guardian ? [categoryOf(kind, 'guardian')] : [];
  return {
    kind,
    minorStatus,
    acceptedRevisionIds,
    acceptedAt: new Date(acceptedAt),
    locale,
    profileCategories: [categoryOfIdentifier(identifier.type), ...given, ...contacts, ...guardians],
  };
}

function requireGuardian(minorStatus: MinorStatus, guardian: Guardian | undefined): void {
  if (minorStatus !== 'under14' || guardian) return;
  throw new DomainError('invalid', 'registration.guardian_needed', {
    detail:
      'Somebody under 14 registers together with a guardian. Nothing was stored; name the guardian and send again.',
    errors: [{ pointer: '/guardian', code: 'registration.guardian_needed', message: 'Name the guardian.' }],
  });
}

function normalContact({ name, phone, email }: Person): Person {
  return {
    name,
    ...(phone === undefined
      ? {}
      : { phone: normaliseIdentifier({ type: 'phone', value: phone }, '/profile/contactPerson/phone').value }),
    ...(email === undefined
      ? {}
      : { email: normaliseIdentifier({ type: 'email', value: email }, '/profile/contactPerson/email').value }),
  };
}

function alreadyYours({ type, value }: Identifier): Message {
  return { channel: channelOf(type), to: value, ...alreadyYoursText(requestContext()?.locale ?? 'zh-CN') };
}

function placeOf(subjectId: string): Place {
  return { subjectId, table: 'identity.pending_registrations', column: 'payload', rowId: subjectId };
}
