import { useEffect, useEffectEvent, useState } from 'react';
import { SealedStore } from '../../../session/sealed-store.js';
import { useOperator } from '../../../session/session.queries.js';

/** What was written of clauses and not saved, by clause. */
export interface Kept<T> {
  readonly written: ReadonlyMap<string, T>;
  /** False until it is known what was kept before. */
  readonly isRead: boolean;
  /** Null: nothing of the clause is unsaved any more. */
  readonly keep: (clauseId: string, written: T | null) => void;
}

/** Keeps in this tab, sealed, what was written of the clauses of an import and not saved. `kind` names what it is. */
export function useKept<T>(kind: 'translations' | 'clauses', importId: string): Kept<T> {
  const operator = useOperator();
  const [store] = useState(() => new SealedStore(sessionStorage, kind, operator.id));
  const [written, setWritten] = useState<ReadonlyMap<string, T>>(new Map());
  const [isRead, setRead] = useState(false);
  const takeUp = useEffectEvent((found: unknown) => {
    if (Array.isArray(found)) setWritten(new Map(found as [string, T][]));
    setRead(true);
  });
  useEffect(() => {
    void store.find(importId).then((found) => takeUp(found));
  }, [store, importId]);
  const keep = (clauseId: string, one: T | null) => {
    const next = new Map(written);
    if (one) next.set(clauseId, one);
    else next.delete(clauseId);
    setWritten(next);
    if (next.size > 0) void store.keep(importId, [...next]);
    else store.forget(importId);
  };
  return { written, isRead, keep };
}
