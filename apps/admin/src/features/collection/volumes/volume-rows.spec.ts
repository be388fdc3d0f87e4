import { describe, expect, it } from '@jest/globals';
import { volumeRows } from './volume-rows.js';

const keeping = {
  purposes: null,
  period: 'P6M',
  until: null,
  then: 'delete',
  policy: 'general',
  revision: 2,
  clauseId: 'keep',
};
const volume = (category: string, service: string, events: number, more = {}) => ({
  category,
  service,
  events,
  sensitive: false,
  sensitiveEvents: 0,
  due: null,
  keepings: [keeping],
  ...more,
});

describe('volumes', () => {
  it('are those of a category over its services, each promise named once', () => {
    const [row] = volumeRows(
      [
        volume('log.device', 'ticketing', 5, { sensitiveEvents: 2 }),
        volume('log.device', 'lockers', 3),
        volume('log.device', 'parking', 1, { keepings: [] }),
      ],
      [],
    );
    expect(row).toEqual({
      category: 'log.device',
      sensitive: false,
      stored: 9,
      share: 1,
      sensitiveStored: 2,
      due: null,
      accepted: 0,
      refused: 0,
      services: [
        { service: 'ticketing', events: 5 },
        { service: 'lockers', events: 3 },
        { service: 'parking', events: 1 },
      ],
      keepings: [keeping, null],
    });
  });

  it('tell how much is due over all services, and since the first of it', () => {
    const [first, second] = ['2026-11-01T00:00:00.000Z', '2026-11-08T00:00:00.000Z'];
    const [row] = volumeRows(
      [
        volume('log.device', 'ticketing', 5, { due: { count: 2, since: second } }),
        volume('log.device', 'lockers', 3),
        volume('log.device', 'parking', 1, { due: { count: 1, since: first } }),
      ],
      [],
    );
    expect(row?.due).toEqual({ count: 3, since: first });
  });

  it('put the largest first, and last what came in but is not stored', () => {
    const came = [
      { category: '', sensitive: false, accepted: 0, refused: 4 },
      { category: 'content.metadata', sensitive: true, accepted: 0, refused: 9 },
      { category: 'log.search', sensitive: false, accepted: 2, refused: 0 },
    ];
    const rows = volumeRows([volume('log.device', 'ticketing', 2), volume('log.search', 'ticketing', 8)], came);
    expect(
      rows.map(({ category, stored, share, accepted, refused }) => [category, stored, share, accepted, refused]),
    ).toEqual([
      ['log.search', 8, 1, 2, 0],
      ['log.device', 2, 0.25, 0, 0],
      ['content.metadata', 0, 0, 0, 9],
      ['', 0, 0, 0, 4],
    ]);
    expect(rows[2]).toMatchObject({ sensitive: true, services: [], keepings: [] });
  });
});
