import type { IngestSummary, TelemetryVolume } from '../collection.types.js';

export type Keeping = TelemetryVolume['keepings'][number];

/** One category: what is stored of it, by service, and what became of what came in lately. */
export interface VolumeRow {
  /** Empty for what nobody registered. */
  readonly category: string;
  readonly sensitive: boolean;
  readonly stored: number;
  /** Of what the largest category has, from 0 to 1. */
  readonly share: number;
  readonly sensitiveStored: number;
  /** Of what is stored, what is over its time; null where nothing is. */
  readonly due: TelemetryVolume['due'];
  readonly services: readonly { readonly service: string; readonly events: number }[];
  /** Each promise once; null where a service has none. */
  readonly keepings: readonly (Keeping | null)[];
  readonly accepted: number;
  readonly refused: number;
}

/** The largest first; categories of which something came in but nothing is stored come last. */
export function volumeRows(volumes: readonly TelemetryVolume[], came: IngestSummary['byCategory']): VolumeRow[] {
  const stored = Map.groupBy(volumes, ({ category }) => category);
  const arrived = new Map(came.map((one) => [one.category, one]));
  const categories = [...new Set([...stored.keys(), ...arrived.keys()])];
  const rows = categories.map((category) => {
    const own = stored.get(category) ?? [];
    const { accepted = 0, refused = 0, sensitive = false } = arrived.get(category) ?? {};
    return {
      category,
      accepted,
      refused,
      sensitive: own[0]?.sensitive ?? sensitive,
      stored: sumOf(own, ({ events }) => events),
      sensitiveStored: sumOf(own, ({ sensitiveEvents }) => sensitiveEvents),
      due: dueOf(own),
      services: own.map(({ service, events }) => ({ service, events })),
      keepings: [...new Map(own.flatMap(promised).map((one) => [JSON.stringify(one), one])).values()],
    };
  });
  const largest = Math.max(1, ...rows.map(({ stored: events }) => events));
  return rows
    .map((row) => ({ ...row, share: row.stored / largest }))
    .sort((one, other) => other.stored - one.stored || other.accepted - one.accepted || other.refused - one.refused);
}

function promised({ keepings }: TelemetryVolume): readonly (Keeping | null)[] {
  return keepings.length > 0 ? keepings : [null];
}

/** Over all services, since the first of it. */
function dueOf(volumes: readonly TelemetryVolume[]): TelemetryVolume['due'] {
  const due = volumes.flatMap((volume) => volume.due ?? []);
  const [first] = due.map(({ since }) => since).sort();
  return first === undefined ? null : { count: due.reduce((sum, { count }) => sum + count, 0), since: first };
}

function sumOf(volumes: readonly TelemetryVolume[], of: (volume: TelemetryVolume) => number): number {
  return volumes.reduce((sum, volume) => sum + of(volume), 0);
}
