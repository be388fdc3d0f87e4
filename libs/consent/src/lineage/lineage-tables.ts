import { Injectable } from '@nestjs/common';

/**
 * A table of what was collected about subjects, with the columns `subject_id`, the `id` named here, `due_month`, `category`, `service`,
 * `occurred_at`, `retain_until` and `lineage` (a list of `LineageEntry`).
 */
export interface LineageTable {
  /** With its schema. */
  readonly name: string;
  readonly id: string;
  /** The sealed column: what identifies the subject. */
  readonly sealed: string;
  readonly plain: PlainColumn;
  /** The schema of `batches`. */
  readonly module: string;
  /** Categories that go in the very statement of a withdrawal: tags that personalisation is made from (PIPL art. 24). */
  readonly goneAtOnce: readonly string[];
}

/** The column of what stands in plain about the subject, until a row outlives them. */
interface PlainColumn {
  readonly column: string;
  /** SQL: what it is set to then. */
  readonly emptied: string;
  /** What is sealed then, of what was sealed (null: nothing) and what stood in plain; absent: what was sealed, alone. */
  readonly joined?: (sealed: string | null, plain: unknown) => string;
}

/** What rows are about: by it the law says how long they must be kept. */
export interface Kind {
  readonly category: string;
  readonly service: string;
}

/** Which tables hold what was collected; modules register theirs while they initialise. */
@Injectable()
export class LineageTables {
  private readonly tables: LineageTable[] = [];

  register(table: LineageTable): void {
    this.tables.push(table);
  }

  all(): readonly LineageTable[] {
    return this.tables;
  }
}
