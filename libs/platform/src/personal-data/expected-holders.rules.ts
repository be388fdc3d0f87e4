import type { Holder } from './holder.js';

/** Who had to answer when something began: plain data, to be kept with it. */
export interface ExpectedHolder {
  readonly name: string;
  readonly phase: Holder['phase'];
  readonly tables: readonly string[];
}

/** Where expectation and answers differ; all empty when everybody answered. */
export interface HolderDifferences {
  /** Expected, and registered no more. */
  readonly removed: readonly string[];
  /** Expected, and registered under another name: one that answers for a table of theirs and was not expected. */
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
  /** Expected and registered, and no answer came. */
  readonly silent: readonly string[];
  /** Registered since, and never asked. */
  readonly added: readonly string[];
}

/** Compares who was expected with who is registered now and who has answered, all by name. Nobody falls silent unseen. */
export function compareHolders(
  expected: readonly ExpectedHolder[],
  registered: readonly ExpectedHolder[],
  answered: ReadonlySet<string>,
): HolderDifferences {
  const expectedNames = new Set(expected.map(({ name }) => name));
  const registeredNames = new Set(registered.map(({ name }) => name));
  const newcomers = registered.filter(({ name }) => !expectedNames.has(name));
  const gone = expected.filter(({ name }) => !registeredNames.has(name));
  const renamed = gone.flatMap(({ name: from, tables }) =>
    newcomers
      .filter((newcomer) => newcomer.tables.some((table) => tables.includes(table)))
      .map(({ name: to }) => ({ from, to })),
  );
  return {
    removed: namesOf(gone.filter(({ name }) => !renamed.some(({ from }) => from === name))),
    renamed,
    silent: namesOf(expected.filter(({ name }) => registeredNames.has(name) && !answered.has(name))),
    added: namesOf(newcomers.filter(({ name }) => !answered.has(name) && !renamed.some(({ to }) => to === name))),
  };
}

function namesOf(holders: readonly ExpectedHolder[]): string[] {
  return holders.map(({ name }) => name);
}
