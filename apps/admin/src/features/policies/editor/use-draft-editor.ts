import type { PolicyDocument } from '@abide/rulebook';
import { useEffect, useEffectEvent, useState } from 'react';
import { ProblemError } from '../../../api/problem.js';
import type { Draft, Revision } from '../../../api/types.js';
import { useOperator } from '../../../session/session.queries.js';
import { findDraft, useSaveDraft } from '../policies.queries.js';
import { edited, type Edit } from './document-edits.js';
import { KeptDrafts, type KeptDraft } from './kept-drafts.js';

const keepAfterMilliseconds = 400;

interface Base {
  readonly hash: string;
  readonly document: PolicyDocument;
}

/**
 * The text in hand, apart from the one the server has. It is kept in this browser until saved, and offered back when
 * the page is opened again; a save names the text it was made from, so that nobody's work is overwritten unseen.
 */
export function useDraftEditor(revision: Revision) {
  const { slug } = revision.policy;
  const drafts = new KeptDrafts(localStorage, useOperator().id);
  const save = useSaveDraft();
  const [base, setBase] = useState<Base>(() => baseOf(revision));
  const [document, setDocument] = useState(base.document);
  const [theirs, setTheirs] = useState<Draft | null>(null);
  const [offered, setOffered] = useState<KeptDraft | null>(() => offerable(drafts.find(slug), revision));
  const isDirty = document !== base.document;

  const follow = useEffectEvent(() => {
    if (revision.contentHash === base.hash || isDirty || save.isPending) return;
    const next = baseOf(revision);
    setBase(next);
    setDocument(next.document);
  });
  useEffect(() => follow(), [revision.contentHash]);

  const keep = useEffectEvent(() => {
    if (isDirty) drafts.keep(slug, { document, basedOn: base.hash, keptAt: new Date().toISOString() });
  });
  useEffect(() => {
    const timer = setTimeout(() => keep(), keepAfterMilliseconds);
    return () => clearTimeout(timer);
  }, [document]);

  const settle = (saved: Draft, written: PolicyDocument) => {
    const next = { hash: saved.contentHash, document: saved.document as PolicyDocument };
    setBase(next);
    setTheirs(null);
    setDocument((present) => (present === written ? next.document : present));
    drafts.forget(slug);
  };

  /** Saves what is in hand over the text named by `basedOn`; a stale one brings the other text beside it instead. */
  const saveOver = async (basedOn: string): Promise<void> => {
    try {
      settle(await save.mutateAsync({ slug, document, basedOn }), document);
    } catch (error) {
      if (error instanceof ProblemError && error.status === 412) setTheirs(await findDraft(slug));
      throw error;
    }
  };

  return {
    document,
    isDirty,
    isSaving: save.isPending,
    saveError: save.error,
    edit: (change: Edit) => setDocument((present) => edited(present, change)),
    save: () => saveOver(base.hash),
    offered,
    takeOffered: () => {
      if (offered) setDocument(offered.document);
      setOffered(null);
    },
    dropOffered: () => {
      drafts.forget(slug);
      setOffered(null);
    },
    theirs,
    saveOverTheirs: () => (theirs ? saveOver(theirs.contentHash) : Promise.resolve()),
    takeTheirs: () => {
      if (theirs) settle(theirs, document);
    },
    discard: () => {
      setDocument(base.document);
      drafts.forget(slug);
    },
  };
}

export type DraftEditor = ReturnType<typeof useDraftEditor>;

function baseOf(revision: Revision): Base {
  return { hash: revision.contentHash, document: revision.document as PolicyDocument };
}

/** Only a text that differs from the server's is worth offering, and only where it can still be saved. */
function offerable(kept: KeptDraft | null, revision: Revision): KeptDraft | null {
  const isEditable = revision.allowedActs.some(({ act, allowed }) => act === 'edit' && allowed);
  if (!kept || !isEditable) return null;
  return JSON.stringify(kept.document) === JSON.stringify(revision.document) ? null : kept;
}
