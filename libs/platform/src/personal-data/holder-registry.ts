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

/** What records rest on, as the lineage of their rows says: a purpose, and the clause in force when they were collected. */
export interface HoldingGround {
  /** The slug of the policy. */
  readonly policy: string;
  readonly revision: number;
  readonly clauseId: string;
  readonly purpose: string;
  /** How many of the records rest on it. */
  readonly count?: number;
}

/** What is over its time and still stored, until it is swept. */
export interface DueRecords {
  readonly count: number;
  /** When the first of them fell due. */
  readonly since: Date;
}

/** What is held of one category, without saying what it is. A holder may give several of one category: one for each service. */
export interface HoldingSummary {
  readonly category: string;
  /** Records; never 0. */
  readonly count: number;
  /** When the oldest was collected. */
  readonly since: Date | null;
  /** The service it was collected in; absent or null where none is named. */
  readonly service?: string | null;
  /** When the last of those that have a date falls due; null where none has one. Absent: the rows carry no date, so the retention promise in force tells. */
  readonly until?: Date | null;
  /** Among those that have a date, what is over its time; null where nothing is. */
  readonly due?: DueRecords | null;
  /** When each of them occurred, where they carry no date but their kind falls due a while after that, as logs do: the retention promise in force tells when. */
  readonly occurredAt?: readonly Date[];
  /** Some of it has no date and stays until an event, such as closing the account. */
  readonly isOpenEnded?: boolean;
  /** From the rows' lineage. Absent: the rows carry none, so the clauses in force tell, as far as they hold for the subject. Empty: it rests on no clause. */
  readonly grounds?: readonly HoldingGround[];
}

/** Narrows what is described. */
export interface HoldingScope {
  /** Only what both occurred and arrived at or after this instant: what others did before with a shared device is not told. */
  readonly since?: Date;
  /** Only what both occurred and arrived before this instant: nor what others do with it since. */
  readonly until?: Date | null;
}

/**
 * What every module that stores something about a subject offers: describe, export, correct, erase, restrict and
 * expire it. Rights, retention and sharing go through the registry and never import a holder.
 */
export interface Holder {
  readonly name: string;
  /** `schema.table` of every table with a `subject_id` column that this holder answers for. */
  readonly tables: readonly string[];
  /** True where `describe` honours a scope. Holders that do not are never asked with one: they hold nothing that gathers on a device over time. */
  readonly honoursSince?: boolean;
  describe(subjectId: string, scope?: HoldingScope): Promise<readonly HoldingSummary[]>;
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
