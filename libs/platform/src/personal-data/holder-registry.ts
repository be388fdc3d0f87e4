import { Injectable } from '@nestjs/common';

/** One thing held about a subject, in words for access answers and exports. */
export interface HeldRecord {
  readonly category: string;
  readonly table: string;
  readonly id: string;
  readonly since: Date;
  /** Opened values for the subject's own access answer; never logged. */
  readonly values: Readonly<Record<string, unknown>>;
}

export interface HoldingSummary {
  readonly category: string;
  readonly count: number;
  readonly since: Date | null;
}

/**
 * What every module that stores something about a subject offers: describe, export, correct, erase, restrict and
 * expire it. Rights, retention and sharing go through the registry and never import a holder.
 */
export interface Holder {
  readonly name: string;
  /** `schema.table` of every table with a `subject_id` column that this holder answers for. */
  readonly tables: readonly string[];
  describe(subjectId: string): Promise<readonly HoldingSummary[]>;
  export(subjectId: string): AsyncIterable<HeldRecord>;
  /** Sets a corrected value for a category; false when this holder holds no such category of the subject. */
  correct(subjectId: string, category: string, value: unknown): Promise<boolean>;
  /** Deletes what is held, save evidence that must stay; returns how many rows went. Joins the open transaction. */
  erase(subjectId: string): Promise<number>;
  /** Marks what is held as stored only, or lifts the mark. */
  restrict(subjectId: string, restricted: boolean): Promise<void>;
  /** Deletes what fell due before `now`, `limit` rows at most; returns how many rows went. */
  expire(now: Date, limit: number): Promise<number>;
}

/** The registry that holders join while modules initialise. */
@Injectable()
export class HolderRegistry {
  private readonly byName = new Map<string, Holder>();

  /** @throws Error when the name is taken. */
  register(holder: Holder): void {
    if (this.byName.has(holder.name)) throw new Error(`A holder named ${holder.name} is registered already`);
    this.byName.set(holder.name, holder);
  }

  all(): readonly Holder[] {
    return [...this.byName.values()];
  }
}
