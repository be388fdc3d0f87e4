import { useEffect, useEffectEvent, useRef } from 'react';
import { useNavigate, useParams } from 'react-router';
import { areSingleKeysOn, isTyping, sequenceMilliseconds } from '../../ui/single-keys.js';
import { neighbourOf } from './request-order.js';

/** Marks the buttons of a request's page that a single key presses. */
export const keyed = (key: 'a' | 'q' | 'd') => ({ 'data-key': key });

/** On the page of a request: `j` and `k` go to the next and the one before in the queue, other keys press the button marked with them, Ctrl or ⌘ with Enter sends the form. */
export function useRequestKeys(): void {
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const pressedGAt = useRef(0);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const isCombined = event.metaKey || event.ctrlKey;
    if (isCombined && event.key === 'Enter') return submit(event.target);
    if (!areSingleKeysOn() || isCombined || event.altKey || isTyping(event.target)) return;
    const isAfterG = Date.now() - pressedGAt.current < sequenceMilliseconds;
    pressedGAt.current = event.key === 'g' ? Date.now() : 0;
    if (isAfterG) return;
    const by = event.key === 'j' ? 1 : event.key === 'k' ? -1 : null;
    const neighbour = by && neighbourOf(id, by);
    if (neighbour) void navigate(`/requests/${neighbour}`);
    if (by || !/^[aqd]$/.test(event.key)) return;
    const target = document.querySelector<HTMLElement>(`[data-key="${event.key}"]`);
    if (!target) return;
    event.preventDefault();
    if (target instanceof HTMLButtonElement) target.click();
    else target.querySelector<HTMLElement>('input, [tabindex="-1"]')?.focus();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}

function submit(target: EventTarget | null): void {
  if (target instanceof HTMLElement) target.closest('form')?.requestSubmit();
}
