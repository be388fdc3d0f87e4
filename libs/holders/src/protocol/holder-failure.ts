import { outgoingFailures, type OutgoingFailureCode } from '@abide/platform';

/** Of a service: its answer does not count. */
const serviceFailures = ['badSignature', 'badAnswer', 'incomplete', 'noCallback'] as const;
/** Of a database: it is not as its manifest says, or does not let us. */
const databaseFailures = ['schemaChanged', 'notPermitted', 'unfit', 'tooManyRows'] as const;

export const holderFailures = [...outgoingFailures, ...serviceFailures, ...databaseFailures] as const;
export type HolderFailureCode =
  OutgoingFailureCode | (typeof serviceFailures)[number] | (typeof databaseFailures)[number];

/** A holder outside gave no answer that counts; the message holds nothing that came from there. */
export class HolderFailure extends Error {
  override name = 'HolderFailure';

  /** @param status that it answered, where it did */
  constructor(
    readonly code: HolderFailureCode,
    readonly status: number | null = null,
  ) {
    super(`A holder outside gave no answer: ${code}`);
  }
}

/** Where a database and its manifest differ; all empty where only types do. */
export interface SchemaDrift {
  /** Tables and columns that nobody has said anything about. */
  readonly appeared: readonly string[];
  readonly gone: readonly string[];
}

/** A database is no longer as its manifest says: nothing was done there. */
export class SchemaChanged extends HolderFailure {
  constructor(readonly drift: SchemaDrift) {
    super('schemaChanged');
  }
}
