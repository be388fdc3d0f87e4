import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import { Clock } from '@abide/kernel';
import { Database } from '@abide/platform';
import { Repository } from 'typeorm';
import { Profiles } from '../subjects/profiles.service.js';
import { GuardianAccounts } from './guardian-accounts.service.js';
import type { Guardian } from './guardian.rules.js';
import { Guardianship } from './guardianship.entity.js';

/** Takes a guardian who is erased out of what is kept about the minors who named them. */
@Injectable()
export class GuardianErasure {
  constructor(
    @InjectRepository(Guardianship) private readonly guardianshipRepository: Repository<Guardianship>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly accounts: GuardianAccounts,
    private readonly profiles: Profiles,
  ) {}

  /** Ends the guardianships and forgets who the guardian was; resolves to how many there were. Joins the open transaction. */
  async forget(guardianId: string): Promise<number> {
    const held = await this.guardianshipRepository.findBy({ guardianId });
    for (const { subjectId, guardianIndex } of held) await this.forgetInProfile(subjectId, guardianIndex);
    for (const { subjectId, id, state } of held) {
      if (state === 'ended') continue;
      await this.audit.record({
        act: 'guardianship.ended',
        object: { type: 'guardianship', id },
        subjectId,
        details: { reason: 'guardianErased' },
      });
    }
    return this.db.execute(
      `UPDATE identity.guardianships SET guardian_id = NULL, guardian = NULL, guardian_index = NULL,
         state = 'ended', ended_at = coalesce(ended_at, $2), end_reason = coalesce(end_reason, 'guardianErased')
       WHERE guardian_id = $1`,
      [guardianId, this.clock.now()],
    );
  }

  /** A child who registered with this guardian has them in the profile too. */
  private async forgetInProfile(wardId: string, index: Buffer | null): Promise<void> {
    const { guardian } = await this.profiles.readWhileKeysLive(wardId, ['guardian']);
    if (guardian === undefined || index === null) return;
    const { identifier } = JSON.parse(guardian) as Guardian;
    if ((await this.accounts.indexOf(identifier)).equals(index))
      await this.profiles.write({ subjectId: wardId, kind: 'person' }, { guardian: null });
  }
}
