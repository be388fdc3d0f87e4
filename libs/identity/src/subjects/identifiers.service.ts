import { Injectable } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { Database } from '@abide/platform';
import { IdentifierClaims, Vault, type IdentifierType, type Place } from '@abide/vault';
import { GuardianAccounts } from '../guardianships/guardian-accounts.service.js';
import type { Identifier } from './identifier.rules.js';
import { SubjectIdentifier } from './profile.entity.js';

/** An identifier in the open, for its subject or to reach them. */
export interface OpenedIdentifier extends Identifier {
  readonly confirmedAt: Date | null;
}

/** The phone numbers and e-mail addresses of subjects: one of each, exclusive once confirmed. */
@Injectable()
export class Identifiers {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly vault: Vault,
    private readonly claims: IdentifierClaims,
    private readonly guardians: GuardianAccounts,
  ) {}

  /** The subject that has confirmed this identifier, or null. */
  async findOwner({ type, value }: Identifier): Promise<string | null> {
    return this.claims.findOwner(type, value);
  }

  /** Makes the identifier the subject's own, in place of the one of its type before, and them the guardian of whoever named them by it. @throws DomainError `identifier.taken`. */
  async confirm(subjectId: string, identifier: Identifier): Promise<void> {
    await this.db.transaction(async () => {
      const before = await this.find(subjectId, identifier.type);
      await this.claims.confirm({ ...identifier, subjectId });
      if (before && before.value !== identifier.value) await this.claims.release(subjectId, before.type, before.value);
      await this.store(subjectId, identifier, this.clock.now());
      await this.guardians.match(subjectId, identifier);
    });
  }

  /** Notes an identifier that somebody else gave for the subject; it opens nothing until it is confirmed. */
  async note(subjectId: string, identifier: Identifier): Promise<void> {
    await this.store(subjectId, identifier, null);
  }

  async list(subjectId: string): Promise<OpenedIdentifier[]> {
    const rows = await this.db.manager.find(SubjectIdentifier, { where: { subjectId }, order: { type: 'ASC' } });
    const opened: OpenedIdentifier[] = [];
    for (const row of rows) opened.push(await this.open(row));
    return opened;
  }

  async find(subjectId: string, type: IdentifierType): Promise<OpenedIdentifier | null> {
    const row = await this.db.manager.findOneBy(SubjectIdentifier, { subjectId, type });
    return row ? this.open(row) : null;
  }

  /** Whether the identifier is, at this moment, one that the subject has confirmed. */
  async isConfirmedBy(subjectId: string, { type, value }: Identifier): Promise<boolean> {
    const held = await this.find(subjectId, type);
    return held !== null && held.confirmedAt !== null && held.value === value;
  }

  private async open({ subjectId, type, value, confirmedAt }: SubjectIdentifier): Promise<OpenedIdentifier> {
    return { type, value: await this.vault.open(placeOf(subjectId, type), value), confirmedAt };
  }

  private async store(subjectId: string, { type, value }: Identifier, confirmedAt: Date | null): Promise<void> {
    const sealed = await this.vault.seal(placeOf(subjectId, type), value);
    await this.db.manager.upsert(SubjectIdentifier, { subjectId, type, value: sealed, createdAt: this.clock.now(), confirmedAt }, ['subjectId', 'type']);
  }
}

function placeOf(subjectId: string, type: IdentifierType): Place {
  return { subjectId, table: 'identity.identifiers', column: 'value', rowId: type };
}
