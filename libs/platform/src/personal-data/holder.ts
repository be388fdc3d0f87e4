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
  /** The consent that it rests on, where it rests on one. */
  readonly consentEventId?: string | null;
}

/** One record and why it is held, without saying what it is. */
export interface HeldRow {
  readonly id: string;
  /** When it occurred. */
  readonly at: Date;
  readonly service: string | null;
  /** When it falls due; null with an event. */
  readonly dueAt: Date | null;
  /** Empty: it serves no purpose any more and goes when it is due. */
  readonly grounds: readonly HoldingGround[];
}

/** A page of records of one category, newest first. */
export interface RowsPage {
  readonly category: string;
  /** The last one of the page before. */
  readonly after: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
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

/** How exactly values leave: as they are, without what makes a network address or a document point at one person, or as the H3 cell they lie in. */
export type SupplyPrecision = 'exact' | 'truncated' | { readonly h3: number };

/** What will be shared. Whoever asks has decided it for every subject and category named; a holder decides nothing. */
export interface SupplyRequest {
  readonly subjectIds: readonly string[];
  readonly categories: readonly string[];
  /** The names of the values that may leave; null: all of a record. */
  readonly fields: readonly string[] | null;
  readonly precision: SupplyPrecision;
}

/** One record for a recipient. Ids of records, lineage and everything that was not asked for stay behind. */
export interface SuppliedRecord {
  readonly subjectId: string;
  readonly category: string;
  /** The service it was collected in; null where none is named. */
  readonly service: string | null;
  /** When it occurred or was given. */
  readonly at: Date;
  /** Opened values; never logged. */
  readonly values: Readonly<Record<string, unknown>>;
}

export const retentionGrounds = ['legalMinimum', 'evidence', 'hold', 'othersData', 'runningContract'] as const;

/** Why something stays or may not be done, and until when. */
export interface StayingGround {
  readonly ground: (typeof retentionGrounds)[number];
  /** The article or clause that says so, as the profile or the retention term cites it. */
  readonly article: string;
  /** Null: until an event. */
  readonly until: Date | null;
}

/** How many rows were deleted or changed. */
export interface AffectedCount {
  readonly category: string;
  /** `schema.table`; absent where a holder outside names none. */
  readonly table?: string;
  /** Rows; never 0 in an answer. */
  readonly count: number;
}

/** What stays of a category after an erasure, and why. */
export interface RetainedCount extends StayingGround {
  readonly category: string;
  /** Rows; never 0. */
  readonly count: number;
}

export const holderOutcomes = [
  'done',
  'nothing',
  'blocked',
  'needsIdentifier',
  'manual',
  'unreachable',
  'withdrawn',
] as const;
export type HolderOutcome = (typeof holderOutcomes)[number];

interface HolderFacts {
  readonly counts: readonly AffectedCount[];
  readonly retained: readonly RetainedCount[];
}

/**
 * What a holder did, never a boolean. `nothing`: there was nothing (more) to do, which is no error. `blocked`: a ground forbids it.
 * `needsIdentifier`: the subject cannot be found by what was given. `manual`: a person has to do it. `unreachable`: nobody answered.
 * `withdrawn`: the holder is no longer in use.
 */
export type HolderAnswer =
  | (HolderFacts & { readonly outcome: Exclude<HolderOutcome, 'blocked'> })
  | (HolderFacts & { readonly outcome: 'blocked'; readonly block: StayingGround });

/** A category as the catalogue names it, and its corrected value. */
export interface Correction {
  readonly category: string;
  readonly value: unknown;
}

/** From `at` on it is stored only, or used again as before (PIPL art. 47, GDPR art. 18). */
export interface Restriction {
  /** Null: everything about the subject. A category that is restricted by itself stays so when everything is lifted. */
  readonly category: string | null;
  readonly state: 'restricted' | 'lifted';
  readonly at: Date;
  /** Why, in the words of whoever decided; nothing about the person. */
  readonly ground: string;
}

/** What a hold covers: rows for which every part that is given applies. */
export interface SparedScope {
  readonly subjectId?: string;
  readonly category?: string;
  /** Only what occurred at or after this instant. */
  readonly from?: Date;
  /** Only what occurred before this instant. */
  readonly until?: Date;
}

export interface Expiry {
  /** What fell due at or before this instant goes. */
  readonly now: Date;
  /** Rows at most. */
  readonly limit: number;
  /** Stays although it is due, row by row. */
  readonly except: readonly SparedScope[];
}

/** What `expire` would delete of a category, and what it would pass over since a scope of `except` covers it. */
export interface DueCount extends AffectedCount {
  readonly spared: number;
}

/** How many rows of a category fall due in a month. */
export interface DueMonth {
  readonly category: string;
  /** Its first day (UTC), `2027-03-01`. */
  readonly month: string;
  readonly count: number;
}

/**
 * When a holder's turn comes: first services outside, then who holds what came of an account, then the account itself, last the keys,
 * without which nothing can be read, and what ends with them.
 */
export const holderPhases = ['outside', 'dependents', 'core', 'keys'] as const;
export type HolderPhase = (typeof holderPhases)[number];

/**
 * What every module that stores something about a subject offers. Rights, retention and sharing go through the registry and never
 * import a holder. Everything but `export` and `supply` joins the caller's transaction, can be repeated, and answers with facts.
 */
export interface Holder {
  readonly name: string;
  readonly phase: HolderPhase;
  /** `schema.table` of every table with a `subject_id` column that this holder answers for. */
  readonly tables: readonly string[];
  /** True where `describe` honours a scope. Holders that do not are never asked with one: they hold nothing that gathers on a device over time. */
  readonly honoursSince?: boolean;
  describe(subjectId: string, scope?: HoldingScope): Promise<readonly HoldingSummary[]>;
  /** How much there is of each category, since when and until when alone: where somebody may have so many records that the rest of `describe` takes long to gather. */
  count?(subjectId: string): Promise<readonly HoldingSummary[]>;
  /** Where records say themselves why they are kept and until when; of other holders the promises and clauses in force tell. */
  rows?(subjectId: string, page: RowsPage): Promise<readonly HeldRow[]>;
  /** Only of these kinds; of every one where they are left out. */
  export(subjectId: string, categories?: readonly string[]): AsyncIterable<HeldRecord>;
  /** Only what is neither due nor without a purpose; a page at a time, in no promised order. */
  supply(request: SupplyRequest): AsyncIterable<SuppliedRecord>;
  /** Sets a corrected value; `nothing` where this holder holds no such category of the subject. */
  correct(subjectId: string, correction: Correction): Promise<HolderAnswer>;
  /** Marks what is held as stored only, or ends that; `nothing` where it stands so already, or is another holder's to keep. */
  restrict(subjectId: string, restriction: Restriction): Promise<HolderAnswer>;
  /**
   * Deletes what is held; what has to stay is sealed under the retained key and answered as such. With `categories` only of these kinds, while
   * the account goes on: what is evidence stays as it is until that ends, and what cannot be taken apart from the account is `manual`.
   */
  erase(subjectId: string, categories?: readonly string[]): Promise<HolderAnswer>;
  /** What an erasure leaves, whoever decides what: evidence, and what the law has kept row by row, as `erase` answers it. Absent: no evidence, and nobody asked the rows. */
  staying?(subjectId: string): Promise<readonly RetainedCount[]>;
  /** Deletes what fell due; counts below `limit` mean that nothing more is due. */
  expire(expiry: Expiry): Promise<HolderAnswer>;
  /** Counts what `expire` would do, where there may be so much that trying it would keep others waiting. */
  due?(asked: Pick<Expiry, 'now' | 'except'>): Promise<readonly DueCount[]>;
  /** What falls due by a date, month by month; what waits for an event is in none. */
  dueByMonth?(): Promise<readonly DueMonth[]>;
}
