import type { PolicyDocument } from '@abide/rulebook';
import { useState } from 'react';
import { ProblemError } from '../../../api/problem.js';
import type { Draft } from '../policies.types.js';
import type { Revision } from '../../../api/types.js';
import { findDraft, useSaveDraft } from '../policies.queries.js';
import { edited, type Edit } from './document-edits.js';
import { useKeptDraft } from './use-kept-draft.js';
import { useTextInHand } from './use-text-in-hand.js';

/**
 * The text in hand, apart from the one the server has. It is kept in this browser until saved, and offered back when
 * the page is opened again; a save names the text it was made from, so that nobody's work is overwritten unseen.
 */
export function useDraftEditor(revision: Revision) {
  const { slug } = revision.policy;
  const save = useSaveDraft();
  const hand = useTextInHand(revision);
  const kept = useKeptDraft(revision, hand);
  const [theirs, setTheirs] = useState<Draft | null>(null);
  const { document, base } = hand;

  const settle = (saved: Draft) => {
    hand.rebase({ hash: saved.contentHash, document: saved.document as PolicyDocument }, document);
    setTheirs(null);
    kept.forget();
  };
  /** Saves what is in hand over the text named by `basedOn`; a stale one brings the other text beside it instead. */
  const saveOver = async (basedOn: string): Promise<void> => {
    try {
      settle(await save.mutateAsync({ slug, document, basedOn }));
    } catch (error) {
      if (error instanceof ProblemError && error.status === 412) setTheirs(await findDraft(slug));
      throw error;
    }
  };

  return {
    document,
    isDirty: hand.isDirty,
    isSaving: save.isPending,
    saveError: save.error,
    edit: (change: Edit) => hand.write((present) => edited(present, change)),
    save: () => saveOver(base.hash),
    discard: () => {
      hand.write(() => base.document);
      kept.forget();
    },
    offered: kept.offered,
    takeOffered: () => {
      const { offered } = kept;
      if (offered) hand.write(() => offered.document);
      kept.settleOffer();
    },
    dropOffered: kept.forget,
    theirs,
    saveOverTheirs: () => (theirs ? saveOver(theirs.contentHash) : Promise.resolve()),
    takeTheirs: () => theirs && settle(theirs),
  };
}

export type DraftEditor = ReturnType<typeof useDraftEditor>;
