import { Injectable } from '@nestjs/common';
import type { OperatorPrincipal, PageQuery } from '@abide/platform';
import { FragmentRegistry, type Fragment } from './fragment-registry.js';
import { newestFirst, readTimelineCursor, writeTimelineCursor, type TimelinePosition } from './timeline.rules.js';

/** One thing that happened to a subject, in facts that the console words; never a text of its own. */
export interface TimelineEntry extends TimelinePosition {
  /** Such as `accepted`. */
  readonly kind: string;
  /** The operator who did it; absent where the subject or nobody did. */
  readonly actor?: { readonly id: string; readonly name: string };
  readonly facts: Readonly<Record<string, string | number>>;
}

export interface TimelineRange {
  /** Entries older than this alone; from the newest where it is null. */
  readonly before: TimelinePosition | null;
  readonly limit: number;
}

export interface TimelineFragment extends Fragment {
  /** The newest of the range, `limit` at most. */
  load(subjectId: string, range: TimelineRange): Promise<readonly TimelineEntry[]>;
}

export interface TimelinePage {
  readonly entries: readonly TimelineEntry[];
  readonly nextCursor: string | null;
  /** The fragments whose entries are not among them because they failed. */
  readonly missing: readonly string[];
}

/** The registry of what happened around a subject. */
@Injectable()
export class TimelineFragments extends FragmentRegistry<TimelineFragment> {
  /** A page merged by time over every fragment that the operator may see. @throws DomainError `request.bad_cursor` */
  async page(subjectId: string, operator: OperatorPrincipal, { limit, cursor }: PageQuery): Promise<TimelinePage> {
    const range: TimelineRange = { before: readTimelineCursor(cursor), limit: limit + 1 };
    const { answers, missing } = await this.gather(operator, (fragment) => fragment.load(subjectId, range));
    const merged = answers.flatMap(({ answer }) => answer.slice(0, range.limit)).toSorted(newestFirst);
    const entries = merged.slice(0, limit);
    const last = entries.at(-1);
    return { entries, nextCursor: merged.length > limit && last ? writeTimelineCursor(last) : null, missing };
  }
}
