import { useEffect, useState } from 'react';
import type { PolicyTests } from '../../../api/types.js';
import { useOperator } from '../../../session/session.queries.js';
import { useSaveTests } from './policy-tests.queries.js';

interface Hand {
  readonly content: string;
  /** The hash of the text it was made from; null when none was kept. */
  readonly basedOn: string | null;
}

/**
 * The tests as they are being written; untouched, they follow what is kept on the server. Unsaved ones stay in this
 * tab, and a save names the text they were made from, so that nobody's work is overwritten unseen.
 */
export function useTestsInHand(slug: string, kept: PolicyTests | null) {
  const key = `abide.tests.${useOperator().id}.${slug}`;
  const save = useSaveTests(slug);
  const [hand, setHand] = useState<Hand | null>(() => readHand(key));
  const keptHash = kept?.contentHash ?? null;
  const content = hand?.content ?? kept?.content ?? '';
  const isDirty = hand !== null && hand.content !== (kept?.content ?? '');
  useEffect(() => keepHand(key, isDirty ? hand : null), [key, hand, isDirty]);

  const saveOver = async (basedOn: string | null): Promise<void> => {
    await save.mutateAsync({ content, basedOn });
    setHand((present) => (present?.content === content ? null : present));
  };
  return {
    content,
    isDirty,
    isSaving: save.isPending,
    /** Somebody else kept another text since this one was begun. */
    isStale: isDirty && hand.basedOn !== keptHash,
    write: (next: string) => setHand({ content: next, basedOn: hand ? hand.basedOn : keptHash }),
    discard: () => setHand(null),
    save: () => saveOver(hand ? hand.basedOn : keptHash),
    saveOverTheirs: () => saveOver(keptHash),
  };
}

export type TestsInHand = ReturnType<typeof useTestsInHand>;

function readHand(key: string): Hand | null {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null');
    return isHand(value) ? value : null;
  } catch {
    return null;
  }
}

/** A full or forbidden storage costs only the safety net. */
function keepHand(key: string, hand: Hand | null): void {
  try {
    if (hand) sessionStorage.setItem(key, JSON.stringify(hand));
    else sessionStorage.removeItem(key);
  } catch {
    return;
  }
}

function isHand(value: unknown): value is Hand {
  return typeof value === 'object' && value !== null && 'content' in value && typeof value.content === 'string' && 'basedOn' in value;
}
