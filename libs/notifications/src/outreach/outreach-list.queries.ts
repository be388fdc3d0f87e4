import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Page } from '@abide/kernel';
import { readCursor, toPage, type PageQuery } from '@abide/platform';
import { Repository } from 'typeorm';
import { outreachNotFound } from './outreach-changes.service.js';
import { OutreachRun } from './outreach.entity.js';

/** Reads outreaches with their figures: one row each, however many subjects there are. */
@Injectable()
export class OutreachList {
  constructor(@InjectRepository(OutreachRun) private readonly outreachRunRepository: Repository<OutreachRun>) {}

  async page(query: PageQuery): Promise<Page<OutreachRun>> {
    const after = readCursor(query.cursor);
    const rows = await this.outreachRunRepository
      .createQueryBuilder('run')
      .where('CAST(:at AS timestamptz) IS NULL OR (run.created_at, run.id) < (:at, CAST(:id AS uuid))', {
        at: after?.at ?? null,
        id: after?.id ?? null,
      })
      .orderBy({ 'run.createdAt': 'DESC', 'run.id': 'DESC' })
      .limit(query.limit + 1)
      .getMany();
    return toPage(
      rows,
      query.limit,
      ({ createdAt, id }) => ({ at: createdAt, id }),
      (row) => row,
    );
  }

  /** @throws DomainError `outreach.not_found` */
  async get(id: string): Promise<OutreachRun> {
    const run = await this.outreachRunRepository.findOneBy({ id });
    if (!run) throw outreachNotFound();
    return run;
  }
}
