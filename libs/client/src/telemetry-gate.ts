import type { TelemetryEvent } from './telemetry-event.js';

/** What this device knows of what its subject allows. */
export interface Allowances {
  /** Whether each purpose that is the subject's to decide is granted; null until that was read once. */
  readonly granted: Readonly<Record<string, boolean>> | null;
  /** Kinds of events that the server refused for want of consent, oldest first. */
  readonly refusedKinds: readonly string[];
}

/** `undecided`: only the subject's consents can tell, and they are not known yet. */
export type GateAnswer = 'allowed' | 'notAllowed' | 'undecided';

const rememberedKinds = 100;
const lastingRefusal = /^(consent\..+|clause\.none|storage\.onDeviceOnly|gpc\.optOut|objection\.stands)$/;

/** Whether an event may be written down. What rests on something else than the subject's decision is left to the server's gate. */
export function gateAnswerTo(event: TelemetryEvent, { granted, refusedKinds }: Allowances): GateAnswer {
  if (refusedKinds.includes(kindOf(event))) return 'notAllowed';
  const purposes = event.purposes ?? [];
  if (purposes.length === 0) return 'allowed';
  if (!granted) return 'undecided';
  return purposes.every((purpose) => granted[purpose] === false) ? 'notAllowed' : 'allowed';
}

/** The kinds with that of an event that was refused, where its like would be refused too. */
export function withRefused(kinds: readonly string[], event: TelemetryEvent, code: string): readonly string[] {
  return lastingRefusal.test(code) ? withKind(kinds, kindOf(event)) : kinds;
}

/** Bounded: the oldest are forgotten, and left to the server's gate again. */
export function withKind(kinds: readonly string[], kind: string): readonly string[] {
  return [...kinds.filter((other) => other !== kind), kind].slice(-rememberedKinds);
}

/** What the gate tells events apart by. */
export function kindOf({
  category,
  service,
  purposes = [],
}: Pick<TelemetryEvent, 'category' | 'service' | 'purposes'>): string {
  return JSON.stringify([category, service, ...[...purposes].sort()]);
}
