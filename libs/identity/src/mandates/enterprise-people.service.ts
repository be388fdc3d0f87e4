import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Clock, dayInMilliseconds } from '@abide/kernel';
import { Database } from '@abide/platform';
import { Repository } from 'typeorm';
import { Identifiers } from '../identifiers/identifiers.service.js';
import type { Person } from '../admission/held-registration.js';
import { SubjectSignIn } from '../sessions/subject-sign-in.service.js';
import { normaliseIdentifier, type Identifier } from '../subjects/identifier.rules.js';
import { Subject } from '../subjects/subject.entity.js';
import type { Mandate } from './mandate.entity.js';
import { Messenger } from '../verifications/messenger.js';
import { MandateNaming, type Named } from './mandate-naming.service.js';
import { mostMembers, refusal, type MemberAct } from './mandate.rules.js';
import { Mandates } from './mandates.service.js';

/** Who is signed in, and what proves it once more. */
export interface NamedBy {
  readonly subjectId: string;
  readonly sessionId: string;
  readonly password: string | undefined;
}

export interface NewPerson {
  readonly name: string;
  readonly identifier: Identifier;
}

/** How an enterprise changes its contact person, and a contact person lets members act. Each asks for more than a session, as whatever lets somebody in does. */
@Injectable()
export class EnterprisePeople {
  constructor(
    @InjectRepository(Subject) private readonly subjectRepository: Repository<Subject>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly identifiers: Identifiers,
    private readonly signIn: SubjectSignIn,
    private readonly naming: MandateNaming,
    private readonly messenger: Messenger,
    private readonly mandates: Mandates,
  ) {}

  /**
   * Names another contact person: the one before, and the members, act no more at once.
   * @throws DomainError `mandate.own_address`, as `SubjectSignIn.reauthenticate`, `Verifications.requireReachable`
   */
  async nameContact(by: NamedBy, wanted: NewPerson): Promise<Mandate> {
    await this.signIn.reauthenticate(by, by.password);
    const person = await this.nameable(by.subjectId, wanted);
    return this.tell(() =>
      this.naming.name({ enterpriseId: by.subjectId, role: 'contact', person, acts: [], expiresAt: null }),
    );
  }

  /** @throws DomainError `mandate.not_found`, `.contact_only`, `.too_many`, as `nameContact` */
  async nameMember(
    by: NamedBy,
    enterpriseId: string,
    { acts, days, ...wanted }: NewPerson & { readonly acts: readonly MemberAct[]; readonly days: number },
  ): Promise<Mandate> {
    await this.mandates.require(by.subjectId, enterpriseId, 'contact');
    await this.signIn.reauthenticate(by, by.password);
    const person = await this.nameable(enterpriseId, wanted);
    const expiresAt = new Date(this.clock.now().getTime() + days * dayInMilliseconds);
    return this.tell(async () => {
      await this.mandates.require(by.subjectId, enterpriseId, 'contact');
      if ((await this.mandates.membersOf(enterpriseId)).length >= mostMembers) throw refusal('mandate.too_many');
      return this.naming.name({ enterpriseId, role: 'member', person, acts, expiresAt });
    });
  }

  private async tell(name: () => Promise<Named>): Promise<Mandate> {
    const { mandate, notice } = await this.db.transaction(name);
    if (notice) await this.messenger.send(notice);
    return mandate;
  }

  private async nameable(subjectId: string, { name, identifier }: NewPerson): Promise<Person> {
    (await this.subjectRepository.findOneByOrFail({ subjectId })).requireUnrestricted();
    const { type, value } = normaliseIdentifier(identifier);
    const person = { name, [type]: value };
    await this.naming.requireNameable(person, await this.identifiers.list(subjectId));
    return person;
  }
}
