import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import { Clock } from '@abide/kernel';
import { Database } from '@abide/platform';
import { IsNull, Repository } from 'typeorm';
import { maskName } from '../subjects/mask.rules.js';
import { Profiles } from '../subjects/profiles.service.js';
import { Subject } from '../subjects/subject.entity.js';
import { Mandate } from './mandate.entity.js';
import { refusal, type MandateEndReason, type MemberAct } from './mandate.rules.js';

/** A mandate with what is shown of whom it is about. */
export interface ShownMandate {
  readonly mandate: Mandate;
  /** In the open; empty where it gave none, or what is held of it is stored only. */
  readonly enterpriseName: string;
  readonly maskedEnterpriseName: string;
  /** Masked. */
  readonly personName: string;
}

/** Which one ends; with a role, none of another. */
type EndedMandate = Pick<Mandate, 'subjectId' | 'id'> & Partial<Pick<Mandate, 'role'>>;

const mostShown = 100;

/** Who may act for which enterprise, for other modules. What somebody may do follows from the mandate at that moment, never from a session. */
@Injectable()
export class Mandates {
  constructor(
    @InjectRepository(Mandate) private readonly mandateRepository: Repository<Mandate>,
    @InjectRepository(Subject) private readonly subjectRepository: Repository<Subject>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly profiles: Profiles,
  ) {}

  /**
   * That `personId` may do `act` for the enterprise at this moment; `contact` is what its contact person alone does. Inside a transaction it stays true until its end.
   * @throws DomainError `mandate.not_found` to whoever does not act for it at all, `mandate.contact_only`, `mandate.beyond_acts`
   */
  async require(personId: string, enterpriseId: string, act: MemberAct | 'contact'): Promise<Mandate> {
    const held = await this.acting(personId, enterpriseId);
    if (held.length === 0) throw refusal('mandate.not_found');
    const fitting = held.find((mandate) => (act === 'contact' ? mandate.role === 'contact' : mandate.lets(act)));
    if (!fitting) throw refusal(act === 'contact' ? 'mandate.contact_only' : 'mandate.beyond_acts');
    return fitting;
  }

  /** What `personId` may do for the enterprise at this moment. @throws DomainError `mandate.not_found` to whoever does not act for it at all */
  async requireAny(personId: string, enterpriseId: string): Promise<Mandate> {
    const [mandate] = await this.acting(personId, enterpriseId);
    if (!mandate) throw refusal('mandate.not_found');
    return mandate;
  }

  /** What somebody may do for the enterprise at this moment; nothing where they act for it not at all. */
  async actsOf(personId: string, enterpriseId: string): Promise<readonly MemberAct[] | 'everything'> {
    const held = await this.acting(personId, enterpriseId);
    return held[0]?.role === 'contact' ? 'everything' : held.flatMap(({ acts }) => acts);
  }

  /** The enterprises that a person acts for now, as its people see them. */
  async ofPerson(personId: string): Promise<ShownMandate[]> {
    return this.shown(await this.find({ personId, endedAt: IsNull() }, ['acting']));
  }

  /** The members of an enterprise, acting or not yet. */
  async membersOf(subjectId: string): Promise<ShownMandate[]> {
    return this.shown(await this.find({ subjectId, role: 'member', endedAt: IsNull() }, ['acting', 'named']));
  }

  /** Every mandate of an enterprise or of a person, the newest first, as operators see them. */
  async allOf(subjectId: string): Promise<ShownMandate[]> {
    const rows = await this.mandateRepository.find({
      where: [{ subjectId }, { personId: subjectId }],
      order: { namedAt: 'DESC', id: 'DESC' },
      take: mostShown,
    });
    return this.shown(rows);
  }

  /** The contact person of an enterprise, who has perhaps not confirmed it yet. */
  async contactOf(subjectId: string): Promise<Mandate | null> {
    return this.mandateRepository.findOneBy({ subjectId, role: 'contact', endedAt: IsNull() });
  }

  async show(mandate: Mandate): Promise<ShownMandate> {
    const enterprise = await this.subjectRepository.findOneBy({ subjectId: mandate.subjectId });
    const person = await this.subjectRepository.findOneBy({ subjectId: mandate.personId });
    const enterpriseName = await this.nameOf(enterprise);
    return {
      mandate,
      enterpriseName,
      maskedEnterpriseName: masked(enterpriseName),
      personName: masked(await this.nameOf(person)),
    };
  }

  /** Ends one of these. @throws DomainError `mandate.not_found` */
  async end({ subjectId, id, role }: EndedMandate, reason: MandateEndReason, why?: string): Promise<void> {
    await this.db.transaction(async () => {
      const mandate = await this.mandateRepository.findOneBy({ subjectId, id, endedAt: IsNull() });
      if (!mandate || (role && mandate.role !== role)) throw refusal('mandate.not_found');
      if (mandate.role === 'contact') return this.endAll(subjectId, reason, why);
      await this.endThese([mandate], reason, why);
    });
  }

  /** The contact person's, and with it those of the members, whom only a contact person lets act. Joins the open transaction. */
  async endAll(subjectId: string, reason: MandateEndReason, why?: string): Promise<void> {
    await this.endThese(await this.mandateRepository.findBy({ subjectId, endedAt: IsNull() }), reason, why);
  }

  /** Of somebody who is erased: with a contact person the members act no more either. Joins the open transaction. */
  async endAllOfPerson(personId: string): Promise<void> {
    const speaksFor = await this.mandateRepository.findBy({ personId, role: 'contact', endedAt: IsNull() });
    for (const { subjectId } of speaksFor) await this.endAll(subjectId, 'left');
    await this.endThese(await this.mandateRepository.findBy({ personId, endedAt: IsNull() }), 'left');
  }

  /** Joins the open transaction. */
  async record(act: 'mandate.named' | 'mandate.ended', mandate: Mandate, more: object = {}): Promise<void> {
    const { subjectId, id, role, acts } = mandate;
    await this.audit.record({
      act,
      object: { type: 'mandate', id },
      subjectId,
      ...more,
      details: { role, acts: acts.join(' ') },
    });
  }

  private async endThese(held: readonly Mandate[], endReason: MandateEndReason, why?: string): Promise<void> {
    for (const mandate of held) {
      const { subjectId, id } = mandate;
      await this.mandateRepository.update({ subjectId, id }, { endedAt: this.clock.now(), endReason });
      await this.record('mandate.ended', mandate, why === undefined ? {} : { reason: why });
    }
  }

  /** The contact person's first. */
  private async acting(personId: string, subjectId: string): Promise<Mandate[]> {
    const held = await this.db.transaction(() =>
      this.mandateRepository.find({
        where: { subjectId, personId, endedAt: IsNull() },
        order: { role: 'ASC', namedAt: 'ASC' },
        lock: { mode: 'pessimistic_read' },
      }),
    );
    const isThere = await this.subjectRepository.existsBy({ subjectId, kind: 'enterprise', status: 'active' });
    const now = this.clock.now();
    return isThere ? held.filter((mandate) => mandate.stateAt(now) === 'acting') : [];
  }

  private async find(
    where: Parameters<Repository<Mandate>['findBy']>[0],
    states: readonly ReturnType<Mandate['stateAt']>[],
  ): Promise<Mandate[]> {
    const now = this.clock.now();
    const rows = await this.mandateRepository.find({ where, order: { namedAt: 'ASC', id: 'ASC' }, take: mostShown });
    return rows.filter((mandate) => states.includes(mandate.stateAt(now)));
  }

  private async shown(mandates: readonly Mandate[]): Promise<ShownMandate[]> {
    const shown: ShownMandate[] = [];
    for (const mandate of mandates) shown.push(await this.show(mandate));
    return shown;
  }

  private async nameOf(subject: Subject | null): Promise<string> {
    if (!subject || subject.isRestricted) return '';
    return (await this.profiles.readWhileKeysLive(subject.subjectId, ['name'])).name ?? '';
  }
}

function masked(name: string): string {
  return name === '' ? '' : maskName(name);
}
