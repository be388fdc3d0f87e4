import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PendingChanges, type ChangeOutcome } from '@abide/identity';
import { Database } from '@abide/platform';
import type { OutsideHolder } from '../registry/outside-holder.entity.js';
import { OutsideHolders } from '../registry/outside-holders.service.js';
import { secretWords } from './holder-words.js';

const kind = 'holderSecretReplacement';

/** A lost or leaked secret of a service is replaced by two operators; whoever proposed it comes for the new one, which is made then. */
@Injectable()
export class SecretChanges implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly holders: OutsideHolders,
    private readonly changes: PendingChanges,
  ) {}

  onModuleInit(): void {
    this.changes.register({
      name: kind,
      permission: 'holder.manage',
      readPermission: 'holder.read',
      basisNow: async ({ objectId }) => basisOf(await this.holders.lock(objectId)),
      apply: async ({ objectId, proposed, proposedBy }, evidence) => {
        const { reason } = proposed as { readonly reason: string };
        await this.holders.letReplaceSecret(objectId, proposedBy, { ...evidence, reason });
      },
    });
  }

  /** @throws DomainError `holder.not_found`, `holder.signs_nothing`, `holder.state` */
  async propose(id: string, reason: string, by: string): Promise<ChangeOutcome<OutsideHolder>> {
    return this.db.transaction(async () => {
      await this.changes.lock();
      const holder = await this.holders.lock(id);
      holder.requireReplaceable();
      const { name, baseUrl } = holder;
      const about = { kind, objectType: 'holder', objectId: id, name, basis: basisOf(holder) };
      return this.changes.proposeOrAct(
        { ...about, proposed: { reason }, opens: secretWords(baseUrl), by },
        (evidence) => this.holders.letReplaceSecret(id, by, { ...evidence, reason }),
      );
    });
  }
}

/** Suspending it meanwhile, since the secret leaked, is no reason to ask anew. */
function basisOf({ state }: OutsideHolder): string {
  return state === 'removed' ? 'removed' : 'registered';
}
