import { Module } from '@nestjs/common';
import { ConsentModule } from '@abide/consent';
import { BatchesController } from './batches/batches.controller.js';
import { Batches } from './batches/batches.service.js';
import { FixChecks } from './batches/fix-checks.js';
import { FixesDoor } from './batches/fixes-door.js';
import { IngestCounts } from './batches/ingest-counts.js';

/** Where subjects were, while they let us know: fixes, the trail, the coarse map. */
@Module({
  imports: [ConsentModule],
  controllers: [BatchesController],
  providers: [FixChecks, FixesDoor, IngestCounts, Batches],
})
export class LocationModule {}
