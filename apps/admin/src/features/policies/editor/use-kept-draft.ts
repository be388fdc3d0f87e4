import { useEffect, useEffectEvent, useState } from 'react';
import type { Revision } from '../../../api/types.js';
import { useOperator } from '../../../session/session.queries.js';
import { KeptDrafts, type KeptDraft } from './kept-drafts.js';
import type { TextInHand } from './use-text-in-hand.js';

const keepAfterMilliseconds = 400;

/** Keeps the text in hand in this tab while it is unsaved, and finds what was kept there before. */
export function useKeptDraft(revision: Revision, { document, base, isDirty }: TextInHand) {
  const { slug } = revision.policy;
  const drafts = new KeptDrafts(sessionStorage, useOperator().id);
  const [offered, setOffered] = useState<KeptDraft | null>(() => offerable(drafts.find(slug), revision));

  const keep = useEffectEvent(() => {
    if (isDirty) drafts.keep(slug, { document, basedOn: base.hash, keptAt: new Date().toISOString() });
  });
  useEffect(() => {
    const timer = setTimeout(() => keep(), keepAfterMilliseconds);
    return () => clearTimeout(timer);
  }, [document]);

  return {
    offered,
    settleOffer: () => setOffered(null),
    forget: () => {
      drafts.forget(slug);
      setOffered(null);
    },
  };
}

/** Only a text that differs from the server's is worth offering, and only where it can still be saved. */
function offerable(kept: KeptDraft | null, revision: Revision): KeptDraft | null {
  const isEditable = revision.allowedActs.some(({ act, allowed }) => act === 'edit' && allowed);
  if (!kept || !isEditable) return null;
  return JSON.stringify(kept.document) === JSON.stringify(revision.document) ? null : kept;
}
