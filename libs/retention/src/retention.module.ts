import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AttachmentsModule } from '@abide/attachments';
import { PolicyModule } from '@abide/policy';
import { HoldEvidence } from './holds/hold-evidence.js';
import { HoldLifting } from './holds/hold-lifting.service.js';
import { HoldRecords } from './holds/hold-records.js';
import { HoldViews } from './holds/hold-views.js';
import { Hold } from './holds/hold.entity.js';
import { Holds } from './holds/holds.service.js';
import { OperatorHoldsController } from './holds/operator-holds.controller.js';
import { OwnHoldsController } from './holds/own-holds.controller.js';
import { WardHoldsController } from './holds/ward-holds.controller.js';
import { RetentionHolder } from './retention.holder.js';

/** How long data is kept, and what keeps it longer. */
@Module({
  imports: [AttachmentsModule, PolicyModule, TypeOrmModule.forFeature([Hold])],
  controllers: [OperatorHoldsController, OwnHoldsController, WardHoldsController],
  providers: [HoldRecords, HoldEvidence, Holds, HoldLifting, HoldViews, RetentionHolder],
  exports: [Holds],
})
export class RetentionModule {}
