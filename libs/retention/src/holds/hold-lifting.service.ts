import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Audit } from '@abide/audit';
import { PendingChanges, type ChangeOutcome, type GrantEvidence, type PendingChange } from '@abide/identity';
import { Clock, type Localized } from '@abide/kernel';
import { Database, Jobs } from '@abide/platform';
import { EvidenceTerms, Registries } from '@abide/policy';
import { HoldRecords } from './hold-records.js';
import type { Hold } from './hold.entity.js';

const kind = 'holdLifting';

/** Lifting a hold before it ends lets something be deleted for good: two people decide. */
@Injectable()
export class HoldLifting implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly records: HoldRecords,
    private readonly evidence: EvidenceTerms,
    private readonly registries: Registries,
    private readonly changes: PendingChanges,
    private readonly audit: Audit,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.changes.register({
      name: kind,
      permission: 'hold.write',
      readPermission: 'hold.read',
      basisNow: async ({ objectId }) => String((await this.records.lock(objectId)).version),
      apply: async ({ objectId }, evidence) => void (await this.lift(await this.records.lock(objectId), evidence)),
      undo: (change) => this.forget(change),
    });
  }

  /** Waits for a second operator. Whoever asks again says it anew: what waited before can no longer be confirmed. @throws DomainError `hold.not_found`, `hold.over` */
  async propose(id: string, reason: string, by: string): Promise<ChangeOutcome<Hold>> {
    return this.db.transaction(async () => {
      await this.changes.lock();
      const hold = await this.records.lock(id);
      hold.requireInForce(this.clock.now());
      await this.records.seal(hold, 'liftingReason', reason);
      await this.records.save(hold);
      await this.record('hold.liftingAsked', hold, { reason });
      const { article, categories, ground, until } = hold;
      const about = { objectType: 'hold', objectId: id, name: { 'zh-CN': article, en: article } };
      const proposed = { article, categories, ground, until: until.toISOString() };
      const opens = [await this.opensWords(hold)];
      return this.changes.proposeOrAct(
        { ...about, kind, proposed, basis: String(hold.version), opens, by },
        (evidence) => this.lift(hold, evidence),
      );
    });
  }

  private async lift(hold: Hold, evidence: GrantEvidence): Promise<Hold> {
    const now = this.clock.now();
    hold.lift(now);
    hold.keptUntil = new Date(Math.max(hold.keptUntil.getTime(), (await this.evidence.keptUntil(now)).getTime()));
    await this.records.save(hold);
    await this.record('hold.lifted', hold, { details: evidence });
    await this.jobs.publish('retention.hold_lifted', {
      holdId: hold.id,
      subjectId: hold.subjectId,
      at: now.toISOString(),
    });
    return hold;
  }

  /** A rejected reason counts for nothing, unless it was said anew since. */
  private async forget({ objectId, basis }: PendingChange): Promise<void> {
    const hold = await this.records.lock(objectId);
    if (String(hold.version) !== basis) return;
    await this.records.seal(hold, 'liftingReason', null);
    await this.records.save(hold);
  }

  private async record(
    act: string,
    { id, subjectId }: Hold,
    more: { readonly reason?: string; readonly details?: GrantEvidence },
  ): Promise<void> {
    await this.audit.record({ act, object: { type: 'hold', id }, subjectId, ...more });
  }

  private async opensWords({ categories }: Hold): Promise<Localized> {
    if (categories.length === 0)
      return { 'zh-CN': '此人的全部信息可以重新被删除。', en: 'Everything held of this person may be deleted again.' };
    const known = (await this.registries.snapshot()).registry.catalogue.categories;
    const named = (locale: keyof Localized, separator: string) =>
      categories.map((code) => known.find((one) => one.code === code)?.label[locale] ?? code).join(separator);
    return {
      'zh-CN': `此人的下列信息可以重新被删除：${named('zh-CN', '、')}。`,
      en: `Of this person these may be deleted again: ${named('en', ', ')}.`,
    };
  }
}
