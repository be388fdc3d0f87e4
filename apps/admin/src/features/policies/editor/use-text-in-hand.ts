import type { PolicyDocument } from '@abide/rulebook';
import { useState } from 'react';
import type { Revision } from '../../../api/types.js';

/** The text the server has, as this page last saw it. */
export interface Base {
  readonly hash: string;
  readonly document: PolicyDocument;
}

export interface TextInHand {
  readonly base: Base;
  readonly document: PolicyDocument;
  readonly isDirty: boolean;
  readonly write: (change: (present: PolicyDocument) => PolicyDocument) => void;
  /** Goes on from another text of the server; what was typed after `written` stays in hand. */
  readonly rebase: (next: Base, written: PolicyDocument) => void;
}

/** The text being written beside the one it was made from; untouched, it follows what the server has. */
export function useTextInHand(revision: Revision): TextInHand {
  const [base, setBase] = useState<Base>(() => baseOf(revision));
  const [document, setDocument] = useState(base.document);
  const isDirty = document !== base.document;

  const rebase = (next: Base, written: PolicyDocument) => {
    setBase(next);
    setDocument((present) => (present === written ? next.document : present));
  };
  const [seenHash, setSeenHash] = useState(revision.contentHash);
  if (revision.contentHash !== seenHash) {
    setSeenHash(revision.contentHash);
    if (revision.contentHash !== base.hash && !isDirty) rebase(baseOf(revision), document);
  }

  return { base, document, isDirty, write: setDocument, rebase };
}

function baseOf(revision: Revision): Base {
  return { hash: revision.contentHash, document: revision.document as unknown as PolicyDocument };
}
