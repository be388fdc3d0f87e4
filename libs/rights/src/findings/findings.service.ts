import { Injectable } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import {
  DeletionGrounds,
  HolderRegistry,
  LegalMinimums,
  type Holder,
  type HoldingSummary,
  type StayingGround,
} from '@abide/platform';
import { Holds } from '@abide/retention';
import { isIrrevocable, type RequestType } from '../request-kinds.js';
import type { OutsideFound } from './outside-found.js';
import { unknownWhys, type Exemption, type Finding } from './finding.rules.js';
import { exemptionsOf, holdsOver, takesKeys, type HeldPart } from './held.rules.js';

/** Whom a request is about, and what of theirs; no categories stand for everything. */
export interface AskedAbout {
  readonly subjectId: string;
  readonly type: RequestType;
  readonly categories: readonly string[];
}

/** What is held of what a request is about, holder by holder, with the grounds that a rule finds against deleting it. */
@Injectable()
export class Findings {
  constructor(
    private readonly holders: HolderRegistry,
    private readonly minimums: LegalMinimums,
    private readonly grounds: DeletionGrounds,
    private readonly holds: Holds,
    private readonly clock: Clock,
  ) {}

  /** By holder and category, in a fixed order, with what holders outside said. */
  async of(request: AskedAbout, outside: readonly OutsideFound[]): Promise<Finding[]> {
    const held: Held[] = [];
    for (const holder of this.holders.all()) held.push(...(await this.heldBy(holder, request)));
    held.push(...outside.map(outsideOf));
    const exempt = isIrrevocable(request.type) ? await this.exemptions(request, held) : async () => [];
    const findings: Finding[] = [];
    // One after the other: in a transaction they share its connection.
    for (const { part, newest, stays, asksItself, ...found } of held)
      findings.push({ ...found, exemptions: await exempt({ part, newest, stays, asksItself }) });
    return findings.sort((one, other) =>
      `${one.holder} ${one.category}` < `${other.holder} ${other.category}` ? -1 : 1,
    );
  }

  private async heldBy(holder: Holder, request: AskedAbout): Promise<Held[]> {
    const said = (await (holder.count?.(request.subjectId) ?? holder.describe(request.subjectId))).filter(
      ({ category }) => request.categories.length === 0 || request.categories.includes(category),
    );
    const staying = isIrrevocable(request.type) ? ((await holder.staying?.(request.subjectId)) ?? null) : null;
    return [...Map.groupBy(said, (one) => one.category)].map(([category, parts]) => {
      const found = together(parts);
      const part = { isKeys: takesKeys(holder, request), category, since: found.since };
      const kept = staying?.find((one) => one.category === category);
      return {
        holder: holder.name,
        category,
        ...found,
        part,
        newest: newestOf(parts),
        stays: stayingOf(kept, request),
        asksItself: staying !== null,
      };
    });
  }

  /** What forbids to delete each, and what speaks against it. Until when at the latest: where the newest record has no date, it may be of this moment. */
  private async exemptions(
    { subjectId, type }: AskedAbout,
    held: readonly Held[],
  ): Promise<(one: Pick<Held, 'part' | 'newest' | 'stays' | 'asksItself'>) => Promise<Exemption[]>> {
    const now = this.clock.now();
    const holds = await this.holds.inForce(subjectId);
    const categories = [...new Set(held.map(({ category }) => category))];
    const grounds = await this.grounds.of(subjectId, categories);
    // A contract ends with the account.
    const isMeant = ({ ground }: StayingGround) => type === 'deletion' || ground !== 'runningContract';
    return async ({ part, newest, stays, asksItself }) => {
      const minimum = asksItself ? null : await this.minimums.of(part.category);
      const lawKeeps = minimum && {
        ground: 'legalMinimum' as const,
        article: minimum.article,
        until: minimum.endOf(newest ?? now),
      };
      const advised = (grounds.get(part.category) ?? []).filter(isMeant);
      const minimums = [lawKeeps, stays].filter((one) => one !== null);
      return exemptionsOf(minimums, holdsOver(holds, part, now), advised);
    };
  }
}

/** What one holder has of a category, before anybody asked what speaks against deleting it. */
interface Held extends Omit<Finding, 'exemptions'> {
  readonly part: HeldPart;
  readonly newest: Date | null;
  /** As the holder says, why some of it stays whatever is decided: it is evidence, or the law has rows kept. */
  readonly stays: StayingGround | null;
  /** Whether the holder said so by its rows; else the profile tells by the kind alone. */
  readonly asksItself: boolean;
}

/** While the account goes on nothing says until when. */
function stayingOf(kept: StayingGround | undefined, { type }: AskedAbout): StayingGround | null {
  return kept
    ? {
        ground: kept.ground,
        article: kept.article,
        until: type === 'deletion' && kept.ground === 'evidence' ? null : kept.until,
      }
    : null;
}

function outsideOf({ outcome, holder, category, count, since, until }: OutsideFound): Held {
  const part = { isKeys: false, category, since };
  const unknown = unknownWhys.find((why) => why === outcome);
  return {
    holder,
    category,
    count,
    since,
    until,
    part,
    newest: null,
    stays: null,
    asksItself: false,
    ...(unknown ? { unknown } : {}),
  };
}

/** When the newest of them occurred; null unless each of them says. */
function newestOf(parts: readonly HoldingSummary[]): Date | null {
  if (!parts.every(({ occurredAt }) => occurredAt)) return null;
  const times = parts.flatMap(({ occurredAt = [] }) => occurredAt.map((at) => at.getTime()));
  return times.length === 0 ? null : new Date(Math.max(...times));
}

function together(parts: readonly HoldingSummary[]): Pick<Finding, 'count' | 'since' | 'until'> {
  const times = (which: 'since' | 'until') => parts.flatMap((part) => part[which]?.getTime() ?? []);
  const at = (milliseconds: number) => (Number.isFinite(milliseconds) ? new Date(milliseconds) : null);
  return {
    count: parts.reduce((sum, { count }) => sum + count, 0),
    since: at(Math.min(...times('since'))),
    until: at(Math.max(...times('until'))),
  };
}
