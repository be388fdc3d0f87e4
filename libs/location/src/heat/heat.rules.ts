import { cellToParent, getResolution } from 'h3-js';

/** That a subject was in a cell. */
export interface Sighting {
  readonly subjectId: string;
  readonly cell: string;
}

/** How many different subjects were in a cell. */
export interface HeatCell {
  readonly cell: string;
  readonly subjects: number;
}

/** What may be shown of where subjects were: cells that no single one stands out in. */
export interface Heat {
  /** Those with the most subjects first. */
  readonly cells: readonly HeatCell[];
  /** There are cells with fewer subjects than the smallest group, of which nothing is told, not even how many. */
  readonly isSuppressed: boolean;
}

interface Drawing {
  readonly resolution: number;
  readonly minimumGroup: number;
  readonly mostCells: number;
}

/** Counts subjects by cell; what is known more coarsely than the map is drawn is not in it. */
export function heatOf(sightings: readonly Sighting[], { resolution, minimumGroup, mostCells }: Drawing): Heat {
  const subjects = new Map<string, Set<string>>();
  for (const { subjectId, cell } of sightings) {
    if (getResolution(cell) < resolution) continue;
    const at = cellToParent(cell, resolution);
    const known = subjects.get(at);
    if (known) known.add(subjectId);
    else subjects.set(at, new Set([subjectId]));
  }
  const all = [...subjects].map(([cell, own]) => ({ cell, subjects: own.size }));
  const shown = all.filter((one) => one.subjects >= minimumGroup);
  return { cells: shown.toSorted(byWeight).slice(0, mostCells), isSuppressed: shown.length < all.length };
}

function byWeight(one: HeatCell, other: HeatCell): number {
  return other.subjects - one.subjects || (one.cell < other.cell ? -1 : 1);
}
