import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { HolderAnswersController } from './calls/holder-answers.controller.js';
import { HolderCall } from './calls/holder-call.entity.js';
import { HolderCallbacks } from './calls/holder-callbacks.service.js';
import { HolderCallQueries } from './calls/holder-calls.queries.js';
import { HolderCalls } from './calls/holder-calls.service.js';
import { HolderClient } from './protocol/holder-client.js';
import { HolderChanges } from './administration/holder-changes.service.js';
import { HolderChecks } from './registry/holder-checks.service.js';
import { OutsideHolder } from './registry/outside-holder.entity.js';
import { OutsideHoldersController } from './administration/outside-holders.controller.js';
import { OutsideHolders } from './registry/outside-holders.service.js';

/** Services outside that keep personal data: who they are, and how they are asked until they have answered. */
@Module({
  imports: [TypeOrmModule.forFeature([OutsideHolder, HolderCall])],
  controllers: [OutsideHoldersController, HolderAnswersController],
  providers: [
    HolderClient,
    OutsideHolders,
    HolderChanges,
    HolderChecks,
    HolderCallQueries,
    HolderCalls,
    HolderCallbacks,
  ],
  exports: [OutsideHolders, HolderCalls],
})
export class HoldersModule {}
