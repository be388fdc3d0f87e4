import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  Clock,
  DomainError,
  locales,
  newId,
  type FieldError,
  type Locale,
  type Localized,
  type Page,
} from '@abide/kernel';
import { Audit } from '@abide/audit';
import { PendingChanges } from '@abide/identity';
import { Database, type PageQuery } from '@abide/platform';
import { catalogue, profiles, type Profile, type RulebookRegistry } from '@abide/rulebook';
import { Repository } from 'typeorm';
import { refuseFields, type EventFields } from './event-fields.rules.js';
import { looseningWords, openingWords, plainWords, renamingWords, type OpensWords } from './opening-words.js';
import type { Openings, RegisterName, Touched } from './openings.js';
import {
  Category,
  ProfileVersion,
  Purpose,
  Recipient,
  Service,
  ThirdPartyService,
  type RegistryEntry,
} from './registry-entries.entity.js';
import { Registry, registryChangeKinds } from './registry.js';
import { everPersonalOf, registriesAt } from './registry-history.js';
import {
  foreseen,
  namesIn,
  snapshotOf,
  withEntry,
  type RegistrySnapshot,
  type StandingEntries,
} from './registry-snapshot.js';

const defaultProfile = 'cn-pipl';
const mostEntries = 5000;

/** Which questions are refused under one set of registries, by the texts in force, and allowed under another; null before for what is registered now. */
export type Foresight = (
  registries: { readonly before: RulebookRegistry | null; readonly after: RulebookRegistry },
  touched: Touched,
  instants: readonly number[],
) => Promise<Openings>;

/** What is wrong with fields as an operator wants to register them for a category, each at its pointer below `/eventFields`. */
export type EventFieldsCheck = (category: string, fields: EventFields) => readonly FieldError[];

/** The registries that clauses refer to, and their snapshot for the compiler. Seeds the product's catalogue at boot. */
@Injectable()
export class Registries implements OnModuleInit {
  readonly categories: Registry<Category>;
  readonly purposes: Registry<Purpose>;
  readonly services: Registry<Service>;
  readonly recipients: Registry<Recipient>;
  readonly thirdPartyServices: Registry<ThirdPartyService>;
  private readonly guards: (() => Promise<void>)[] = [];
  private readonly fieldsChecks: EventFieldsCheck[] = [];
  private foresee: Foresight = () => Promise.resolve({ openings: [], isCutOff: false });
  private kept: RegistrySnapshot | null = null;

  constructor(
    @InjectRepository(ProfileVersion) private readonly profileVersionRepository: Repository<ProfileVersion>,
    @InjectRepository(Service) private readonly serviceRepository: Repository<Service>,
    private readonly db: Database,
    private readonly clock: Clock,
    audit: Audit,
    private readonly changes: PendingChanges,
  ) {
    const opensWith = (register: RegisterName, after: RegistryEntry, before: RegistryEntry | null) =>
      this.opensWith(register, after, before);
    const tools = { db, audit, clock, changes, opensWith, requireUsable: () => this.requireUsable() };
    this.categories = new Registry(tools, Category, 'category');
    this.purposes = new Registry(tools, Purpose, 'purpose');
    this.services = new Registry(tools, Service, 'service');
    this.recipients = new Registry(tools, Recipient, 'recipient', ['kind', 'region', 'contractUntil']);
    this.thirdPartyServices = new Registry(tools, ThirdPartyService, 'thirdPartyService');
  }

  async onModuleInit(): Promise<void> {
    const permissions = { permission: 'registry.edit', readPermission: 'registry.read' } as const;
    for (const name of Object.values(registryChangeKinds)) {
      this.changes.register({
        ...permissions,
        name,
        basisNow: (change) => this.registryOf(change.objectType).basisNow(change),
        apply: (change, evidence) => this.registryOf(change.objectType).applyChange(change, evidence),
      });
    }
    await this.seed();
  }

  /** Lets `guard` look at every change before it is kept, in its transaction; it throws to refuse. */
  guardChanges(guard: () => Promise<void>): void {
    this.guards.push(guard);
  }

  /** Tells changes beforehand which questions the texts in force would answer otherwise. */
  foreseeWith(foresee: Foresight): void {
    this.foresee = foresee;
  }

  /** Lets whoever stores events look at the fields that are to be registered for them. */
  checkEventFieldsWith(check: EventFieldsCheck): void {
    this.fieldsChecks.push(check);
  }

  /** Adds what the catalogue has and the registries lack; never changes an entry that is there. */
  async seed(): Promise<void> {
    const at = this.clock.now();
    const entry = () => ({ id: newId(), createdAt: at, updatedAt: at, isSeed: true });
    await this.db.transaction(async () => {
      const { manager } = this.db;
      const added = [
        await manager
          .createQueryBuilder()
          .insert()
          .into(Category)
          .values(catalogue.categories.map((one) => ({ ...entry(), ...one })))
          .orIgnore()
          .returning('id')
          .execute(),
        await manager
          .createQueryBuilder()
          .insert()
          .into(Purpose)
          .values(catalogue.purposes.map((one) => ({ ...entry(), ...one })))
          .orIgnore()
          .returning('id')
          .execute(),
        await manager
          .createQueryBuilder()
          .insert()
          .into(ProfileVersion)
          .values(shippedProfiles(at))
          .orIgnore()
          .returning('code')
          .execute(),
      ];
      const isNew = added.some(({ raw }) => (raw as unknown[]).length > 0);
      if (isNew) await this.db.execute('UPDATE policy.registry_state SET version = version + 1 WHERE id = 1');
    });
  }

  /** The profiles by code, the newest version of each first. @throws DomainError `request.bad_cursor` */
  async profiles({ limit, cursor }: PageQuery): Promise<Page<ProfileVersion>> {
    const query = this.profileVersionRepository
      .createQueryBuilder('profile')
      .orderBy('profile.code')
      .addOrderBy('profile.version', 'DESC')
      .limit(limit + 1);
    if (cursor !== undefined)
      query.where('(profile.code, -profile.version) > (:code, -CAST(:version AS integer))', readProfileCursor(cursor));
    const found = await query.getMany();
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return {
      items,
      nextCursor:
        found.length > limit && last ? Buffer.from(`${last.code} ${last.version}`).toString('base64url') : null,
    };
  }

  /** The profile that policies are compiled and deadlines computed with. */
  async profile(): Promise<Profile> {
    return (await this.snapshot()).registry.profile;
  }

  /** What the services are called, by code. */
  async serviceNames(locale: Locale): Promise<ReadonlyMap<string, string>> {
    const services = await this.serviceRepository.find({ take: mostEntries });
    return new Map(services.map((service) => [service.code, service.name[locale]]));
  }

  async version(): Promise<string> {
    const [row] = await this.db.query<{ version: string }>('SELECT version FROM policy.registry_state WHERE id = 1');
    return row?.version ?? '0';
  }

  /** The registries as they stand; read anew only when their version moved on. */
  async snapshot(): Promise<RegistrySnapshot> {
    const version = await this.version();
    if (this.kept?.version === version) return this.kept;
    const snapshot = await this.read(version);
    if (!this.db.isInTransaction) this.kept = snapshot;
    return snapshot;
  }

  /** The registries as they stood at an instant, under the profile of the present. */
  async snapshotAt(at: Date): Promise<RegistrySnapshot> {
    const { profile } = (await this.snapshot()).registry;
    return snapshotOf({ ...(await registriesAt(this.db, at)), profile }, `at ${at.toISOString()}`);
  }

  private async read(version: string): Promise<RegistrySnapshot> {
    return snapshotOf(await this.entries(), version);
  }

  private async entries(): Promise<StandingEntries> {
    const { manager } = this.db;
    const categories = await manager.find(Category, { order: { code: 'ASC' }, take: mostEntries });
    const purposes = await manager.find(Purpose, { order: { code: 'ASC' }, take: mostEntries });
    const services = await manager.find(Service, { order: { code: 'ASC' }, take: mostEntries });
    const recipients = await manager.find(Recipient, { order: { code: 'ASC' }, take: mostEntries });
    const thirdPartyServices = await manager.find(ThirdPartyService, { order: { code: 'ASC' }, take: mostEntries });
    const profile = await manager.findOneByOrFail(ProfileVersion, { isDefault: true });
    return { categories, purposes, services, recipients, thirdPartyServices, profile: profile.content };
  }

  private registryOf(register: string): Registry<RegistryEntry> {
    const all = [
      this.categories,
      this.purposes,
      this.services,
      this.recipients,
      this.thirdPartyServices,
    ] as unknown as Registry<RegistryEntry>[];
    const found = all.find((one) => one.register === register);
    if (!found) throw new Error(`There is no register of ${register}`);
    return found;
  }

  /** What would be open with an entry as it is to be. @throws DomainError `request.invalid` for fields of events that may not be registered */
  private async opensWith(
    register: RegisterName,
    after: RegistryEntry,
    before: RegistryEntry | null,
  ): Promise<OpensWords> {
    const entries = withEntry(await this.entries(), register, after);
    const instants = [this.clock.now().getTime(), ...afterContract(before)];
    const openings = await this.foresee(
      { before: null, after: foreseen(entries) },
      { register, code: after.code },
      instants,
    );
    const { opens, opensMore } = openingWords(openings, namesIn(entries));
    const plain = register === 'category' ? await this.plainFieldsOf(after as Category, before as Category | null) : [];
    const renamed =
      register === 'recipient' && before ? await this.renamingOf(before as Recipient, after as Recipient) : [];
    return { opens: [...looseningWords(before, after), ...plain, ...renamed, ...opens], opensMore };
  }

  /** Who receives by the texts in force goes by the name that people agreed to: another is shown to two. */
  private async renamingOf(before: Recipient, { name }: Recipient): Promise<Localized[]> {
    if (locales.every((locale) => before.name[locale] === name[locale])) return [];
    const entries = await this.entries();
    const stopped = withEntry(entries, 'recipient', { ...before, isActive: false } as Recipient);
    const received = await this.foresee(
      { before: foreseen(stopped), after: foreseen(entries) },
      { register: 'recipient', code: before.code },
      [this.clock.now().getTime()],
    );
    return received.openings.length > 0 ? [renamingWords(before.name, name)] : [];
  }

  /** What would come to be kept in plain. A name once sealed counts as sealed, however long it was left out since. */
  private async plainFieldsOf(after: Category, before: Category | null): Promise<Localized[]> {
    const standing = before?.eventFields ?? null;
    if (after.eventFields === null || after.eventFields === standing) return [];
    const wanted = after.eventFields;
    refuseFields(this.fieldsChecks.flatMap((check) => check(after.code, wanted)));
    return plainWords(after, { standing, everPersonal: await everPersonalOf(this.db, after.code) });
  }

  private async requireUsable(): Promise<void> {
    for (const guard of this.guards) await guard();
  }
}

const dayMilliseconds = 86_400_000;

/** Beyond the contract as it stands, a longer one opens what is open now and would have ended. */
function afterContract(before: RegistryEntry | null): number[] {
  const until = before && 'contractUntil' in before ? (before as Recipient).contractUntil : null;
  return until === null ? [] : [Date.parse(until) + 2 * dayMilliseconds];
}

/** A profile has no id: its place in the list is its code and version. */
function readProfileCursor(cursor: string): { code: string; version: string } {
  const [, code, version] =
    /^([a-z0-9-]{1,40}) (\d{1,6})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (code === undefined || version === undefined)
    throw new DomainError('invalid', 'request.bad_cursor', { detail: 'Start again from the first page.' });
  return { code, version };
}

function shippedProfiles(createdAt: Date): ProfileVersion[] {
  return Object.values(profiles).map((content) => ({
    code: content.code,
    version: content.version,
    content,
    isDefault: content.code === defaultProfile && content.version === 1,
    createdAt,
  }));
}
