import type { Term } from '@abide/rulebook';
import { useMemo, useState } from 'react';
import type { ImportedClause, PolicyImport, Proposal } from './imports.queries.js';
import type { Marked } from './marked-text.js';
import { paragraphPlace, type Place } from './places.js';
import { useAddedTerm } from './use-clause-edits.js';
import type { Decisions } from './use-decisions.js';

interface Shown {
  readonly imported: PolicyImport;
  readonly decisions: Decisions;
  readonly clause: ImportedClause | null;
  readonly current: Proposal | null;
  /** What the term says to begin with, where one is to be added at once. */
  readonly begin: Term | null;
  /** Called with the term once it is saved. */
  readonly added: (proposal: Proposal) => void;
}

/** A term that is being added: on the words that were selected, else on those of the proposal that is shown, else on the first paragraph. */
export function useAdding({ imported, decisions, clause, current, begin, added }: Shown) {
  const [isOpen, setOpen] = useState(begin !== null);
  const [picked, setPicked] = useState<Place | null>(null);
  const saving = useAddedTerm(imported, decisions);
  const place = useMemo(() => {
    const known = [picked, current].find((one) => one?.clauseId === clause?.id);
    return known ?? (clause && paragraphPlace(clause, 0));
  }, [picked, current, clause]);
  const marked: Marked | null = useMemo(() => (isOpen && place ? { ...place, evidence: [] } : null), [isOpen, place]);
  const close = () => {
    setOpen(false);
    setPicked(null);
    saving.reset();
  };
  const add = (term: Term) => {
    if (!place) return;
    const { clauseId, paragraph, start, end } = place;
    const known = new Set(imported.proposals.map(({ id }) => id));
    saving.mutate(
      { clauseId, paragraph, start, end, term: term as object as never },
      {
        onSuccess: ({ proposals }) => {
          close();
          const found = proposals.find(({ id, isAdded }) => isAdded && !known.has(id));
          if (found) added(found);
        },
      },
    );
  };
  return {
    isOpen,
    /** Whether words were selected for it. */
    hasWords: picked !== null && picked.clauseId === clause?.id,
    marked,
    place,
    begin,
    choosePlace: setPicked,
    /** A click in the text leaves the words as they are while a term is written on them. */
    select: (chosen: Place | null) => (chosen ?? !isOpen) && setPicked(chosen),
    open: () => setOpen(true),
    close,
    add,
    isSaving: saving.isPending,
    error: saving.error,
  };
}
