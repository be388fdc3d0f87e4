import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { areSingleKeysOn, isTyping, keepSingleKeys, sequenceMilliseconds } from '../ui/single-keys.js';
import { namedPages } from './navigation.js';
import { useEntries } from './use-entries.js';

/** Single-key shortcuts can be switched off (WCAG 2.2, 2.1.4); ⌘K and Ctrl K always work. */
export function useSingleKeys(): [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(areSingleKeysOn);
  const choose = (next: boolean) => {
    keepSingleKeys(next);
    setOn(next);
  };
  return [on, choose];
}

export interface ShortcutActs {
  readonly search: () => void;
  readonly help: () => void;
  readonly singleKeys: boolean;
}

/** `/` or ⌘K searches, `?` shows the shortcuts, `g` then a letter goes to an entry. */
export function useShortcuts({ search, help, singleKeys }: ShortcutActs): void {
  const navigate = useNavigate();
  const entries = useEntries();
  const pressedGAt = useRef(0);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') return claim(event, search);
    if (!singleKeys || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
    if (event.key === '/') return claim(event, search);
    if (event.key === '?') return claim(event, help);
    const target =
      Date.now() - pressedGAt.current < sequenceMilliseconds
        ? namedPages(entries).find(({ letter }) => letter === event.key)
        : undefined;
    pressedGAt.current = event.key === 'g' ? Date.now() : 0;
    if (target) claim(event, () => void navigate(target.to));
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}

function claim(event: KeyboardEvent, act: () => void): void {
  event.preventDefault();
  act();
}
