import { useEffect, useEffectEvent, useState } from 'react';
import { SealedStore } from '../../../session/sealed-store.js';
import { useOperator } from '../../../session/session.queries.js';
import type { Words } from './imports.queries.js';

/** What was written of clauses in the other language and not saved, by clause. */
export interface KeptWords {
  readonly words: ReadonlyMap<string, Words>;
  /** False until it is known what was kept before. */
  readonly isRead: boolean;
  readonly keep: (clauseId: string, words: Words | null) => void;
}

/** Keeps in this tab, sealed, what was written and not saved. */
export function useKeptWords(importId: string): KeptWords {
  const operator = useOperator();
  const [store] = useState(() => new SealedStore(sessionStorage, 'translations', operator.id));
  const [words, setWords] = useState<ReadonlyMap<string, Words>>(new Map());
  const [isRead, setRead] = useState(false);
  const takeUp = useEffectEvent((found: unknown) => {
    if (Array.isArray(found)) setWords(new Map(found as [string, Words][]));
    setRead(true);
  });
  useEffect(() => {
    void store.find(importId).then((found) => takeUp(found));
  }, [store, importId]);
  const keep = (clauseId: string, written: Words | null) => {
    const next = new Map(words);
    if (written) next.set(clauseId, written);
    else next.delete(clauseId);
    setWords(next);
    if (next.size > 0) void store.keep(importId, [...next]);
    else store.forget(importId);
  };
  return { words, isRead, keep };
}
