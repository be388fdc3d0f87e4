import type { Means } from '../event.entity.js';

/** An event as it stands on the wire, once it passed the schema of its category. */
export interface SubmittedEvent {
  readonly eventId: string;
  readonly subjectId: string;
  readonly category: string;
  readonly occurredAt: string;
  readonly service: string;
  readonly thirdPartyServiceId?: string;
  readonly purposes?: readonly string[] | undefined;
  readonly means?: Means;
  readonly sensitive?: boolean;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly personal?: Readonly<Record<string, unknown>>;
}

/** An event that needs nothing more but a decision. */
export interface CheckedEvent extends SubmittedEvent {
  /** Its place in the request. */
  readonly index: number;
  /** Epoch milliseconds. */
  readonly at: number;
  /** The session of the subject that sent it; null where a service did. */
  readonly sessionId: string | null;
  /** The request that brought it carried Global Privacy Control. */
  readonly hasGpcSignal: boolean;
}
