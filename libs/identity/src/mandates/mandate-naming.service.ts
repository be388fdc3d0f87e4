import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import { Clock, newId, type Locale } from '@abide/kernel';
import { Config, Database, Delivery, requestContext, type Message } from '@abide/platform';
import { Repository } from 'typeorm';
import { Identifiers } from '../identifiers/identifiers.service.js';
import type { Person } from '../admission/held-registration.js';
import { SubjectAdmission } from '../admission/subject-admission.service.js';
import { channelOf, type Identifier } from '../subjects/identifier.rules.js';
import { Subject } from '../subjects/subject.entity.js';
import { Messenger } from '../verifications/messenger.js';
import { Verifications, type StartedVerification } from '../verifications/verifications.service.js';
import { namedText } from './mandate-messages.js';
import { Mandate } from './mandate.entity.js';
import { refusal, type MandateRole, type MemberAct } from './mandate.rules.js';
import { Mandates } from './mandates.service.js';

export interface NewMandate {
  readonly enterpriseId: string;
  readonly role: MandateRole;
  readonly person: Person;
  readonly acts: readonly MemberAct[];
  readonly expiresAt: Date | null;
}

export interface Named {
  readonly mandate: Mandate;
  /** Null where nothing noted of them can be reached. */
  readonly notice: Message | null;
}

const codeMinutes = 60;

/**
 * How somebody comes to act for an enterprise: named, told, confirmed by a code to the address that was noted for them. Whether that address has an
 * account is looked up after the code, never before: being named is the same for every address.
 */
@Injectable()
export class MandateNaming implements OnModuleInit {
  constructor(
    @InjectRepository(Mandate) private readonly mandateRepository: Repository<Mandate>,
    @InjectRepository(Subject) private readonly subjectRepository: Repository<Subject>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly audit: Audit,
    private readonly delivery: Delivery,
    private readonly admission: SubjectAdmission,
    private readonly identifiers: Identifiers,
    private readonly verifications: Verifications,
    private readonly messenger: Messenger,
    private readonly mandates: Mandates,
  ) {}

  onModuleInit(): void {
    this.verifications.register({
      act: 'mandate',
      needsPassword: false,
      run: async ({ subjectId, verificationId, target }) => {
        if (target === null) throw new Error('A code for a mandate was sent to nobody');
        await this.confirmed(subjectId, verificationId, target);
        return {};
      },
    });
  }

  /**
   * Asked before anything is stored: the person has an address of their own, and what they are sent counts as a message like a code.
   * @throws DomainError `mandate.own_address`, as `Verifications.requireReachable`
   */
  async requireNameable(person: Person, ofEnterprise: readonly Identifier[]): Promise<void> {
    if (ofEnterprise.some(({ type, value }) => person[type] === value)) throw refusal('mandate.own_address');
    const to = this.reachableAt(person);
    if (to !== null) await this.verifications.requireReachable(to);
  }

  /** Where whoever is named would be told and sent a code; null where nothing noted of them can be reached. */
  private reachableAt({ email, phone }: Pick<Person, 'email' | 'phone'>): Identifier | null {
    const noted: Identifier[] = [
      ...(email === undefined ? [] : [{ type: 'email' as const, value: email }]),
      ...(phone === undefined ? [] : [{ type: 'phone' as const, value: phone }]),
    ];
    return noted.find(({ type }) => this.delivery.isConfigured(channelOf(type))) ?? null;
  }

  /**
   * Names a person, whose addresses are in their normal form; resolves also to what tells them of it, to be sent afterwards. A new contact person takes the
   * place of the one before at once. Joins the open transaction.
   */
  async name({ enterpriseId, role, person, acts, expiresAt }: NewMandate): Promise<Named> {
    const locale = requestContext()?.locale ?? 'zh-CN';
    if (role === 'contact') await this.mandates.endAll(enterpriseId, 'replaced');
    const personId = await this.admission.admitNamed(person, locale);
    const mandate = this.mandateRepository.create({
      subjectId: enterpriseId,
      id: newId(),
      role,
      personId,
      acts: [...acts],
      namedAt: this.clock.now(),
      verificationId: null,
      confirmedAt: null,
      expiresAt,
      endedAt: null,
      endReason: null,
    });
    await this.mandateRepository.insert(mandate);
    await this.mandates.record('mandate.named', mandate);
    return { mandate, notice: this.noticeTo(person, mandate, locale) };
  }

  /** What is confirmed, for the page that asks for the code. @throws DomainError `mandate.not_found` */
  async awaiting(id: string): Promise<Mandate> {
    const mandate = await this.mandateRepository.findOneBy({ id });
    if (mandate?.stateAt(this.clock.now()) !== 'named') throw refusal('mandate.not_found');
    return mandate;
  }

  /** Sends a code to the address that was noted; an earlier one is worth nothing from then on. @throws DomainError `mandate.not_found`, as `Verifications.requireReachable` */
  async sendCode(id: string): Promise<StartedVerification> {
    const { subjectId, personId } = await this.awaiting(id);
    const noted = await this.identifiers.list(personId);
    const to = this.reachableAt(Object.fromEntries(noted.map(({ type, value }) => [type, value])));
    if (to === null) throw refusal('mandate.not_found');
    await this.verifications.requireReachable(to);
    const { started, message } = await this.db.transaction(async () => {
      const begun = await this.verifications.start({
        act: 'mandate',
        subjectId: personId,
        to,
        isDecoy: false,
        minutes: codeMinutes,
      });
      await this.mandateRepository.update({ subjectId, id }, { verificationId: begun.started.id });
      return begun;
    });
    if (message) await this.messenger.send(message);
    return started;
  }

  /** @throws DomainError `mandate.not_found`, as `Verifications.confirm`. Must not run in a transaction. */
  async confirm(id: string, code: string): Promise<void> {
    const { verificationId } = await this.awaiting(id);
    if (verificationId === null) throw refusal('mandate.not_found');
    await this.verifications.confirm(verificationId, code);
  }

  /** Runs in the transaction that spends the code. */
  private async confirmed(personId: string, verificationId: string, target: Identifier): Promise<void> {
    const mandate = await this.mandateRepository.findOne({
      where: { personId, verificationId },
      lock: { mode: 'pessimistic_write' },
    });
    if (mandate?.stateAt(this.clock.now()) !== 'named') throw refusal('mandate.not_found');
    const holderId = await this.holderOf(mandate, target);
    const now = this.clock.now();
    const { subjectId, id } = mandate;
    await this.mandateRepository.update({ subjectId, id }, { personId: holderId, confirmedAt: now });
    await this.audit.record({
      act: 'mandate.confirmed',
      object: { type: 'mandate', id },
      subjectId,
      actor: { kind: 'subject', id: holderId },
      details: { role: mandate.role },
    });
  }

  /**
   * The account that has confirmed the address, and whoever was noted until now goes; or whoever was noted, who has an account from now on.
   * @throws DomainError `identifier.taken` where the address is an enterprise's, `mandate.is_minor`
   */
  private async holderOf({ personId }: Mandate, target: Identifier): Promise<string> {
    const owner = await this.identifiers.findOwner(target);
    const account = owner === null ? null : await this.subjectRepository.findOneBy({ subjectId: owner });
    if (account?.kind !== 'person' || account.subjectId === personId) {
      await this.identifiers.confirm(personId, target);
      return personId;
    }
    if (account.isMinor) throw refusal('mandate.is_minor');
    await this.admission.forgetNamed(personId);
    return account.subjectId;
  }

  private noticeTo(person: Person, { id, role }: Mandate, locale: Locale): Message | null {
    const to = this.reachableAt(person);
    if (to === null) return null;
    const text = namedText(role, `${this.config.publicUrl}/mandates/${id}`, locale);
    return { channel: channelOf(to.type), to: to.value, ...text };
  }
}
