import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Clock } from '@abide/kernel';
import { Database } from '@abide/platform';
import { IdentifierClaims, type IdentifierType } from '@abide/vault';
import { Repository } from 'typeorm';
import { GuardianAccounts } from '../guardianships/guardian-accounts.service.js';
import { IdentifierRecords, type OpenedIdentifier } from '../subjects/identifier-records.js';
import { formerForms, type Identifier } from '../subjects/identifier.rules.js';
import { SubjectIdentifier } from '../subjects/profile.entity.js';

/** The phone numbers and e-mail addresses of subjects: one of each, exclusive once confirmed. */
@Injectable()
export class Identifiers {
  constructor(
    @InjectRepository(SubjectIdentifier) private readonly subjectIdentifierRepository: Repository<SubjectIdentifier>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly records: IdentifierRecords,
    private readonly claims: IdentifierClaims,
    private readonly guardians: GuardianAccounts,
  ) {}

  /** The subject that has confirmed this identifier, in whichever form it is kept, or null. */
  async findOwner(identifier: Identifier): Promise<string | null> {
    return this.claims.findOwner(identifier.type, identifier.value, formerForms(identifier));
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

  /** The same identifier in its normal form; whoever had confirmed it has. Joins the open transaction. @throws DomainError `identifier.taken`. */
  async rewrite(
    subjectId: string,
    normal: Identifier,
    { former, isConfirmed }: { former: string; isConfirmed: boolean },
  ): Promise<void> {
    if (isConfirmed) await this.claims.confirm({ ...normal, subjectId });
    await this.claims.release(subjectId, normal.type, former);
    const value = await this.records.seal(subjectId, normal);
    await this.subjectIdentifierRepository.update({ subjectId, type: normal.type }, { value });
    if (isConfirmed) await this.guardians.match(subjectId, normal);
  }

  async list(subjectId: string): Promise<OpenedIdentifier[]> {
    return this.records.list(subjectId);
  }

  /** Like `list`; of a subject whose keys are destroyed, nothing. */
  async listWhileKeysLive(subjectId: string): Promise<OpenedIdentifier[]> {
    return this.records.listWhileKeysLive(subjectId);
  }

  async find(subjectId: string, type: IdentifierType): Promise<OpenedIdentifier | null> {
    return this.records.find(subjectId, type);
  }

  /** Whether the identifier is, at this moment, one that the subject has confirmed. */
  async isConfirmedBy(subjectId: string, { type, value }: Identifier): Promise<boolean> {
    const held = await this.find(subjectId, type);
    return held !== null && held.confirmedAt !== null && [value, ...formerForms({ type, value })].includes(held.value);
  }

  private async store(subjectId: string, { type, value }: Identifier, confirmedAt: Date | null): Promise<void> {
    const sealed = await this.records.seal(subjectId, { type, value });
    await this.subjectIdentifierRepository.upsert(
      { subjectId, type, value: sealed, createdAt: this.clock.now(), confirmedAt, isNormal: true },
      ['subjectId', 'type'],
    );
    await this.db.execute(
      'DELETE FROM identity.shared_identifiers WHERE type = $2 AND (subject_id = $1 OR other_id = $1)',
      [subjectId, type],
    );
  }
}
