import { cellToParent, getResolution } from 'h3-js';
import { coarseResolution } from '../places/place.rules.js';

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

type Groups = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Counts subjects by cell; what is known more coarsely than the map is drawn is not in it. Those who are in cells too small to be shown on a finer map count on
 * a coarser one only where they are enough by themselves, so that nobody comes out as the difference between two maps of the same days.
 */
export function heatOf(sightings: readonly Sighting[], { resolution, minimumGroup, mostCells }: Drawing): Heat {
  let shown: Groups = new Map();
  let isSuppressed = false;
  for (let level = coarseResolution; level >= resolution; level -= 1) {
    const present = groupsOf(sightings, level);
    const finer = joined(shown, level);
    const counted = [...present].map(
      ([cell, own]) => [cell, countedOf(own, { finer: finer.get(cell) ?? new Set(), minimumGroup })] as const,
    );
    shown = new Map(counted.filter(([, own]) => own.size >= minimumGroup));
    isSuppressed = [...present].some(([cell, own]) => (shown.get(cell)?.size ?? 0) < own.size);
  }
  const cells = [...shown].map(([cell, own]) => ({ cell, subjects: own.size }));
  return { cells: cells.toSorted(byWeight).slice(0, mostCells), isSuppressed };
}

function groupsOf(sightings: readonly Sighting[], level: number): Groups {
  const groups = new Map<string, Set<string>>();
  for (const { subjectId, cell } of sightings) {
    if (getResolution(cell) < level) continue;
    const at = cellToParent(cell, level);
    groups.set(at, (groups.get(at) ?? new Set()).add(subjectId));
  }
  return groups;
}

function joined(groups: Groups, level: number): Groups {
  const parents = new Map<string, Set<string>>();
  for (const [cell, own] of groups) {
    const at = cellToParent(cell, level);
    parents.set(at, (parents.get(at) ?? new Set<string>()).union(own));
  }
  return parents;
}

function countedOf(
  own: ReadonlySet<string>,
  { finer, minimumGroup }: { finer: ReadonlySet<string>; minimumGroup: number },
): ReadonlySet<string> {
  const others = [...own].filter((subject) => !finer.has(subject));
  return others.length >= minimumGroup ? own : finer;
}

function byWeight(one: HeatCell, other: HeatCell): number {
  return other.subjects - one.subjects || (one.cell < other.cell ? -1 : 1);
}
