import { useSyncExternalStore } from 'react';
import type { Appearance } from './tokens.js';

export type AppearanceChoice = Appearance | 'system';
export const appearanceChoices: readonly AppearanceChoice[] = ['light', 'dark', 'system'];

const storageKey = 'abide.appearance';
const systemDark = window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();
let choice = readChoice();

export function chooseAppearance(next: AppearanceChoice): void {
  choice = next;
  localStorage.setItem(storageKey, next);
  notify();
}

export function useAppearanceChoice(): AppearanceChoice {
  return useSyncExternalStore(subscribe, () => choice);
}

/** The appearance in effect: the operator's choice, or what the system prefers now. */
export function useAppearance(): Appearance {
  return useSyncExternalStore(subscribe, effectiveAppearance);
}

const lessMotion = window.matchMedia('(prefers-reduced-motion: reduce)');

/** Whether things may move on screen. */
export function useMotion(): boolean {
  return useSyncExternalStore(
    (listener) => {
      lessMotion.addEventListener('change', listener);
      return () => lessMotion.removeEventListener('change', listener);
    },
    () => !lessMotion.matches,
  );
}

function effectiveAppearance(): Appearance {
  if (choice !== 'system') return choice;
  return systemDark.matches ? 'dark' : 'light';
}

function readChoice(): AppearanceChoice {
  const kept = localStorage.getItem(storageKey);
  return appearanceChoices.find((candidate) => candidate === kept) ?? 'system';
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  systemDark.addEventListener('change', listener);
  return () => {
    listeners.delete(listener);
    systemDark.removeEventListener('change', listener);
  };
}

function notify(): void {
  for (const listener of listeners) listener();
}
