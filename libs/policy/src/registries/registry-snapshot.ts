import type { Profile, RulebookRegistry } from '@abide/rulebook';
import type { EventFields } from './event-fields.rules.js';
import type { Names } from './opening-words.js';
import type { RegisterName } from './openings.js';
import type {
  Category,
  Purpose,
  Recipient,
  RegistryEntry,
  Service,
  ThirdPartyService,
} from './registry-entries.entity.js';
import type { RegisteredEntries, Stood } from './registry-history.js';

/** What clauses may refer to, as it stands, with the version that outdates whatever was compiled from it. */
export interface RegistrySnapshot {
  readonly version: string;
  readonly registry: RulebookRegistry;
  /** The slugs of the registered recipients by id. */
  readonly recipientSlugs: ReadonlyMap<string, string>;
  /** What events may hold, by category, for those where an operator said so. */
  readonly eventFields: ReadonlyMap<string, EventFields>;
}

/** Everything that is registered, as it is kept. */
export interface StandingEntries {
  readonly categories: readonly Category[];
  readonly purposes: readonly Purpose[];
  readonly services: readonly Service[];
  readonly recipients: readonly Recipient[];
  readonly thirdPartyServices: readonly ThirdPartyService[];
  readonly profile: Profile;
}

export function foreseen(entries: StandingEntries): RulebookRegistry {
  return snapshotOf(entries, 'foreseen').registry;
}

export function snapshotOf(
  {
    categories,
    purposes,
    services,
    recipients,
    thirdPartyServices,
    profile,
  }: RegisteredEntries & { readonly profile: Profile },
  version: string,
): RegistrySnapshot {
  return {
    version,
    recipientSlugs: new Map(recipients.map(({ id, code }) => [id, code])),
    eventFields: new Map(
      categories.flatMap(({ code, eventFields }) => (eventFields === null ? [] : [[code, eventFields]])),
    ),
    registry: {
      catalogue: { categories: categories.map(toCategoryEntry), purposes: purposes.map(toPurposeEntry) },
      services: onceAnyIsRegistered(services, (service) => service.code),
      recipients: onceAnyIsRegistered(recipients, toRecipientEntry),
      thirdPartyServices: onceAnyIsRegistered(thirdPartyServices, (service) => service.code),
      profile,
    },
  };
}

const lists = {
  category: 'categories',
  purpose: 'purposes',
  service: 'services',
  recipient: 'recipients',
  thirdPartyService: 'thirdPartyServices',
} as const;

export function withEntry(entries: StandingEntries, register: RegisterName, entry: RegistryEntry): StandingEntries {
  const list = lists[register];
  return { ...entries, [list]: [...entries[list].filter(({ code }) => code !== entry.code), entry] };
}

export function namesIn({ categories, purposes, services, recipients, thirdPartyServices }: StandingEntries): Names {
  return {
    catalogue: { categories: categories.map(toCategoryEntry), purposes: purposes.map(toPurposeEntry) },
    services: new Map(services.map(({ code, name }) => [code, name])),
    recipients: new Map(recipients.map((recipient) => [recipient.code, recipient])),
    thirdPartyServices: new Map(thirdPartyServices.map(({ code, name }) => [code, name])),
  };
}

/** A register that nobody has begun to keep binds nobody: the policy's own lists stand in for it (null). */
function onceAnyIsRegistered<Entry, Fact>(entries: readonly Entry[], toFact: (entry: Entry) => Fact): Fact[] | null {
  return entries.length === 0 ? null : entries.map(toFact);
}

function toCategoryEntry({
  code,
  label,
  isSensitive,
  isLocation,
}: Stood<Category>): RulebookRegistry['catalogue']['categories'][number] {
  return { code, label, isSensitive, isLocation };
}

function toPurposeEntry({
  code,
  label,
  isCoveredByGpc,
}: Stood<Purpose>): RulebookRegistry['catalogue']['purposes'][number] {
  return { code, label, isCoveredByGpc };
}

function toRecipientEntry({
  code,
  kind,
  name,
  region,
  isActive,
  contractUntil,
}: Stood<Recipient>): NonNullable<RulebookRegistry['recipients']>[number] {
  return { slug: code, kind, name: name.en, region, active: isActive, contractUntil };
}
