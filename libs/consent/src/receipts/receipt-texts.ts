import type { CitedRevision, CitedRevisions, RulebookInForce } from '@abide/policy';
import type { Choice } from '@abide/rulebook';
import type { Notice } from './receipt-record.rules.js';

/** The texts that the clauses of choices stand in, by policy: of the policy that was shown the text that was shown, of others the one in force. */
export async function textsOf(
  cited: CitedRevisions,
  choices: readonly Choice[],
  given: { inForce: RulebookInForce; shown: CitedRevision | null },
): Promise<Map<string, Omit<Notice, 'clauseId'>>> {
  const texts = new Map<string, Omit<Notice, 'clauseId'>>();
  for (const policy of new Set(choices.map((choice) => choice.policy))) {
    const id = given.inForce.revisionIds.get(policy);
    if (policy === given.shown?.policy) texts.set(policy, citationOf(given.shown));
    else if (id !== undefined) texts.set(policy, citationOf(await cited.text(id)));
  }
  return texts;
}

/** A text as records cite it. */
export function citationOf({ policy, number, document }: CitedRevision): Omit<Notice, 'clauseId'> {
  return { policy, revision: number, document };
}
