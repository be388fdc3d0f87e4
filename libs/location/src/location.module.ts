import { Module } from '@nestjs/common';
import { ConsentModule } from '@abide/consent';
import { BatchesController } from './batches/batches.controller.js';
import { Batches } from './batches/batches.service.js';
import { FixChecks } from './batches/fix-checks.js';
import { FixIngest } from './batches/fix-ingest.js';
import { FixCounts } from './batches/ingest-counts.js';
import { CoarsenedFixes } from './coarsened-fixes.js';
import { HeatController } from './heat/heat.controller.js';
import { HeatMaps } from './heat/heat.service.js';
import { LocationHolder } from './location.holder.js';
import { LocationMaintenance } from './location-maintenance.js';
import { OpenedFixes } from './trails/opened-fixes.js';
import { TrailsController } from './trails/trails.controller.js';
import { Trails } from './trails/trails.service.js';

/** Where subjects were, while they let us know: fixes, the trail, the coarse map. */
@Module({
  imports: [ConsentModule],
  controllers: [BatchesController, TrailsController, HeatController],
  providers: [
    FixChecks,
    FixIngest,
    FixCounts,
    Batches,
    OpenedFixes,
    Trails,
    HeatMaps,
    LocationHolder,
    CoarsenedFixes,
    LocationMaintenance,
  ],
})
export class LocationModule {}
