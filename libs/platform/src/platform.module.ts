import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Clock } from '@abide/kernel';
import { Config } from './config/config.js';
import {
  createDataSource,
  dataSourceOptions,
  lookupConfigOf,
  type ConnectionSettings,
} from './database/data-source.js';
import { Database } from './database/database.js';
import type { Persistence } from './database/persistence-set.js';
import { PipelinedReads } from './database/pipelined-reads.js';
import { PipelinedSource } from './database/pipelined-source.js';
import { DevelopmentController } from './delivery/development.controller.js';
import { Delivery } from './delivery/delivery.js';
import { AccessGuard, UseListeners } from './http/access.guard.js';
import { KeySweep } from './http/key-sweep.js';
import { ProblemFilter } from './http/problem.filter.js';
import { Jobs } from './jobs/jobs.js';
import { ProcessLocks } from './jobs/process-locks.js';
import { ScheduledTasks } from './jobs/scheduled-tasks.js';
import { HealthController } from './observability/health.controller.js';
import { HeldScopes } from './personal-data/held-scopes.js';
import { HolderRegistry } from './personal-data/holder-registry.js';
import { DeletionGrounds } from './personal-data/deletion-grounds.js';
import { LegalMinimums } from './personal-data/legal-minimums.js';
import { SettableClock } from './time/settable-clock.js';
import { AddressGuard, HostResolver } from './webhooks/address-guard.js';
import { OutgoingRequests } from './webhooks/outgoing-requests.js';
import { WebhookDeliveries } from './webhooks/webhook-deliveries.queries.js';
import { Webhooks } from './webhooks/webhooks.js';
import { WebhookSender } from './webhooks/webhook-sender.js';

const statementTimeoutMilliseconds = 5000;
/** Two doors take in what is collected, four commits at a time each. */
const pipelines = 8;
const webhooks = [AddressGuard, HostResolver, OutgoingRequests, WebhookSender, WebhookDeliveries, Webhooks];

/**
 * Everything a module stands on: database, jobs, clock, HTTP conventions, delivery, observability. Global.
 * The data source comes first among the imports, since Nest closes what came last first: the connections end when nobody needs them any more.
 */
@Module({})
export class PlatformModule {
  static forRoot(config: Config, persistence: Persistence): DynamicModule {
    const dataSource = TypeOrmModule.forRootAsync({
      // `createHttpApp` connects it, so that the routes can be described without a database.
      useFactory: () => ({ ...dataSourceOptions(settingsOf(config), persistence), manualInitialization: true }),
    });
    return { module: PlatformModule, imports: [dataSource, PlatformCoreModule.forRoot(config, persistence)] };
  }
}

/** What every module uses, as it is. */
const shared = [
  Database,
  SettableClock,
  Jobs,
  ScheduledTasks,
  Delivery,
  DeletionGrounds,
  HeldScopes,
  HolderRegistry,
  LegalMinimums,
  UseListeners,
];

@Module({})
class PlatformCoreModule implements OnApplicationShutdown {
  constructor(
    private readonly reads: PipelinedReads,
    private readonly pipelines: PipelinedSource,
  ) {}

  static forRoot(config: Config, persistence: Persistence): DynamicModule {
    return {
      module: PlatformCoreModule,
      global: true,
      imports: [DiscoveryModule],
      controllers: config.isProduction ? [HealthController] : [HealthController, DevelopmentController],
      providers: [
        { provide: Config, useValue: config },
        { provide: PipelinedReads, useFactory: () => new PipelinedReads(lookupConfigOf(settingsOf(config))) },
        { provide: ProcessLocks, useFactory: () => new ProcessLocks(lookupConfigOf(settingsOf(config))) },
        {
          provide: PipelinedSource,
          useFactory: () =>
            new PipelinedSource(
              createDataSource({ ...settingsOf(config), poolSize: pipelines, isPipelined: true }, persistence),
            ),
        },
        ...shared,
        { provide: Clock, useExisting: SettableClock },
        KeySweep,
        ...webhooks,
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
      exports: [Config, Clock, ...shared, Webhooks, AddressGuard, OutgoingRequests],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.reads.close();
    await this.pipelines.close();
  }
}

function settingsOf(config: Config): ConnectionSettings {
  return {
    url: config.get('DATABASE_URL'),
    poolSize: config.get('DATABASE_POOL_SIZE'),
    statementTimeout: statementTimeoutMilliseconds,
    as: 'app',
    applicationName: `abide-${config.get('ABIDE_ROLE')}`,
  };
}
