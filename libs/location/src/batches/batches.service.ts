import { Injectable } from '@nestjs/common';
import { withinBounds } from '@abide/consent';
import { Clock } from '@abide/kernel';
import { ownerOf, type IngestAnswer, type Refusal } from '@abide/ingest';
import { requestContext, type ClientPrincipal, type SubjectPrincipal } from '@abide/platform';
import { Vault } from '@abide/vault';
import { impossibleJumps } from '../places/plausible.rules.js';
import type { CheckedFix } from './fix.js';
import { FixChecks } from './fix-checks.js';
import { FixIngest } from './fix-ingest.js';
import { FixCounts } from './ingest-counts.js';

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
    private readonly vault: Vault,
    private readonly checks: FixChecks,
    private readonly ingest: FixIngest,
    private readonly counts: FixCounts,
  ) {}

  /** Resolves once everything accepted is committed. @throws DomainError `batch.reused`, `service.busy` */
  async submit({ batchId, fixes }: SubmittedBatch, from: SubjectPrincipal | ClientPrincipal): Promise<IngestAnswer> {
    const { arrivedAt = performance.now(), globalPrivacyControl: hasGpcSignal = false } = requestContext() ?? {};
    const now = this.clock.now().getTime();
    const sender = from.kind === 'subject' ? from : { subjectId: null, sessionId: null };
    const [check, content] = await this.ingest.prepareBatch(
      arrivedAt,
      Promise.all([this.checks.current({ sender, now, hasGpcSignal }), this.contentOf(fixes)]),
    );
    const possible: CheckedFix[] = [];
    const refused: Refusal[] = [];
    fixes.forEach((fix, index) => {
      const checked = check(fix, index);
      if ('code' in checked) refused.push({ index, ...checked });
      else possible.push(checked);
    });
    const jumps = jumpsAmong(possible);
    for (const { index } of jumps) refused.push({ index, code: 'fix.impossible' });
    const items = withinBounds(
      possible.filter((fix) => !jumps.has(fix)),
      refused,
    );
    const ingested = await this.ingest.submit({
      owner: ownerOf(from),
      batchId: batchId.toLowerCase(),
      content,
      items,
      refused,
      arrivedAt,
    });
    if (!ingested.answer.duplicate) this.counts.add(fixes, ingested, now);
    return ingested.answer;
  }

  /** As it was read: other spaces between the same values are the same batch. Keyed, so that nobody who reads the table can try what it held. */
  private contentOf(fixes: readonly unknown[]): Promise<Buffer> {
    return this.vault.blindIndex('location.batches', JSON.stringify(fixes));
  }
}

/** Fixes of somebody that nobody could have been at one after the other. */
function jumpsAmong(fixes: readonly CheckedFix[]): ReadonlySet<CheckedFix> {
  const bySubject = Map.groupBy(fixes, ({ subjectId }) => subjectId);
  return new Set([...bySubject.values()].flatMap((own) => [...impossibleJumps(own)]));
}
