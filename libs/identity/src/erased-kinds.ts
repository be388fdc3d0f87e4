import { Injectable } from '@nestjs/common';
import {
  answerOf,
  Database,
  deleteCounted,
  type AffectedCount,
  type HolderAnswer,
  type RetainedCount,
} from '@abide/platform';
import { IdentifierClaims, identifierTypes, Vault } from '@abide/vault';
import { signInCategories } from './identity-exports.js';
import { RetainedSignIns } from './sessions/retained-sign-ins.js';
import { categoryOfIdentifier } from './subjects/profile.rules.js';

/** What belongs to the account, or to somebody else's, as long as it goes on: a person looks. */
const inseparable = `SELECT 1 FROM identity.guardianships WHERE subject_id = $1 AND guardian IS NOT NULL AND 'guardian.identity' = ANY($2)
  UNION ALL SELECT 1 FROM identity.mandates WHERE (subject_id = $1 OR person_id = $1) AND 'enterprise.contactPerson' = ANY($2) LIMIT 1`;

/** Deletes some kinds of what identity keeps while the account goes on. */
@Injectable()
export class ErasedKinds {
  constructor(
    private readonly db: Database,
    private readonly claims: IdentifierClaims,
    private readonly signIns: RetainedSignIns,
    private readonly vault: Vault,
  ) {}

  /** Joins the open transaction. */
  async erase(subjectId: string, categories: readonly string[]): Promise<HolderAnswer> {
    const counts = [
      ...(await this.eraseProfile(subjectId, categories)),
      ...(await this.eraseIdentifiers(subjectId, categories)),
      ...(await this.eraseDevices(subjectId, categories)),
      ...(await this.forgetLanguage(subjectId, categories)),
    ];
    const { gone, retained } = await this.eraseSignIns(subjectId, categories);
    const answer = answerOf([...counts, ...gone], retained);
    const isLeft = (await this.db.query(inseparable, [subjectId, categories])).length > 0;
    return isLeft ? { ...answer, outcome: 'manual' } : answer;
  }

  /** Of these kinds of data, or of every one: that the number was theirs stays known by its blind index alone. Joins the open transaction. */
  async suppressIdNumber(subjectId: string, categories: readonly string[] | null): Promise<void> {
    const indexes = await this.db.query<{ blind_index: Buffer }>(
      'SELECT blind_index FROM identity.profile_fields WHERE subject_id = $1 AND ($2::text[] IS NULL OR category = ANY($2)) AND blind_index IS NOT NULL',
      [subjectId, categories],
    );
    for (const { blind_index } of indexes) await this.vault.suppress('profile.idNumber', blind_index);
  }

  private async eraseProfile(subjectId: string, categories: readonly string[]): Promise<AffectedCount[]> {
    await this.suppressIdNumber(subjectId, categories);
    const where = 'held.subject_id = $1 AND held.category = ANY($2)';
    const fields = { table: 'identity.profile_fields', category: 'held.category', where };
    return deleteCounted(this.db, fields, [subjectId, categories]);
  }

  private async eraseIdentifiers(subjectId: string, categories: readonly string[]): Promise<AffectedCount[]> {
    const types = identifierTypes.filter((type) => categories.includes(categoryOfIdentifier(type)));
    for (const type of types) await this.claims.release(subjectId, type);
    const asked = [subjectId, types];
    await this.db.execute(
      'DELETE FROM identity.shared_identifiers WHERE type = ANY($2) AND (subject_id = $1 OR other_id = $1)',
      asked,
    );
    const where = 'held.subject_id = $1 AND held.type = ANY($2)';
    return deleteCounted(
      this.db,
      { table: 'identity.identifiers', category: `'registration.' || held.type`, where },
      asked,
    );
  }

  private async eraseDevices(subjectId: string, categories: readonly string[]): Promise<AffectedCount[]> {
    const category = 'log.deviceIdentifier';
    if (!categories.includes(category)) return [];
    const links = { table: 'identity.device_links', category: `'${category}'`, where: 'held.subject_id = $1' };
    return deleteCounted(this.db, links, [subjectId]);
  }

  /** An account is in some language; it is that of whoever chose none. */
  private async forgetLanguage(subjectId: string, categories: readonly string[]): Promise<AffectedCount[]> {
    const category = 'preference.language';
    if (!categories.includes(category)) return [];
    const count = await this.db.execute(
      `UPDATE identity.subjects SET locale = 'zh-CN', version = version + 1 WHERE subject_id = $1 AND locale <> 'zh-CN'`,
      [subjectId],
    );
    return [{ category, table: 'identity.subjects', count }];
  }

  /** A record of a sign-in is of several kinds at once: it goes where all of them are to go. */
  private async eraseSignIns(
    subjectId: string,
    categories: readonly string[],
  ): Promise<{ readonly gone: readonly AffectedCount[]; readonly retained: readonly RetainedCount[] }> {
    if (!signInCategories.every((category) => categories.includes(category))) return { gone: [], retained: [] };
    const retained = await this.signIns.retain(subjectId);
    const where = 'held.subject_id = $1 AND held.kept_until IS NULL';
    const records = { table: 'identity.sign_ins', category: `'client.signIn'`, where };
    return { gone: await deleteCounted(this.db, records, [subjectId]), retained };
  }
}
