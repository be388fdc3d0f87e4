import type { SubjectKey } from '../api/types.js';

export interface LookUp {
  readonly by: SubjectKey;
  readonly value: string;
}

let handed: LookUp | null = null;
let reason = '';

/** Leaves whom to look for to the page that asks why: in this tab's memory alone, never in an address or a storage. */
export function handOver(lookUp: LookUp): void {
  handed = lookUp;
}

export function handedOver(): LookUp | null {
  return handed;
}

export function takeOver(): void {
  handed = null;
}

/** The reason given last in this tab, for the next look-up of the same case. */
export function lastReason(): string {
  return reason;
}

export function rememberReason(given: string): void {
  reason = given;
}

export function forgetLookUps(): void {
  handed = null;
  reason = '';
}
