import { Injectable } from '@nestjs/common';
import { Audit } from '@abide/audit';
import { Clock, DomainError, newId, type Locale } from '@abide/kernel';
import { Database, requireMatch, type Position } from '@abide/platform';
import { In } from 'typeorm';
import { Attempts } from '../credentials/attempts.js';
import { hashPassword } from '../credentials/password-hash.js';
import { minimumLength, requireAcceptablePassword } from '../credentials/password.rules.js';
import { isUniqueViolation } from '../database-errors.js';
import { OperatorSessions } from './operator-sessions.service.js';
import { Operator } from './operator.entity.js';
import type { Role } from './roles.js';

export interface NewOperator {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly roles: readonly Role[];
  readonly locale?: Locale;
}

export interface OperatorChanges {
  readonly name?: string;
  readonly roles?: readonly Role[];
  readonly isActive?: boolean;
  readonly password?: string;
}

/** The people of the console: who they are, what roles they hold, whether they may still come in. */
@Injectable()
export class Operators {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly attempts: Attempts,
    private readonly sessions: OperatorSessions,
  ) {}

  async hasAny(): Promise<boolean> {
    return (await this.db.query('SELECT 1 FROM identity.operators LIMIT 1')).length > 0;
  }

  /**
   * Adds an operator and records the grant. `minimumPasswordLength` is lowered only for the first operator of a
   * development machine.
   * @throws DomainError `operator.email_taken`, or one of the password rules.
   */
  async create(wanted: NewOperator, { minimumPasswordLength = minimumLength.operator }: { minimumPasswordLength?: number } = {}): Promise<Operator> {
    requireAcceptablePassword(wanted.password, { minimum: minimumPasswordLength });
    const passwordHash = await hashPassword(wanted.password);
    return this.db.transaction(async () => {
      const operator = this.db.manager.create(Operator, {
        id: newId(), email: canonicalEmail(wanted.email), name: wanted.name, locale: wanted.locale ?? 'zh-CN', passwordHash,
        roles: unique(wanted.roles), isActive: true, totpSecret: null, totpCandidate: null, createdAt: this.clock.now(),
      });
      await this.insert(operator);
      await this.audit.record({ act: 'operator.created', object: objectOf(operator), details: await this.grantDetails(operator.roles) });
      return operator;
    });
  }

  async findByEmail(email: string): Promise<Operator | null> {
    return this.db.manager.findOneBy(Operator, { email: canonicalEmail(email) });
  }

  /** @throws DomainError `operator.not_found`. */
  async get(id: string): Promise<Operator> {
    const operator = await this.db.manager.findOneBy(Operator, { id });
    if (!operator) throw new DomainError('notFound', 'operator.not_found');
    return operator;
  }

  /** Operators after `position`, oldest first, one more than `limit` to tell whether there are more. */
  async list(limit: number, position: Position | null): Promise<Operator[]> {
    const query = this.db.manager.createQueryBuilder(Operator, 'operator').orderBy('operator.createdAt').addOrderBy('operator.id').limit(limit + 1);
    if (position) query.where('(operator.createdAt, operator.id) > (:at, :id)', position);
    return query.getMany();
  }

  async nameOf(id: string): Promise<string | null> {
    return (await this.namesOf([id])).get(id) ?? null;
  }

  /** Names by id; unknown ids are left out. */
  async namesOf(ids: readonly string[]): Promise<Map<string, string>> {
    const found = await this.db.manager.find(Operator, { select: { id: true, name: true }, where: { id: In([...ids]) } });
    return new Map(found.map(({ id, name }) => [id, name]));
  }

  /**
   * Changes what is given and leaves the rest. New roles, a new password and deactivation end the operator's sessions.
   * @throws DomainError `operator.own_roles`, `operator.stale_edit` (412), `operator.last_administrator`.
   */
  async change(id: string, changes: OperatorChanges, { by, etag }: { by: string; etag: string | undefined }): Promise<Operator> {
    if (by === id && (changes.roles || changes.isActive === false)) throw new DomainError('forbidden', 'operator.own_roles', { detail: 'Nobody changes their own roles. Ask another administrator.' });
    const passwordHash = changes.password === undefined ? undefined : await this.acceptedHash(changes.password);
    return this.db.transaction(async () => {
      const operator = await this.lock(id);
      requireMatch(etag, etagOf(operator), 'operator.stale_edit');
      const wasAdministrator = isActiveAdministrator(operator);
      if (changes.name !== undefined) operator.name = changes.name;
      if (passwordHash !== undefined) await this.replacePassword(operator, passwordHash);
      if (changes.roles) await this.replaceRoles(operator, changes.roles);
      if (changes.isActive !== undefined) await this.setActive(operator, changes.isActive);
      await this.db.manager.save(operator);
      if (wasAdministrator && (await this.countAdministrators()) === 0) throw new DomainError('conflict', 'operator.last_administrator', { detail: 'There must be one administrator left.' });
      return operator;
    });
  }

  /** An operator's own new password; `sessions` all end. The caller has checked the old one. */
  async changeOwnPassword(id: string, password: string): Promise<void> {
    const passwordHash = await this.acceptedHash(password);
    await this.db.transaction(async () => {
      const operator = await this.lock(id);
      await this.replacePassword(operator, passwordHash);
      await this.db.manager.save(operator);
    });
  }

  /** Stores the same password hashed with today's strength. */
  async rehash(id: string, password: string): Promise<void> {
    const passwordHash = await hashPassword(password);
    await this.db.execute('UPDATE identity.operators SET password_hash = $2 WHERE id = $1', [id, passwordHash]);
  }

  private async insert(operator: Operator): Promise<void> {
    try {
      await this.db.manager.insert(Operator, operator);
    } catch (error) {
      if (isUniqueViolation(error)) throw new DomainError('conflict', 'operator.email_taken', { detail: 'There is an operator with this e-mail address.' });
      throw error;
    }
  }

  private async lock(id: string): Promise<Operator> {
    await this.db.query("SELECT pg_advisory_xact_lock(hashtext('identity.operators'))");
    return this.get(id);
  }

  private async acceptedHash(password: string): Promise<string> {
    requireAcceptablePassword(password, { minimum: minimumLength.operator });
    return hashPassword(password);
  }

  private async replacePassword(operator: Operator, passwordHash: string): Promise<void> {
    operator.passwordHash = passwordHash;
    await this.attempts.forgive(attemptName(operator.email));
    await this.sessions.endAllOf(operator.id, 'passwordChanged');
    await this.audit.record({ act: 'operator.passwordChanged', object: objectOf(operator) });
  }

  private async replaceRoles(operator: Operator, roles: readonly Role[]): Promise<void> {
    const before = operator.roles.join(' ');
    operator.roles = unique(roles);
    await this.sessions.endAllOf(operator.id, 'rolesChanged');
    await this.audit.record({ act: 'operator.rolesChanged', object: objectOf(operator), details: { before, ...(await this.grantDetails(operator.roles)) } });
  }

  private async setActive(operator: Operator, isActive: boolean): Promise<void> {
    operator.isActive = isActive;
    if (isActive) await this.attempts.forgive(attemptName(operator.email));
    else await this.sessions.endAllOf(operator.id, 'deactivated');
    await this.audit.record({ act: isActive ? 'operator.activated' : 'operator.deactivated', object: objectOf(operator) });
  }

  /** While there is only one administrator nobody can confirm a grant, and the audit entry says so. */
  private async grantDetails(roles: readonly Role[]): Promise<{ roles: string; singleHanded: boolean }> {
    return { roles: roles.join(' '), singleHanded: (await this.countAdministrators()) < 2 };
  }

  private async countAdministrators(): Promise<number> {
    const rows = await this.db.query("SELECT 1 FROM identity.operators WHERE is_active AND 'administrator' = ANY (roles) LIMIT 2");
    return rows.length;
  }
}

/** The name under which failed sign-ins of an operator are counted. */
export function attemptName(email: string): string {
  return `operator|${canonicalEmail(email)}`;
}

export function etagOf({ id, version }: Operator): string {
  return `${id}.${version}`;
}

function canonicalEmail(email: string): string {
  return email.trim().toLowerCase();
}

function isActiveAdministrator({ isActive, roles }: Operator): boolean {
  return isActive && roles.includes('administrator');
}

function unique(held: readonly Role[]): Role[] {
  return [...new Set(held)];
}

function objectOf({ id }: Operator): { type: string; id: string } {
  return { type: 'operator', id };
}
