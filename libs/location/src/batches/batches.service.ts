import { Injectable } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import type { ClientPrincipal, IngestAnswer, Refusal, SubjectPrincipal } from '@abide/platform';
import { impossibleJumps } from '../places/plausible.rules.js';
import { categoryOf, sources, type CheckedFix, type FixSource } from './fix.js';
import { FixChecks } from './fix-checks.js';
import { FixesDoor } from './fixes-door.js';
import { IngestCounts } from './ingest-counts.js';

export interface SubmittedBatch {
  readonly batchId: string;
  /** Unchecked: each is judged by itself. */
  readonly fixes: readonly unknown[];
}

/** Takes batches of fixes: checks each fix, lets the gate decide, and counts what became of them. */
@Injectable()
export class Batches {
  constructor(
    private readonly clock: Clock,
    private readonly checks: FixChecks,
    private readonly door: FixesDoor,
    private readonly counts: IngestCounts,
  ) {}

  /** Resolves once everything accepted is committed. @throws DomainError `service.busy` */
  async take({ batchId, fixes }: SubmittedBatch, from: SubjectPrincipal | ClientPrincipal): Promise<IngestAnswer> {
    const now = this.clock.now().getTime();
    const check = await this.checks.current({ subjectId: from.kind === 'subject' ? from.subjectId : null }, now);
    const possible: CheckedFix[] = [];
    const refused: Refusal[] = [];
    fixes.forEach((fix, index) => {
      const checked = check(fix, index);
      if (typeof checked === 'string') refused.push({ index, code: checked });
      else possible.push(checked);
    });
    const jumps = jumpsAmong(possible);
    for (const { index } of jumps) refused.push({ index, code: 'fix.impossible' });
    const items = possible.filter((fix) => !jumps.has(fix));
    const answer = await this.door.take({ owner: ownerOf(from), batchId: batchId.toLowerCase(), items, refused });
    if (!answer.duplicate) this.count(fixes, answer, now);
    return answer;
  }

  private count(fixes: readonly unknown[], { refused }: IngestAnswer, now: number): void {
    const codes = new Map(refused.map(({ index, code }) => [index, code]));
    const sums = new Map<string, { category: string; code: string; fixes: number; lagMilliseconds: number }>();
    fixes.forEach((fix, index) => {
      const { source, occurredAt } = (fix ?? {}) as { source?: unknown; occurredAt?: unknown };
      const code = codes.get(index) ?? '';
      const category = labelOf(source);
      const lag = code === '' ? Math.max(0, now - Date.parse(String(occurredAt))) : 0;
      const sum = sums.get(`${category} ${code}`) ?? { category, code, fixes: 0, lagMilliseconds: 0 };
      sums.set(`${category} ${code}`, { ...sum, fixes: sum.fixes + 1, lagMilliseconds: sum.lagMilliseconds + lag });
    });
    for (const { category, code, ...sum } of sums.values()) this.counts.add(category, code, sum);
  }
}

/** Fixes of somebody that nobody could have been at one after the other. */
function jumpsAmong(fixes: readonly CheckedFix[]): ReadonlySet<CheckedFix> {
  const bySubject = Map.groupBy(fixes, ({ subjectId }) => subjectId);
  return new Set([...bySubject.values()].flatMap((own) => [...impossibleJumps(own)]));
}

/** Batch ids are one per sender. */
function ownerOf(from: SubjectPrincipal | ClientPrincipal): string {
  return from.kind === 'subject' ? `subject:${from.subjectId}` : `client:${from.clientId}`;
}

function labelOf(source: unknown): string {
  return sources.includes(source as FixSource) ? categoryOf(source as FixSource) : '';
}
