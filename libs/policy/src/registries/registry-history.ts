import type { Database } from '@abide/platform';
import type {
  Category,
  Purpose,
  Recipient,
  RegistryEntry,
  Service,
  ThirdPartyService,
} from './registry-entries.entity.js';

/** An entry as it stood; when it was registered and changed is not told. */
export type Stood<Entry extends RegistryEntry> = Omit<Entry, 'createdAt' | 'updatedAt'>;

/** What was registered at an instant, by code. */
export interface RegisteredEntries {
  readonly categories: readonly Stood<Category>[];
  readonly purposes: readonly Stood<Purpose>[];
  readonly services: readonly Stood<Service>[];
  readonly recipients: readonly Stood<Recipient>[];
  readonly thirdPartyServices: readonly Stood<ThirdPartyService>[];
}

interface HistoryRow {
  readonly registry: string;
  /** A row of the registry's table, by the names of its columns. */
  readonly entry: Readonly<Record<string, unknown>>;
}

/** Every registry as it stood at an instant. */
export async function registriesAt(db: Database, at: Date): Promise<RegisteredEntries> {
  const rows = await db.query<HistoryRow>(
    `SELECT DISTINCT ON (registry, code) registry, entry FROM policy.registry_history WHERE since <= $1 ORDER BY registry, code, since DESC, place DESC`,
    [at],
  );
  const stood = Map.groupBy(rows, ({ registry }) => registry);
  const entriesOf = <Entry extends RegistryEntry>(registry: string) =>
    (stood.get(registry) ?? []).map(({ entry }) => byProperty(entry) as unknown as Stood<Entry>);
  return {
    categories: entriesOf<Category>('categories'),
    purposes: entriesOf<Purpose>('purposes'),
    services: entriesOf<Service>('services'),
    recipients: entriesOf<Recipient>('recipients'),
    thirdPartyServices: entriesOf<ThirdPartyService>('third_party_services'),
  };
}

/** The names of the fields that were ever registered as sealed for a category's events. */
export async function everPersonalOf(db: Database, category: string): Promise<ReadonlySet<string>> {
  const rows = await db.query<{ name: string }>(
    `SELECT DISTINCT jsonb_object_keys(entry->'event_fields'->'personal') AS name FROM policy.registry_history
     WHERE registry = 'categories' AND code = $1 AND jsonb_typeof(entry->'event_fields'->'personal') = 'object'`,
    [category],
  );
  return new Set(rows.map(({ name }) => name));
}

/** `is_location` to `isLocation`: the names of columns and properties differ by no more. */
function byProperty(entry: HistoryRow['entry']): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(entry).map(([column, value]) => [
      column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}
