import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import { Clock, DomainError, newId, type Locale } from '@abide/kernel';
import { Database, requireMatch, type Position } from '@abide/platform';
import { In, Repository } from 'typeorm';
import { Attempts } from '../credentials/attempts.js';
import { hashPassword } from '../credentials/password-hash.js';
import { minimumLength, requireAcceptablePassword } from '../credentials/password.rules.js';
import { OperatorSessions } from './operator-sessions.service.js';
import { Operator } from './operator.entity.js';
import type { Permission, Role } from './roles.js';
import { SecondPerson } from './second-person.js';

export interface NewOperator {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly roles: readonly Role[];
  readonly locale?: Locale;
}

/** An operator as they are to be added; without a password they choose one by a one-time link. */
export interface AcceptedOperator extends Omit<NewOperator, 'password'> {
  readonly id?: string;
  readonly passwordHash?: string;
}

/** What is to change; what is absent stays. */
export interface OperatorFields {
  readonly name?: string;
  readonly roles?: readonly Role[];
  readonly isActive?: boolean;
  /** Shuts out at once what a second person has yet to confirm; the one who does so. */
  readonly suspendedBy?: string;
  readonly passwordHash?: string;
}

/** The two administrators behind a grant. */
export interface Confirmation {
  readonly proposedBy: string;
  readonly confirmedBy: string;
}

export type GrantEvidence = Readonly<Record<string, string | boolean>>;

/** The people of the console: who they are, what roles they hold, whether they may still come in. */
@Injectable()
export class Operators {
  constructor(
    @InjectRepository(Operator) private readonly operatorRepository: Repository<Operator>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly attempts: Attempts,
    private readonly sessions: OperatorSessions,
    private readonly secondPerson: SecondPerson,
  ) {}

  async hasAny(): Promise<boolean> {
    return (await this.db.query('SELECT 1 FROM identity.operators LIMIT 1')).length > 0;
  }

  /**
   * Adds an operator and records the grant. `minimumPasswordLength` is lowered only for the first operator of a
   * development machine.
   * @throws DomainError `operator.email_taken`, or one of the password rules.
   */
  async create(
    wanted: NewOperator,
    { minimumPasswordLength = minimumLength.operator }: { minimumPasswordLength?: number } = {},
  ): Promise<Operator> {
    const { password, ...operator } = wanted;
    requireAcceptablePassword(password, {
      by: 'operator',
      minimum: minimumPasswordLength,
      context: [operator.email, operator.name],
    });
    return this.add({ ...operator, passwordHash: await hashPassword(password) });
  }

  /** Adds an operator, with the evidence of who stands behind it. @throws DomainError `operator.email_taken`. */
  async add(wanted: AcceptedOperator, evidence: GrantEvidence = grantEvidence(null)): Promise<Operator> {
    return this.db.transaction(async () => {
      const operator = this.operatorRepository.create({
        id: wanted.id ?? newId(),
        email: canonicalEmail(wanted.email),
        name: wanted.name,
        locale: wanted.locale ?? 'zh-CN',
        passwordHash: wanted.passwordHash ?? null,
        linkHash: null,
        linkExpiresAt: null,
        roles: unique(wanted.roles),
        hasBeenAdministrator: wanted.roles.includes('administrator'),
        isActive: true,
        suspendedBy: null,
        totpSecret: null,
        totpCandidate: null,
        createdAt: this.clock.now(),
        accessVersion: 1,
      });
      await this.insert(operator);
      await this.audit.record({
        act: 'operator.created',
        object: objectOf(operator),
        details: { roles: operator.roles.join(' '), ...evidence },
      });
      return operator;
    });
  }

  async findByEmail(email: string): Promise<Operator | null> {
    return this.operatorRepository.findOneBy({ email: canonicalEmail(email) });
  }

  /** @throws DomainError `operator.not_found`. */
  async get(id: string): Promise<Operator> {
    const operator = await this.operatorRepository.findOneBy({ id });
    if (!operator) throw new DomainError('notFound', 'operator.not_found');
    return operator;
  }

  /** Operators by id; unknown ids are left out. */
  async getAll(ids: readonly string[]): Promise<Map<string, Operator>> {
    const found = await this.operatorRepository.findBy({ id: In([...new Set(ids)]) });
    return new Map(found.map((operator) => [operator.id, operator]));
  }

  /** Operators after `position`, oldest first, one more than `limit` to tell whether there are more. */
  async list(limit: number, position: Position | null): Promise<Operator[]> {
    const query = this.operatorRepository
      .createQueryBuilder('operator')
      .orderBy('operator.createdAt')
      .addOrderBy('operator.id')
      .limit(limit + 1);
    if (position) query.where('(operator.createdAt, operator.id) > (:at, :id)', position);
    return query.getMany();
  }

  /** Who may do something and may sign in. */
  async holding(permission: Permission): Promise<Operator[]> {
    const active = await this.operatorRepository.findBy({ isActive: true });
    return active.filter(({ permissions }) => permissions.includes(permission));
  }

  async nameOf(id: string): Promise<string | null> {
    return (await this.namesOf([id])).get(id) ?? null;
  }

  /** Names by id; unknown ids are left out. */
  async namesOf(ids: readonly string[]): Promise<Map<string, string>> {
    const found = await this.operatorRepository.find({
      select: { id: true, name: true },
      where: { id: In([...ids]) },
    });
    return new Map(found.map(({ id, name }) => [id, name]));
  }

  /**
   * Changes what is given and leaves the rest. New roles, a new password and deactivation end the operator's sessions.
   * @throws DomainError `operator.stale_edit` (412), `operator.last_administrator`.
   */
  async change(
    id: string,
    fields: OperatorFields,
    { etag, evidence = {} }: { etag?: string | undefined; evidence?: GrantEvidence } = {},
  ): Promise<Operator> {
    return this.db.transaction(async () => {
      const operator = await this.lock(id);
      requireMatch(etag, etagOf(operator), 'operator.stale_edit');
      const wasAdministrator = operator.isAdministrator;
      if (fields.name !== undefined) operator.name = fields.name;
      if (fields.passwordHash !== undefined) await this.replacePassword(operator, fields.passwordHash, evidence);
      if (fields.roles) await this.replaceRoles(operator, fields.roles, evidence);
      if (fields.isActive === true) await this.activate(operator, evidence);
      if (fields.isActive === false) await this.deactivate(operator, evidence);
      if (fields.suspendedBy !== undefined) await this.suspend(operator, fields.suspendedBy);
      if (changesAccess(fields)) operator.accessVersion += 1;
      await this.operatorRepository.save(operator);
      if (wasAdministrator && !(await this.hasAdministrator()))
        throw new DomainError('conflict', 'operator.last_administrator', {
          detail: 'There must be one administrator left.',
        });
      return operator;
    });
  }

  /** An operator's own new password; `sessions` all end. The caller has checked the old one. */
  async changeOwnPassword(id: string, password: string): Promise<void> {
    const passwordHash = await this.acceptedHash(await this.get(id), password);
    await this.db.transaction(async () => {
      const operator = await this.lock(id);
      await this.replacePassword(operator, passwordHash, {});
      await this.operatorRepository.save(operator);
    });
  }

  /** Ends every session of an operator, who may sign in again. @throws DomainError `operator.not_found`. */
  async endSessions(id: string): Promise<void> {
    await this.db.transaction(async () => {
      const operator = await this.lock(id);
      await this.sessions.endAllOf(operator.id, 'revoked');
    });
  }

  /** The hash to keep of a new password. @throws DomainError one of the password rules. */
  async acceptedHash({ email, name }: Pick<Operator, 'email' | 'name'>, password: string): Promise<string> {
    requireAcceptablePassword(password, { by: 'operator', context: [email, name] });
    return hashPassword(password);
  }

  /** @throws DomainError `operator.email_taken`. */
  async requireFreeEmail(email: string): Promise<void> {
    if (await this.findByEmail(email)) throw emailTaken();
  }

  /** Stores the same password hashed with today's strength. */
  async rehash(id: string, password: string): Promise<void> {
    const passwordHash = await hashPassword(password);
    await this.db.execute('UPDATE identity.operators SET password_hash = $2 WHERE id = $1', [id, passwordHash]);
  }

  /** Without a violation, of which a log of the database would keep the address. */
  private async insert(operator: Operator): Promise<void> {
    const { raw } = await this.operatorRepository
      .createQueryBuilder()
      .insert()
      .values(operator)
      .orIgnore()
      .returning('id')
      .execute();
    if ((raw as unknown[]).length === 0) throw emailTaken();
  }

  private async lock(id: string): Promise<Operator> {
    await this.secondPerson.lockOperators();
    return this.get(id);
  }

  private async hasAdministrator(): Promise<boolean> {
    const found = await this.db.query(
      "SELECT 1 FROM identity.operators WHERE is_active AND password_hash IS NOT NULL AND 'administrator' = ANY (roles) LIMIT 1",
    );
    return found.length > 0;
  }

  private async replacePassword(operator: Operator, passwordHash: string, evidence: GrantEvidence): Promise<void> {
    operator.passwordHash = passwordHash;
    endLink(operator);
    await this.attempts.forgive(attemptName(operator.email));
    await this.sessions.endAllOf(operator.id, 'passwordChanged');
    await this.audit.record({ act: 'operator.passwordChanged', object: objectOf(operator), details: evidence });
  }

  private async replaceRoles(operator: Operator, roles: readonly Role[], evidence: GrantEvidence): Promise<void> {
    const before = operator.roles.join(' ');
    operator.roles = unique(roles);
    operator.hasBeenAdministrator ||= roles.includes('administrator');
    await this.sessions.endAllOf(operator.id, 'rolesChanged');
    await this.audit.record({
      act: 'operator.rolesChanged',
      object: objectOf(operator),
      details: { before, roles: operator.roles.join(' '), ...evidence },
    });
  }

  private async activate(operator: Operator, evidence: GrantEvidence): Promise<void> {
    operator.isActive = true;
    operator.suspendedBy = null;
    await this.attempts.forgive(attemptName(operator.email));
    await this.audit.record({ act: 'operator.activated', object: objectOf(operator), details: evidence });
  }

  private async deactivate(operator: Operator, evidence: GrantEvidence): Promise<void> {
    operator.isActive = false;
    endLink(operator);
    operator.suspendedBy = null;
    await this.sessions.endAllOf(operator.id, 'deactivated');
    await this.audit.record({ act: 'operator.deactivated', object: objectOf(operator), details: evidence });
  }

  private async suspend(operator: Operator, by: string): Promise<void> {
    operator.isActive = false;
    endLink(operator);
    operator.suspendedBy = by;
    await this.sessions.endAllOf(operator.id, 'deactivated');
    await this.audit.record({ act: 'operator.suspended', object: objectOf(operator), details: { singleHanded: true } });
  }
}

function changesAccess({ roles, isActive, suspendedBy }: OperatorFields): boolean {
  return roles !== undefined || isActive !== undefined || suspendedBy !== undefined;
}

function endLink(operator: Operator): void {
  operator.linkHash = null;
  operator.linkExpiresAt = null;
}

/** What the evidence of a grant says of who stands behind it. */
export function grantEvidence(confirmation: Confirmation | null): GrantEvidence {
  return confirmation === null ? { singleHanded: true } : { singleHanded: false, ...confirmation };
}

/** The name under which failed sign-ins of an operator are counted. */
export function attemptName(email: string): string {
  return `operator|${canonicalEmail(email)}`;
}

export function etagOf({ id, version }: Operator): string {
  return `${id}.${version}`;
}

function emailTaken(): DomainError {
  return new DomainError('conflict', 'operator.email_taken', {
    detail: 'There is an operator with this e-mail address.',
  });
}

function canonicalEmail(email: string): string {
  return email.trim().toLowerCase();
}

function unique(held: readonly Role[]): Role[] {
  return [...new Set(held)];
}

function objectOf({ id }: Operator): { type: string; id: string } {
  return { type: 'operator', id };
}
