import { alreadyStoredCode } from '@abide/ingest';
import { perBucket } from '@abide/platform';

/** What was counted of one outcome in one bucket; `code` is empty for what was accepted. */
export interface CountedOutcome {
  readonly at: Date;
  readonly code: string;
  readonly events: number;
  /** Received less occurred, summed over the events. */
  readonly lagMilliseconds: number;
}

export interface IngestPoint {
  readonly at: Date;
  readonly accepted: number;
  readonly refused: number;
  /** How long ago what was accepted had occurred, on average; null where nothing was. */
  readonly lagMilliseconds: number | null;
}

/** The events refused for one reason, bucket by bucket. */
export interface ReasonSeries {
  readonly code: string;
  readonly events: number;
  readonly perPoint: readonly number[];
}

/** Accepted and refused in each bucket, with zeros wherever nothing came. */
export function pointsOf(counted: readonly CountedOutcome[], instants: readonly Date[]): IngestPoint[] {
  const accepted = counted.filter(({ code }) => code === '');
  const acceptedEvents = perBucket(
    accepted.map(({ at, events }) => ({ at, count: events })),
    instants,
  );
  const lags = perBucket(
    accepted.map(({ at, lagMilliseconds }) => ({ at, count: lagMilliseconds })),
    instants,
  );
  const refused = reasonsOf(counted, instants);
  return instants.map((at, index) => {
    const events = acceptedEvents[index] ?? 0;
    return {
      at,
      accepted: events,
      refused: refused.reduce((sum, { perPoint }) => sum + (perPoint[index] ?? 0), 0),
      lagMilliseconds: events === 0 ? null : Math.round((lags[index] ?? 0) / events),
    };
  });
}

/** The most frequent reason first. */
export function reasonsOf(counted: readonly CountedOutcome[], instants: readonly Date[]): ReasonSeries[] {
  const byCode = Map.groupBy(
    counted.filter(({ code }) => code !== '' && code !== alreadyStoredCode),
    ({ code }) => code,
  );
  const series = [...byCode].map(([code, own]) => {
    const perPoint = perBucket(
      own.map(({ at, events }) => ({ at, count: events })),
      instants,
    );
    return { code, perPoint, events: perPoint.reduce((sum, one) => sum + one, 0) };
  });
  return series.sort((a, b) => b.events - a.events || (a.code < b.code ? -1 : 1));
}
