import { Injectable } from '@nestjs/common';
import { Attachments } from '@abide/attachments';
import { MinorLooks, Operators, OperatorSubjects, PendingChanges } from '@abide/identity';
import { Clock } from '@abide/kernel';
import { Registries } from '@abide/policy';
import { HoldRecords } from './hold-records.js';
import { toOwnHold, type HoldLineResponse, type HoldResponse } from './hold.dto.js';
import type { Hold } from './hold.entity.js';

/** Puts holds together for operators: whom they are about masked, their words opened. */
@Injectable()
export class HoldViews {
  constructor(
    private readonly clock: Clock,
    private readonly records: HoldRecords,
    private readonly subjects: OperatorSubjects,
    private readonly operators: Operators,
    private readonly registries: Registries,
    private readonly attachments: Attachments,
    private readonly minorLooks: MinorLooks,
    private readonly changes: PendingChanges,
  ) {}

  async lines(holds: readonly Hold[]): Promise<HoldLineResponse[]> {
    const now = this.clock.now();
    const { categories } = (await this.registries.snapshot()).registry.catalogue;
    const people = await this.subjects.displayNames(holds.map(({ subjectId }) => subjectId));
    return holds.map((hold) => ({
      ...toOwnHold(hold, now),
      subjectId: hold.subjectId,
      displayName: people.get(hold.subjectId) ?? null,
      names: Object.fromEntries(
        categories.filter(({ code }) => hold.categories.includes(code)).map(({ code, label }) => [code, label]),
      ),
      barredArticle: hold.barredArticle,
    }));
  }

  /** Of a minor without what anybody wrote or attached, unless a colleague lets the operator look. */
  async whole(hold: Hold, operatorId: string): Promise<HoldResponse> {
    const [line] = await this.lines([hold]);
    const names = await this.operators.namesOf([hold.placedBy]);
    const isWithheld = await this.minorLooks.isClosed(hold.subjectId, operatorId);
    const words = isWithheld ? { notes: null, liftingReason: null, documents: [] } : await this.words(hold);
    return { ...(line as HoldLineResponse), placedBy: names.get(hold.placedBy) ?? null, isWithheld, ...words };
  }

  private async words(hold: Hold): Promise<Pick<HoldResponse, 'notes' | 'liftingReason' | 'documents'>> {
    const documents = await this.attachments.citedBy({ kind: 'hold', id: hold.id });
    return {
      notes: await this.records.opened(hold, 'notes'),
      liftingReason: (await this.isLifting(hold)) ? await this.records.opened(hold, 'liftingReason') : null,
      documents: documents.map(({ id, name, type, bytes }) => ({ id, name, type, bytes })),
    };
  }

  /** A reason that nobody agreed to in time is none: neither once the change is over, nor once the hold has ended by itself. */
  private async isLifting(hold: Hold): Promise<boolean> {
    const state = hold.stateAt(this.clock.now());
    return state === 'lifted' || (state === 'inForce' && (await this.changes.findWaiting('hold', hold.id)) !== null);
  }
}
