import { Injectable } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { IngestCounts } from '@abide/ingest';
import { Database } from '@abide/platform';
import { categoryOf, sources, type SubmittedFix } from './fix.js';

/** What became of fixes, by minute, category and code: never where they were. */
@Injectable()
export class FixCounts extends IngestCounts<SubmittedFix> {
  constructor(db: Database, clock: Clock) {
    super(db, clock, {
      schema: 'location',
      metric: 'abide_location_fixes_total',
      categoryOf: (fix) => (fix && sources.includes(fix.source) ? categoryOf(fix.source) : ''),
    });
  }
}
