import { useEffect, useEffectEvent, useRef } from 'react';
import { areSingleKeysOn, isTyping, sequenceMilliseconds } from '../../../ui/single-keys.js';

/** What the keys do with the proposal that is shown; none does anything while somebody types. */
export interface DecisionKeys {
  readonly next: () => void;
  readonly previous: () => void;
  readonly accept: () => void;
  readonly decline: () => void;
  readonly change: () => void;
  readonly undo: () => void;
  readonly add: () => void;
}

const byKey: Readonly<Record<string, keyof DecisionKeys>> = {
  j: 'next',
  ArrowDown: 'next',
  k: 'previous',
  ArrowUp: 'previous',
  a: 'accept',
  d: 'decline',
  e: 'change',
  u: 'undo',
  n: 'add',
};

/** `j` and `k` or the arrows go on and back, `a` accepts, `d` declines, `e` changes, `u` takes the last decision back, `n` adds a term. */
export function useDecisionKeys(keys: DecisionKeys): void {
  const pressedGAt = useRef(0);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!areSingleKeysOn() || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
    const isAfterG = Date.now() - pressedGAt.current < sequenceMilliseconds;
    pressedGAt.current = event.key === 'g' ? Date.now() : 0;
    const act = Object.hasOwn(byKey, event.key) ? byKey[event.key] : undefined;
    if (isAfterG || !act || event.defaultPrevented) return;
    event.preventDefault();
    keys[act]();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}
