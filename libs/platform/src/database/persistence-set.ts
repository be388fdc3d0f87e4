import type { MigrationInterface } from 'typeorm';

type EntityClass = new () => object;
type MigrationClass = new () => MigrationInterface;

/** What one module keeps in the database: its entities and its migrations, for the composition root only. */
export interface Persistence {
  readonly entities: readonly EntityClass[];
  readonly migrations: readonly MigrationClass[];
}

/** One set out of several modules', migrations ordered by the time that ends their class names. */
export function joinPersistence(...sets: readonly Persistence[]): Persistence {
  return {
    entities: sets.flatMap((set) => set.entities),
    migrations: sets.flatMap((set) => set.migrations).sort((a, b) => migrationTime(a.name) - migrationTime(b.name)),
  };
}

function migrationTime(name: string): number {
  return Number(/\d{13}$/.exec(name)?.[0] ?? 0);
}
