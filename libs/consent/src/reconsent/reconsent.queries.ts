import { Injectable } from '@nestjs/common';
import type { Localized } from '@abide/kernel';
import { Database } from '@abide/platform';
import { EffectiveRulebook } from '@abide/policy';
import { freshDemandsOf } from './fresh-demands.rules.js';

/** How far consenting again has come, for one revision and purpose. */
export interface Reconsent {
  readonly policy: string;
  readonly revision: number;
  readonly effectiveAt: Date | null;
  readonly purpose: string;
  readonly name: Localized;
  readonly stale: number;
  readonly renewed: number;
  /** Null until everybody was looked at once. */
  readonly asOf: Date | null;
}

type Row = Pick<Reconsent, 'policy' | 'revision' | 'purpose' | 'stale' | 'renewed' | 'asOf'>;

/** Reads how far consenting again has come. */
@Injectable()
export class ReconsentQueries {
  constructor(
    private readonly db: Database,
    private readonly rulebooks: EffectiveRulebook,
  ) {}

  /** Every revision in force or before that needed fresh consent for what is still left to subjects; the newest first. */
  async all(): Promise<Reconsent[]> {
    const { rulebook, registry } = await this.rulebooks.current();
    const rows = await this.db.query<Row>(
      'SELECT policy, revision, purpose, stale, renewed, at AS "asOf" FROM consent.reconsent_progress',
    );
    const counted = new Map(rows.map((row) => [`${row.policy} ${row.revision} ${row.purpose}`, row]));
    const names = new Map(registry.catalogue.purposes.map(({ code, label }) => [code, label]));
    const found = freshDemandsOf(rulebook).map(({ policy, revision, purpose, effectiveAt }) => {
      const { stale, renewed, asOf } = counted.get(`${policy} ${revision} ${purpose}`) ?? {
        stale: 0,
        renewed: 0,
        asOf: null,
      };
      const name = names.get(purpose) ?? { 'zh-CN': purpose, en: purpose };
      return {
        policy,
        revision,
        purpose,
        name,
        stale,
        renewed,
        asOf,
        effectiveAt: effectiveAt === null ? null : new Date(effectiveAt),
      };
    });
    return found.sort(
      (one, other) =>
        (other.effectiveAt?.getTime() ?? 0) - (one.effectiveAt?.getTime() ?? 0) ||
        one.purpose.localeCompare(other.purpose),
    );
  }
}
