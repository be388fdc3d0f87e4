import type { PolicyDocument } from '@abide/rulebook';
import type { NaiveAtom } from './naive-facts.js';

type Term = PolicyDocument['clauses'][number]['terms'][number];
type Spoken = Pick<NaiveAtom, 'action' | 'basis' | 'services' | 'regions' | 'pair' | 'validDays'> & {
  readonly recipients: readonly (string | null)[];
};

const homeRegion = 'CN';

/** What a text says, statement by statement: the shortest way from a document to what the naive reference reads. */
export function naiveAtoms(document: PolicyDocument, revision: number): NaiveAtom[] {
  return document.clauses.flatMap(({ id: clauseId, terms }) =>
    terms.flatMap((term) => {
      if (!('basis' in term)) return [];
      return spokenBy(term).flatMap(({ recipients, ...spoken }) =>
        term.categories.flatMap((category) =>
          term.purposes.flatMap((purpose) =>
            recipients.map((recipient) => ({
              ...spoken,
              recipient,
              policy: document.policy,
              revision,
              clauseId,
              category,
              purpose,
            })),
          ),
        ),
      );
    }),
  );
}

function spokenBy(term: Extract<Term, { basis: unknown }>): Spoken[] {
  const validDays = term.validFor === undefined ? null : Number(/^P(\d+)D$/.exec(term.validFor)?.[1] ?? Number.NaN);
  const base = {
    basis: term.basis,
    services: 'services' in term ? (term.services ?? null) : null,
    regions: [],
    pair: null,
    validDays,
    recipients: [null],
  };
  switch (term.type) {
    case 'collection':
      return [
        { ...base, action: 'collect' },
        { ...base, action: 'use' },
      ];
    case 'use':
      return [{ ...base, action: 'use' }];
    case 'sharing':
      return [{ ...base, action: 'share', recipients: term.recipients, regions: term.regions ?? [homeRegion] }];
    case 'crossServiceUse':
      return [
        {
          ...base,
          action: 'crossServiceUse',
          pair: { from: term.from, to: term.to, form: term.form, minimumGroup: term.minimumGroup ?? 0 },
        },
      ];
  }
}
