import { perBucket } from '@abide/platform';

/** The decisions that came out one way, bucket by bucket. */
export interface CodeSeries {
  readonly code: string;
  readonly decisions: number;
  readonly perBucket: readonly number[];
}

interface Counted {
  readonly at: Date;
  readonly code: string;
  readonly decisions: number;
}

/** What was counted, with a zero wherever nothing was; the most frequent outcome first. */
export function seriesOf(counted: readonly Counted[], instants: readonly Date[]): CodeSeries[] {
  const series = [...Map.groupBy(counted, ({ code }) => code)].map(([code, own]) => {
    const figures = perBucket(
      own.map(({ at, decisions }) => ({ at, count: decisions })),
      instants,
    );
    return { code, perBucket: figures, decisions: figures.reduce((sum, one) => sum + one, 0) };
  });
  return series.sort((a, b) => b.decisions - a.decisions || (a.code < b.code ? -1 : 1));
}
