import { useEffect, useState } from 'react';
import type { PolicyTests } from '../policies.types.js';
import { SealedStore } from '../../../session/sealed-store.js';
import { useOperator } from '../../../session/session.queries.js';
import { useSaveTests } from './policy-tests.queries.js';

interface Hand {
  readonly content: string;
  /** The hash of the text it was made from; null when none was kept. */
  readonly basedOn: string | null;
}

/**
 * The tests as they are being written; untouched, they follow what is kept on the server. Unsaved ones stay in this
 * tab, sealed, and a save names the text they were made from, so that nobody's work is overwritten unseen.
 */
export function useTestsInHand(slug: string, kept: PolicyTests | null) {
  const { id } = useOperator();
  const [store] = useState(() => new SealedStore(sessionStorage, 'tests', id));
  const save = useSaveTests(slug);
  const [hand, setHand] = useState<Hand | null>(null);
  const [isSought, setSought] = useState(false);
  const keptHash = kept?.contentHash ?? null;
  const content = hand?.content ?? kept?.content ?? '';
  const isDirty = hand !== null && hand.content !== (kept?.content ?? '');
  useEffect(() => {
    void store.find(slug).then((found) => {
      setHand((present) => present ?? (isHand(found) ? found : null));
      setSought(true);
    });
  }, [store, slug]);
  useEffect(() => {
    if (!isSought) return;
    if (isDirty) void store.keep(slug, hand);
    else store.forget(slug);
  }, [store, slug, hand, isDirty, isSought]);

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

function isHand(value: unknown): value is Hand {
  return (
    typeof value === 'object' &&
    value !== null &&
    'content' in value &&
    typeof value.content === 'string' &&
    'basedOn' in value
  );
}
