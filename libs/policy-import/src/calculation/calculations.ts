import type { RulebookRegistry } from '@abide/rulebook';

import type { ImportedClause, Proposal, ReadDocument } from '../document.js';
import { clausesOf } from '../clauses/clauses-of.js';
import { proposalsOf } from '../proposals/proposals-of.js';
import { readDocument } from '../reading/read-document.js';
import type { UnreadableCode } from '../reading/unreadable.js';

/** A file as a policy in the making, or why it cannot be read. */
export type Interpreted =
  | { readonly refused: UnreadableCode }
  | {
      readonly document: Omit<ReadDocument, 'blocks'>;
      readonly clauses: readonly ImportedClause[];
      readonly proposals: readonly Proposal[];
    };

/** A file read, taken apart into clauses, with what its sentences seem to promise. */
export async function interpreted(
  file: Uint8Array,
  fileName: string,
  registry: RulebookRegistry,
): Promise<Interpreted> {
  const outcome = await readDocument(file, fileName);
  if ('refused' in outcome) return outcome;
  const { blocks, ...document } = outcome.document;
  const clauses = clausesOf(blocks);
  return { document, clauses, proposals: proposalsOf(clauses, registry) };
}

/** What the reading thread can be asked for. */
export const calculations = { interpreted, proposalsOf } as const;

export type Calculations = typeof calculations;
