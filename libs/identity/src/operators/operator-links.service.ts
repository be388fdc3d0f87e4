import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import { Clock, DomainError, type Locale } from '@abide/kernel';
import { Config, Database, Delivery, type Message } from '@abide/platform';
import { Repository } from 'typeorm';
import { hashToken, newToken } from '../credentials/tokens.js';
import { Messenger } from '../verifications/messenger.js';
import { Factors } from './factors.service.js';
import { accessChangedText, linkText, type AccessChange } from './operator-messages.js';
import { Operator } from './operator.entity.js';
import { Operators } from './operators.service.js';
import { SecondPerson } from './second-person.js';

export const linkLastsHours = 24;

/**
 * One-time links by which operators choose their own passwords, so that nobody sets or knows a colleague's. An operator has
 * one at most, good for 24 hours and once; only its hash is kept.
 */
@Injectable()
export class OperatorLinks {
  constructor(
    @InjectRepository(Operator) private readonly operatorRepository: Repository<Operator>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly audit: Audit,
    private readonly delivery: Delivery,
    private readonly messenger: Messenger,
    private readonly operators: Operators,
    private readonly factors: Factors,
    private readonly secondPerson: SecondPerson,
  ) {}

  /**
   * Sends an operator a link to their own address: an invitation where they have no password yet, else a reset. An earlier
   * link ends. @throws DomainError `operator.not_found`, `operator.inactive`, `delivery.not_configured`.
   */
  async send(id: string): Promise<void> {
    await this.deliver(await this.db.transaction(() => this.prepare(id)));
  }

  /** The message that `send` sends, in the open transaction; it leaves by `deliver`, after it. @throws DomainError as `send`. */
  async prepare(id: string): Promise<Message> {
    if (!this.delivery.isConfigured('email'))
      throw new DomainError('conflict', 'delivery.not_configured', { extra: { channel: 'email' } });
    const { operator, link } = await this.make(id);
    return {
      channel: 'email',
      to: operator.email,
      ...linkText(operator.isInvited ? 'invitation' : 'reset', link, localeOf(operator)),
    };
  }

  async deliver(message: Message | null): Promise<void> {
    if (message) await this.messenger.send(message);
  }

  /** Makes a link without sending it, for whoever works on the server itself. */
  async print(id: string): Promise<string> {
    return this.db.transaction(async () => (await this.make(id)).link);
  }

  /** Whose link this is. @throws DomainError `operator.link_unusable` when it is unknown, used, replaced or too old. */
  async holderOf(token: string): Promise<Operator & { linkExpiresAt: Date }> {
    const operator = await this.operatorRepository.findOneBy({ linkHash: hashToken(token), isActive: true });
    if (!operator?.linkExpiresAt || operator.linkExpiresAt <= this.clock.now()) {
      throw new DomainError('notFound', 'operator.link_unusable', {
        detail: 'This link has been used, replaced or is older than 24 hours. Ask an administrator for another.',
      });
    }
    return Object.assign(operator, { linkExpiresAt: operator.linkExpiresAt });
  }

  /** Sets the password of whoever holds the link, which is used up; every session ends, and they are told. @throws DomainError as `holderOf`, or one of the password rules. */
  async use(token: string, password: string): Promise<void> {
    const passwordHash = await this.operators.acceptedHash(await this.holderOf(token), password);
    const operator = await this.db.transaction(async () => {
      await this.secondPerson.lockOperators();
      const holder = await this.holderOf(token);
      return this.operators.change(
        holder.id,
        { passwordHash },
        { evidence: { by: holder.isInvited ? 'invitation' : 'reset' } },
      );
    });
    await this.tell(operator, 'passwordChanged');
  }

  /**
   * Lets in an operator whom nobody in the console can help: active again, without second factor, with a new link. For the
   * command on the server alone, and the trail says so.
   * @throws DomainError `operator.not_found`.
   */
  async recover(email: string): Promise<{ operator: Operator; link: string }> {
    const recovered = await this.db.transaction(async () => {
      await this.secondPerson.lockOperators();
      const found = await this.operators.findByEmail(email);
      if (!found) throw new DomainError('notFound', 'operator.not_found');
      const evidence = { onServer: true, singleHanded: true };
      const operator = await this.operators.change(found.id, { isActive: true }, { evidence });
      await this.factors.clear(operator.id, evidence);
      await this.audit.record({
        act: 'operator.recovered',
        object: { type: 'operator', id: operator.id },
        details: { ...evidence, roles: operator.roles.join(' ') },
      });
      return this.make(operator.id);
    });
    await this.tell(recovered.operator, 'recovered');
    return recovered;
  }

  /** Tells an operator what became of their access, where mail goes out. */
  async tell(operator: Operator, change: AccessChange): Promise<void> {
    if (!this.delivery.isConfigured('email')) return;
    await this.messenger.send({
      channel: 'email',
      to: operator.email,
      ...accessChangedText(change, localeOf(operator)),
    });
  }

  private async make(id: string): Promise<{ operator: Operator; link: string }> {
    await this.secondPerson.lockOperators();
    const operator = await this.operators.get(id);
    if (!operator.isActive)
      throw new DomainError('conflict', 'operator.inactive', {
        detail: 'The operator may not sign in. Let them in again first.',
      });
    const token = newToken();
    const expiresAt = new Date(this.clock.now().getTime() + linkLastsHours * 3_600_000);
    await this.db.execute('UPDATE identity.operators SET link_hash = $2, link_expires_at = $3 WHERE id = $1', [
      id,
      hashToken(token),
      expiresAt,
    ]);
    await this.audit.record({
      act: operator.isInvited ? 'operator.invited' : 'operator.resetSent',
      object: { type: 'operator', id },
      details: { expiresAt: expiresAt.toISOString() },
    });
    return { operator, link: `${this.config.publicUrl}/console/password#${token}` };
  }
}

/** The language in which an operator is written to. */
export function localeOf({ locale }: Operator): Locale {
  return locale === 'en' ? 'en' : 'zh-CN';
}
