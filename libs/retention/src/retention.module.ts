import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AttachmentsModule } from '@abide/attachments';
import { PolicyModule } from '@abide/policy';
import { HoldLifting } from './holds/hold-lifting.service.js';
import { HoldRecords } from './holds/hold-records.js';
import { HoldViews } from './holds/hold-views.js';
import { Hold } from './holds/hold.entity.js';
import { Holds } from './holds/holds.service.js';
import { OperatorHoldsController } from './holds/operator-holds.controller.js';
import { OwnHoldsController } from './holds/own-holds.controller.js';
import { WardHoldsController } from './holds/ward-holds.controller.js';
import { RetentionHolder } from './retention.holder.js';
import { OperatorRetentionController } from './sweep/operator-retention.controller.js';
import { RetentionFragment } from './sweep/retention.fragment.js';
import { RetentionViews } from './sweep/retention-views.js';
import { RunRequests } from './sweep/run-requests.service.js';
import { DueRecords } from './sweep/due-records.js';
import { SparedScopes } from './sweep/spared-scopes.js';
import { SweepRuns } from './sweep/sweep-runs.queries.js';
import { SweeperStates } from './sweep/sweeper-state.queries.js';
import { Sweeper } from './sweep/sweeper.service.js';

/** How long data is kept, and what keeps it longer. */
@Module({
  imports: [AttachmentsModule, PolicyModule, TypeOrmModule.forFeature([Hold])],
  controllers: [OperatorHoldsController, OwnHoldsController, WardHoldsController, OperatorRetentionController],
  providers: [
    HoldRecords,
    Holds,
    HoldLifting,
    HoldViews,
    RetentionHolder,
    SweepRuns,
    SweeperStates,
    DueRecords,
    SparedScopes,
    Sweeper,
    RunRequests,
    RetentionViews,
    RetentionFragment,
  ],
  exports: [Holds],
})
export class RetentionModule {}
