import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { HolderAnswersController } from './calls/holder-answers.controller.js';
import { HolderCall } from './calls/holder-call.entity.js';
import { HolderCallbacks } from './calls/holder-callbacks.service.js';
import { HolderCallQueries } from './calls/holder-calls.queries.js';
import { HolderCalls } from './calls/holder-calls.service.js';
import { HolderClient } from './protocol/holder-client.js';
import { DatabaseChanges } from './administration/database-changes.service.js';
import { DatabaseHoldersController } from './administration/database-holders.controller.js';
import { HoldersFragment } from './administration/holders.fragment.js';
import { HolderWatch } from './registry/holder-watch.js';
import { ShadowRuns } from './administration/shadow-runs.service.js';
import { DatabaseClient } from './database/database-client.js';
import { DatabaseSessions } from './database/database-sessions.js';
import { HolderConnections } from './registry/holder-connections.js';
import { FormerSecrets } from './registry/former-secrets.service.js';
import { WaitingSecrets } from './registry/waiting-secrets.service.js';
import { HolderChanges } from './administration/holder-changes.service.js';
import { HolderRemovals } from './administration/holder-removals.service.js';
import { SecretChanges } from './administration/secret-changes.service.js';
import { ExpectingRequests } from './registry/expecting-requests.js';
import { HolderChecks } from './registry/holder-checks.service.js';
import { OutsideHolder } from './registry/outside-holder.entity.js';
import { OutsideHoldersController } from './administration/outside-holders.controller.js';
import { OutsideHolders } from './registry/outside-holders.service.js';

/** Services outside that keep personal data: who they are, and how they are asked until they have answered. */
@Module({
  imports: [TypeOrmModule.forFeature([OutsideHolder, HolderCall])],
  controllers: [DatabaseHoldersController, OutsideHoldersController, HolderAnswersController],
  providers: [
    HolderClient,
    DatabaseSessions,
    DatabaseClient,
    HolderConnections,
    WaitingSecrets,
    FormerSecrets,
    DatabaseChanges,
    ShadowRuns,
    HoldersFragment,
    HolderWatch,
    OutsideHolders,
    ExpectingRequests,
    HolderChanges,
    HolderRemovals,
    SecretChanges,
    HolderChecks,
    HolderCallQueries,
    HolderCalls,
    HolderCallbacks,
  ],
  exports: [OutsideHolders, HolderCalls, ExpectingRequests],
})
export class HoldersModule {}
