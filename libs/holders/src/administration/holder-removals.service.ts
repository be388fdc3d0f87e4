import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PendingChanges, type ChangeOutcome, type GrantEvidence } from '@abide/identity';
import type { Localized } from '@abide/kernel';
import { Database } from '@abide/platform';
import { HolderCalls } from '../calls/holder-calls.service.js';
import { ExpectingRequests, type Expecting } from '../registry/expecting-requests.js';
import type { OutsideHolder } from '../registry/outside-holder.entity.js';
import { OutsideHolders } from '../registry/outside-holders.service.js';
import { refusal } from '../holders.errors.js';
import { removalWords } from './holder-words.js';

const kind = 'holderRemoval';
const removal = { from: ['active', 'suspended'], to: 'removed', act: 'removed' } as const;

/** Four eyes on what requests no longer reach: what a removed holder keeps about people is looked for by nobody but a person. */
@Injectable()
export class HolderRemovals implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly holders: OutsideHolders,
    private readonly calls: HolderCalls,
    private readonly expecting: ExpectingRequests,
    private readonly changes: PendingChanges,
  ) {}

  onModuleInit(): void {
    this.changes.register({
      name: kind,
      permission: 'holder.manage',
      readPermission: 'holder.read',
      basisNow: async ({ objectId }) => basisOf(await this.holders.lock(objectId)),
      apply: async ({ objectId, proposed }, evidence) => {
        await this.remove(objectId, (proposed as ProposedRemoval).reason, evidence);
      },
      detailsFor: async ({ objectId }) => ({ expecting: await this.expectingNow(objectId) }),
    });
  }

  /** How many requests still expect an answer from it. @throws DomainError `holder.not_found` */
  async preview(id: string): Promise<Expecting> {
    return this.expecting.count(await this.holders.get(id));
  }

  /** For good: what it owes is given up, and left to a person in each request that waits for it. @throws DomainError `holder.not_found`, `holder.state` */
  async propose(id: string, reason: string, by: string): Promise<ChangeOutcome<OutsideHolder>> {
    return this.db.transaction(async () => {
      await this.changes.lock();
      const holder = await this.holders.lock(id);
      if (holder.state === 'removed') throw refusal('holder.state');
      const about = { kind, objectType: 'holder', objectId: id, name: holder.name, basis: basisOf(holder) };
      const opens: readonly Localized[] = removalWords(await this.expecting.count(holder));
      return this.changes.proposeOrAct({ ...about, proposed: { reason }, opens, by }, (evidence) =>
        this.remove(id, reason, evidence),
      );
    });
  }

  private async remove(id: string, reason: string, evidence: GrantEvidence): Promise<OutsideHolder> {
    const holder = await this.holders.turn(id, removal, { ...evidence, reason });
    await this.calls.leave(id);
    return holder;
  }

  /** Null once it is removed. */
  private async expectingNow(id: string): Promise<Expecting | null> {
    const holder = await this.holders.findById(id);
    return holder && holder.state !== 'removed' ? this.expecting.count(holder) : null;
  }
}

interface ProposedRemoval {
  readonly reason: string;
}

/** Suspending it meanwhile is no reason to ask anew. */
function basisOf({ state }: OutsideHolder): string {
  return state === 'removed' ? 'removed' : 'registered';
}
