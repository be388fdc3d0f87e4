const hour = 3_600_000;

export const periods = ['hour', 'day', 'week', 'month'] as const;
export type Period = (typeof periods)[number];

const lengths: Readonly<Record<Period, number>> = { hour, day: 24 * hour, week: 7 * 24 * hour, month: 30 * 24 * hour };

/** The period that the address names; `otherwise` where it names none. */
export function readPeriod(search: URLSearchParams, otherwise: Period = 'day'): Period {
  return periods.find((period) => period === search.get('period')) ?? otherwise;
}

/** From when to when, as it is now. */
export function spanOf(period: Period, now: Date): { from: string; to: string } {
  return { from: new Date(now.getTime() - lengths[period]).toISOString(), to: now.toISOString() };
}
