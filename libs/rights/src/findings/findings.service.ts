import { Injectable } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { HolderRegistry, LegalMinimums, type Holder, type HoldingSummary } from '@abide/platform';
import { Holds, type Hold } from '@abide/retention';
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
    private readonly holds: Holds,
    private readonly clock: Clock,
  ) {}

  /** By holder and category, in a fixed order, with what holders outside said. */
  async of(request: AskedAbout, outside: readonly OutsideFound[]): Promise<Finding[]> {
    const findings: Finding[] = [];
    const holds = isIrrevocable(request.type) ? await this.holds.inForce(request.subjectId) : [];
    for (const holder of this.holders.all()) findings.push(...(await this.heldBy(holder, request, holds)));
    for (const found of outside) findings.push(await this.outsideOf(found, request, holds));
    return findings.sort((one, other) =>
      `${one.holder} ${one.category}` < `${other.holder} ${other.category}` ? -1 : 1,
    );
  }

  private async heldBy(holder: Holder, request: AskedAbout, holds: readonly Hold[]): Promise<Finding[]> {
    const said = (await (holder.count?.(request.subjectId) ?? holder.describe(request.subjectId))).filter(
      ({ category }) => request.categories.length === 0 || request.categories.includes(category),
    );
    const findings: Finding[] = [];
    for (const [category, parts] of Map.groupBy(said, (part) => part.category)) {
      const found = together(parts);
      const part = { isKeys: takesKeys(holder, request), category, since: found.since };
      const exemptions = isIrrevocable(request.type) ? await this.exemptions(part, holds, newestOf(parts)) : [];
      findings.push({ holder: holder.name, category, ...found, exemptions });
    }
    return findings;
  }

  private async outsideOf(
    { outcome, holder, category, count, since, until }: OutsideFound,
    { type }: AskedAbout,
    holds: readonly Hold[],
  ): Promise<Finding> {
    const part = { isKeys: false, category, since };
    const exemptions = isIrrevocable(type) ? await this.exemptions(part, holds, null) : [];
    const unknown = unknownWhys.find((why) => why === outcome);
    return { holder, category, count, since, until, exemptions, ...(unknown ? { unknown } : {}) };
  }

  /** Until when at the latest: where the newest record has no date, it may be of this moment. */
  private async exemptions(part: HeldPart, holds: readonly Hold[], newest: Date | null): Promise<Exemption[]> {
    const now = this.clock.now();
    const minimum = await this.minimums.of(part.category);
    const lawKeeps = minimum && {
      ground: 'legalMinimum' as const,
      article: minimum.article,
      until: minimum.endOf(newest ?? now),
    };
    return exemptionsOf(lawKeeps, holdsOver(holds, part, now));
  }
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
