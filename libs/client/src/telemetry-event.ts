/** By what an event was observed. */
export type Means = 'cookie' | 'web' | 'app';

/** One event on the wire: its id and its instant were made once, when it was recorded. */
export interface TelemetryEvent {
  readonly eventId: string;
  readonly subjectId: string;
  readonly category: string;
  /** RFC 3339. */
  readonly occurredAt: string;
  readonly service: string;
  readonly thirdPartyServiceId?: string;
  readonly purposes?: string[];
  readonly means?: Means;
  readonly sensitive?: boolean;
  /** What identifies nobody and stays open to analysis. */
  readonly attributes?: Readonly<Record<string, unknown>>;
  /** What is about the person; the server seals it. */
  readonly personal?: Readonly<Record<string, unknown>>;
}

/** What an app records; `occurredAt` is now, and `service` and `means` are the queue's, unless they are said. */
export type Recorded = Omit<TelemetryEvent, 'eventId' | 'subjectId' | 'occurredAt' | 'service' | 'purposes'> & {
  readonly occurredAt?: string;
  readonly service?: string;
  readonly purposes?: readonly string[];
};

/** A list of events under a name of its own: sent again it is the very same list, and another list has another name. */
export interface TelemetryBatch {
  readonly batchId: string;
  readonly events: TelemetryEvent[];
}

/** Why an event did not reach the server, or was not taken by it. */
export type DropReason =
  /** Above the cap of events or bytes; the oldest go first. */
  | 'tooMany'
  | 'tooOld'
  /** A single event that is larger than any may be. */
  | 'tooLarge'
  /** It cannot be written as JSON, or its instant cannot be read. */
  | 'malformed'
  /** The subject does not allow it: it was never written down. */
  | 'notAllowed'
  /** It waited when the subject withdrew its purpose. */
  | 'withdrawn'
  /** It waits in memory alone, or was lost there, because nobody knows yet what the subject allows. */
  | 'undecided'
  | 'storageFull'
  | 'purged'
  | `refused:${string}`;

export type DropCounts = Readonly<Partial<Record<DropReason, number>>>;

/** How many bytes an event takes on the wire. */
export function bytesOf(event: TelemetryEvent): number {
  return new TextEncoder().encode(JSON.stringify(event)).length;
}

/** The event as it will be read on the other side; null where that cannot be. */
export function asPlain(event: Omit<TelemetryEvent, 'purposes'>): TelemetryEvent | null {
  try {
    return Number.isNaN(Date.parse(event.occurredAt)) ? null : (JSON.parse(JSON.stringify(event)) as TelemetryEvent);
  } catch {
    return null;
  }
}
