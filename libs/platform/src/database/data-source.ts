import type { ClientConfig } from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { Persistence } from './persistence-set.js';

export const appRole = 'abide_app';

const connectMilliseconds = 4000;
/** Leaves time to say so within the five seconds after which nobody waits any more. */
const lookupMilliseconds = 4000;
/** How much longer than the server may take over a statement its answer is waited for: then the connection has fallen silent. */
const graceMilliseconds = 1000;

export interface ConnectionSettings {
  readonly url: string;
  readonly poolSize: number;
  /** Milliseconds after which the server ends a statement; 0 for none (jobs, migrations). */
  readonly statementTimeout: number;
  /** `app` drops to the restricted role at connection; `migrator` keeps the role of the URL. */
  readonly as: 'app' | 'migrator';
  readonly applicationName: string;
  /** For lookups by key whose statements do not wait for each other's answers; custom queries, such as cursors, do not work on it. */
  readonly isPipelined?: boolean;
}

/** A TypeORM data source over every entity and migration of `persistence`, not connected yet. */
export function createDataSource(settings: ConnectionSettings, persistence: Persistence): DataSource {
  return new DataSource(dataSourceOptions(settings, persistence));
}

/** What TypeORM is told: it never synchronises, and never logs values. */
export function dataSourceOptions(settings: ConnectionSettings, persistence: Persistence): DataSourceOptions {
  return {
    type: 'postgres',
    url: settings.url,
    entities: [...persistence.entities],
    migrations: [...persistence.migrations],
    migrationsTableName: 'abide_migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
    logging: false,
    poolSize: settings.poolSize,
    connectTimeoutMS: connectMilliseconds,
    applicationName: settings.applicationName,
    extra: {
      ...(settings.isPipelined
        ? {
            pipeline: true,
            options: lookupOptions(settings),
            query_timeout: settings.statementTimeout + graceMilliseconds,
          }
        : { options: serverOptions(settings) }),
      idleTimeoutMillis: 30_000,
      keepAlive: true,
    },
  };
}

/** Lookups by key: planned once, and by the index whatever the statistics of a young table say. */
const lookups = [
  'plan_cache_mode=force_generic_plan',
  'enable_seqscan=off',
  'enable_hashjoin=off',
  'enable_mergejoin=off',
  'jit=off',
];

/**
 * The same settings for a connection of its own beside the pool, for lookups. It waits no longer than somebody who asked does: one that has
 * fallen silent is given up.
 */
export function lookupConfigOf(settings: ConnectionSettings): ClientConfig {
  return {
    connectionString: settings.url,
    options: lookupOptions(settings),
    application_name: settings.applicationName,
    connectionTimeoutMillis: connectMilliseconds,
    keepAlive: true,
    query_timeout: Math.min(settings.statementTimeout, lookupMilliseconds),
  };
}

function lookupOptions(settings: ConnectionSettings): string {
  return [serverOptions(settings), ...lookups.map((setting) => `-c ${setting}`)].join(' ');
}

function serverOptions({ as, statementTimeout }: ConnectionSettings): string {
  const options = [
    '-c timezone=UTC',
    '-c default_transaction_isolation=read\\ committed',
    `-c statement_timeout=${statementTimeout}`,
  ];
  if (as === 'app') options.push(`-c role=${appRole}`);
  return options.join(' ');
}
