import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { ExportedRecord } from '@abide/holders';
import { Clock, dayInMilliseconds } from '@abide/kernel';
import type { HeldRecord } from '@abide/platform';
import { SealedFiles } from '@abide/vault';
import { IsNull, Not, Repository } from 'typeorm';
import { linesIn } from '../json-lines.js';
import { RequestHolder } from '../requests/request-parts.entities.js';
import type { SubjectRequest } from '../requests/request.entity.js';

/** How long what came from outside waits for the rest of the answer. */
const keptDays = 60;

/** What holders outside exported for a request: sealed under the person's keys until their package is written. */
@Injectable()
export class OutsideExports {
  constructor(
    @InjectRepository(RequestHolder) private readonly holderRepository: Repository<RequestHolder>,
    private readonly files: SealedFiles,
    private readonly clock: Clock,
  ) {}

  /** Outside of transactions; it goes within a day unless it is kept. Resolves to its id. */
  async write(subjectId: string, records: AsyncIterable<ExportedRecord>): Promise<string> {
    return (await this.files.write({ content: lines(records), subjectId, expiresAt: this.in(1) })).id;
  }

  async keep(fileId: string): Promise<void> {
    await this.files.keep(fileId, this.in(keptDays));
  }

  /** What is of one kind, in the order in which it came; no earlier round has left any. A holder may have answered with more than it was asked for. */
  async *read(
    { subjectId, requestId, holder }: Pick<RequestHolder, 'subjectId' | 'requestId' | 'holder'>,
    category: string,
  ): AsyncGenerator<HeldRecord> {
    const row = await this.holderRepository.findOneBy({ subjectId, requestId, holder, fileId: Not(IsNull()) });
    if (!row?.fileId) return;
    const { content } = await this.files.read(row.fileId);
    for await (const lines of linesIn(content))
      for (const line of lines) {
        const { since, ...record } = JSON.parse(line) as Omit<HeldRecord, 'since' | 'table'> & { since: string };
        if (record.category === category) yield { ...record, table: holder, since: new Date(since) };
      }
  }

  /** Once the package is written; in the open transaction. */
  async discard({ subjectId, id: requestId }: SubjectRequest): Promise<void> {
    const rows = await this.holderRepository.findBy({ subjectId, requestId, fileId: Not(IsNull()) });
    await this.files.delete(...rows.flatMap(({ fileId }) => fileId ?? []));
    await this.holderRepository.update({ subjectId, requestId }, { fileId: null });
  }

  private in(days: number): Date {
    return new Date(this.clock.now().getTime() + days * dayInMilliseconds);
  }
}

async function* lines(records: AsyncIterable<ExportedRecord>): AsyncGenerator<Uint8Array> {
  for await (const { category, id, since, values } of records)
    yield Buffer.from(`${JSON.stringify({ category, id, since, values })}\n`);
}
