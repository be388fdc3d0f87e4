import type { PolicyDocument } from '@abide/rulebook';
import { useEffect, useEffectEvent, useState } from 'react';
import type { Revision } from '../../../api/types.js';
import { SealedStore } from '../../../session/sealed-store.js';
import { useOperator } from '../../../session/session.queries.js';
import type { TextInHand } from './use-text-in-hand.js';

/** A text kept in this tab until it is saved: what was typed, what it was made from, and when. */
interface KeptDraft {
  readonly document: PolicyDocument;
  readonly basedOn: string | null;
  readonly keptAt: string;
}

const keepAfterMilliseconds = 400;

/** Keeps the text in hand in this tab while it is unsaved, sealed, and finds what was kept there before. */
export function useKeptDraft(revision: Revision, { document, base, isDirty }: TextInHand) {
  const { slug } = revision.policy;
  const { id } = useOperator();
  const [drafts] = useState(() => new SealedStore(sessionStorage, 'draft', id));
  const [offered, setOffered] = useState<KeptDraft | null>(null);

  const offer = useEffectEvent((kept: unknown) => setOffered(offerable(kept, revision)));
  useEffect(() => {
    void drafts.find(slug).then((kept) => offer(kept));
  }, [drafts, slug]);

  const keep = useEffectEvent(() => {
    if (isDirty)
      void drafts.keep(slug, { document, basedOn: base.hash, keptAt: new Date().toISOString() } satisfies KeptDraft);
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
function offerable(kept: unknown, revision: Revision): KeptDraft | null {
  const isEditable = revision.allowedActs.some(({ act, allowed }) => act === 'edit' && allowed);
  if (!isKeptDraft(kept) || !isEditable) return null;
  return JSON.stringify(kept.document) === JSON.stringify(revision.document) ? null : kept;
}

function isKeptDraft(value: unknown): value is KeptDraft {
  return (
    typeof value === 'object' &&
    value !== null &&
    'document' in value &&
    'keptAt' in value &&
    typeof value.keptAt === 'string'
  );
}
