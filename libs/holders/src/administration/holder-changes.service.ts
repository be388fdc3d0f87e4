import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { PendingChanges, type ChangeOutcome, type GrantEvidence, type PendingChange } from '@abide/identity';
import { newId, type Localized } from '@abide/kernel';
import { Config, Database } from '@abide/platform';
import { HolderCalls } from '../calls/holder-calls.service.js';
import { keptTerms } from '../registry/holder-terms.rules.js';
import type { HolderTerms, OutsideHolder } from '../registry/outside-holder.entity.js';
import { OutsideHolders } from '../registry/outside-holders.service.js';

const kinds = { creation: 'holderCreation', resumption: 'holderResumption' } as const;
const resumes = { from: ['suspended'], to: 'active', act: 'resumed' } as const;

/** Four eyes on where personal data may go: an address comes about, and is asked again, by two operators. Stopping takes one, and effect at once. */
@Injectable()
export class HolderChanges implements OnModuleInit {
  constructor(
    @Inject(Config) private readonly config: Config,
    private readonly db: Database,
    private readonly holders: OutsideHolders,
    private readonly calls: HolderCalls,
    private readonly changes: PendingChanges,
  ) {}

  onModuleInit(): void {
    const permissions = { permission: 'holder.manage', readPermission: 'holder.read' } as const;
    this.changes.register({
      ...permissions,
      name: kinds.creation,
      basisNow: () => Promise.resolve(null),
      apply: async ({ objectId: id, proposed, proposedBy: secretFor }, evidence) => {
        await this.holders.register((proposed as { values: HolderTerms }).values, { id, secretFor, evidence });
      },
    });
    this.changes.register({
      ...permissions,
      name: kinds.resumption,
      basisNow: async ({ objectId }: PendingChange) => basisOf(await this.holders.lock(objectId)),
      apply: async ({ objectId }, evidence) => {
        await this.turnOn(objectId, evidence);
      },
    });
  }

  /** @throws DomainError `holder.bad_address`, `holder.bad_network`, `holder.code_taken` */
  async register(wanted: HolderTerms, by: string): Promise<ChangeOutcome<OutsideHolder>> {
    const terms = keptTerms(wanted, this.config);
    return this.db.transaction(async () => {
      await this.changes.lock();
      await this.holders.requireFree(terms.code);
      const about = { kind: kinds.creation, objectType: 'holder', objectId: newId(), name: terms.name, basis: null };
      return this.changes.proposeOrAct(
        { ...about, proposed: { values: { ...terms } }, opens: [opensWords(terms)], by },
        (evidence) => this.holders.register(terms, { id: about.objectId, secretFor: by, evidence }),
      );
    });
  }

  /** It is asked nothing more until two operators let it. @throws DomainError `holder.not_found`, `holder.state` */
  suspend(id: string, reason: string): Promise<OutsideHolder> {
    return this.holders.turn(id, { from: ['active'], to: 'suspended', act: 'suspended' }, { reason });
  }

  /** For good: requests that wait for it stay open, and name it. @throws DomainError `holder.not_found`, `holder.state` */
  async remove(id: string, reason: string): Promise<OutsideHolder> {
    return this.db.transaction(async () => {
      const removal = { from: ['active', 'suspended'], to: 'removed', act: 'removed' } as const;
      const holder = await this.holders.turn(id, removal, { reason });
      await this.calls.revive({ holderId: id });
      return holder;
    });
  }

  /** @throws DomainError `holder.not_found`, `holder.state` */
  async resume(id: string, by: string): Promise<ChangeOutcome<OutsideHolder>> {
    return this.db.transaction(async () => {
      await this.changes.lock();
      const holder = await this.holders.lock(id);
      if (holder.state !== 'suspended') holder.turn(['suspended'], 'active');
      const { name, baseUrl, networks, categories } = holder;
      const about = { kind: kinds.resumption, objectType: 'holder', objectId: id, name, basis: basisOf(holder) };
      return this.changes.proposeOrAct(
        { ...about, proposed: { values: { name, baseUrl, networks, categories } }, opens: [opensWords(holder)], by },
        (evidence) => this.turnOn(id, evidence),
      );
    });
  }

  /** What it owes is asked for again at once. */
  private async turnOn(id: string, evidence: GrantEvidence): Promise<OutsideHolder> {
    const holder = await this.holders.turn(id, resumes, evidence);
    await this.calls.revive({ holderId: id });
    return holder;
  }
}

function basisOf({ version }: OutsideHolder): string {
  return String(version);
}

function opensWords({ baseUrl, networks }: Pick<HolderTerms, 'baseUrl' | 'networks'>): Localized {
  const where = networks.length > 0 ? networks.join(', ') : null;
  return {
    'zh-CN': `请求所涉及的人，其识别信息将发送到 ${baseUrl}${where ? `（位于 ${where}）` : ''}，并由其中的系统作答。`,
    en: `The identifiers of people whom a request is about go to ${baseUrl}${where ? ` (within ${where})` : ''}, and the system there answers.`,
  };
}
