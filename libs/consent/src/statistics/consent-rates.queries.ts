import { Injectable } from '@nestjs/common';
import { Clock, dayInMilliseconds, DomainError } from '@abide/kernel';
import { Database } from '@abide/platform';
import { Registries } from '@abide/policy';
import { addDays, dayOf } from './days.js';
import type { RatesQuery } from './consent-rates.dto.js';
import type { PurposeRates } from './purpose-rates.js';

interface Row {
  readonly day: string;
  readonly purpose: string;
  readonly granted: number;
  readonly withdrawn: number;
  readonly subjects: number;
  readonly countedAt: Date;
}

const mostDays = 366;

/** Reads how consents stood on each day. */
@Injectable()
export class ConsentRates {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly registries: Registries,
  ) {}

  /** In the order of the purpose registry. @throws DomainError `request.invalid` where the days are turned round or too many */
  async of({
    purpose,
    from,
    to,
    days,
  }: RatesQuery): Promise<{ items: PurposeRates[]; utcOffsetHours: number; asOf: Date | null }> {
    const { registry } = await this.registries.snapshot();
    const { utcOffsetHours } = registry.profile;
    const last = to ?? dayOf(this.clock.now(), utcOffsetHours);
    const first = from ?? addDays(last, 1 - days);
    requireRange(first, last);
    const rows = await this.db.query<Row>(
      `SELECT day::text AS day, purpose, granted, withdrawn, subjects, counted_at AS "countedAt" FROM consent.daily_figures
       WHERE day BETWEEN $1 AND $2 AND ($3::text IS NULL OR purpose = $3) ORDER BY day`,
      [first, last, purpose ?? null],
    );
    const byPurpose = Map.groupBy(rows, (row) => row.purpose);
    const items = registry.catalogue.purposes.flatMap(({ code, label }) => {
      const own = byPurpose.get(code);
      return own
        ? [
            {
              purpose: code,
              name: label,
              points: own.map(({ day, granted, withdrawn, subjects }) => ({ day, granted, withdrawn, subjects })),
            },
          ]
        : [];
    });
    return {
      items,
      utcOffsetHours,
      asOf: rows.reduce<Date | null>(
        (latest, { countedAt }) => (latest && latest > countedAt ? latest : countedAt),
        null,
      ),
    };
  }
}

function requireRange(first: string, last: string): void {
  const days = (Date.parse(last) - Date.parse(first)) / dayInMilliseconds + 1;
  if (days >= 1 && days <= mostDays) return;
  const message = `Name days in their order, ${mostDays} at most.`;
  throw new DomainError('invalid', 'request.invalid', {
    detail: message,
    errors: [{ pointer: '/from', code: 'invalid', message }],
  });
}
