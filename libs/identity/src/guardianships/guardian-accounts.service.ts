import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import { Database } from '@abide/platform';
import { IdentifierClaims, Vault } from '@abide/vault';
import { Repository } from 'typeorm';
import { formerForms, type Identifier } from '../subjects/identifier.rules.js';
import { Subject } from '../subjects/subject.entity.js';
import { GuardianAges } from './guardian-ages.service.js';

/** Finds the account of a guardian whom a minor named by phone number or e-mail address, whichever of the two comes first. */
@Injectable()
export class GuardianAccounts {
  constructor(
    @InjectRepository(Subject) private readonly subjectRepository: Repository<Subject>,
    private readonly db: Database,
    private readonly vault: Vault,
    private readonly claims: IdentifierClaims,
    private readonly audit: Audit,
    private readonly ages: GuardianAges,
  ) {}

  /** The keyed hash by which a guardian's identifier is compared. */
  async indexOf({ type, value }: Identifier): Promise<Buffer> {
    return this.vault.blindIndex('guardianship.guardian', `${type}|${value}`);
  }

  /**
   * The person that has confirmed this identifier, or null. Until the open transaction ends nobody else confirms it, so that an
   * account made at this moment and a guardianship confirmed at this moment do not miss each other.
   */
  async findOwner(identifier: Identifier): Promise<Subject | null> {
    await this.lock(await this.indexOf(identifier));
    const owner = await this.claims.findOwner(identifier.type, identifier.value, formerForms(identifier));
    return owner === null ? null : this.subjectRepository.findOneBy({ subjectId: owner, kind: 'person' });
  }

  /** Makes somebody, who has just confirmed this identifier and is not known to be a minor, known as the guardian who was named by it. Joins the open transaction. */
  async match(subjectId: string, identifier: Identifier): Promise<void> {
    const indexes: Buffer[] = [];
    for (const value of [identifier.value, ...formerForms(identifier)])
      indexes.push(await this.indexOf({ ...identifier, value }));
    for (const index of indexes) await this.lock(index);
    const subject = await this.subjectRepository.findOneBy({ subjectId, kind: 'person' });
    if (!subject || subject.isMinor) return;
    const matched = await this.db.query<{ ward: string; id: string }>(
      `UPDATE identity.guardianships SET guardian_id = $1
       WHERE guardian_index = ANY($2) AND guardian_id IS NULL AND state <> 'ended' AND subject_id <> $1 RETURNING subject_id AS ward, id`,
      [subjectId, indexes],
    );
    for (const { ward, id } of matched) {
      await this.audit.record({
        act: 'guardianship.accountFound',
        object: { type: 'guardianship', id },
        subjectId: ward,
        actor: { kind: 'subject', id: subjectId },
      });
    }
    if (subject.minorStatus === 'adult') await this.ages.accountIsOfAge(subjectId);
  }

  private async lock(index: Buffer): Promise<void> {
    await this.db.query('SELECT pg_advisory_xact_lock($1)', [index.readBigInt64BE(0).toString()]);
  }
}
