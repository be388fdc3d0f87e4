import type { Localized } from '@abide/kernel';

/** The figures of one purpose, oldest day first. */
export interface PurposeRates {
  readonly purpose: string;
  readonly name: Localized;
  readonly points: readonly {
    readonly day: string;
    readonly granted: number;
    readonly withdrawn: number;
    readonly subjects: number;
  }[];
}
