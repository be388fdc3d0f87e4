import { createHash } from 'node:crypto';
import { newId, type Clock, type Localized, type Page } from '@abide/kernel';
import type { Audit } from '@abide/audit';
import type { ChangeOutcome, PendingChange, PendingChanges } from '@abide/identity';
import { readCursor, requireFreshSignIn, requireMatch, toPage, type Database, type PageQuery } from '@abide/platform';
import { catalogue, isRegion, regionInstead } from '@abide/rulebook';
import { Brackets, type EntityTarget } from 'typeorm';
import { refusal } from '../policy.errors.js';
import { actingOperator } from '../acting.js';
import type { OpensWords } from './opening-words.js';
import type { RegisterName } from './openings.js';
import type { RegistryEntry } from './registry-entries.entity.js';

/** What a registry needs to do its work. */
export interface RegistryTools {
  readonly db: Database;
  readonly audit: Audit;
  readonly clock: Clock;
  /** Runs in the transaction of every change and throws to refuse it. */
  readonly requireUsable: () => Promise<void>;
  /** What would be open with the entry as it is to be, in words; null before for a new one. */
  readonly opensWith: (
    register: RegisterName,
    after: RegistryEntry,
    before: RegistryEntry | null,
  ) => Promise<OpensWords>;
  /** What opens something waits here for a second operator. */
  readonly changes: PendingChanges;
}

/** What would come of a change, without doing it. */
export interface ChangePreview extends OpensWords {
  /** Whether it would wait for a second operator. */
  readonly waits: boolean;
}

/** Done, waiting for a second operator, or only tried. */
export type RegistryOutcome<Entry> = ChangeOutcome<Entry> | { readonly preview: ChangePreview };

export const registryChangeKinds = { addition: 'registryAddition', amendment: 'registryAmendment' } as const;

interface ChangeHow {
  readonly etag?: string | undefined;
  readonly dryRun?: boolean | undefined;
}

type Details = Record<string, string | boolean | null>;

type Values<Entry extends RegistryEntry> = Omit<Entry, 'id' | 'createdAt' | 'updatedAt'> & Pick<RegistryEntry, 'code'>;
type Changes<Entry extends RegistryEntry> = Partial<Omit<Values<Entry>, 'code' | 'isSeed'>>;

/** Of an addition its values, of an amendment what changes. */
interface ProposedEntry<Entry extends RegistryEntry> {
  readonly values: Values<Entry>;
  readonly changes: Changes<Entry>;
}

/**
 * One of the registries that clauses refer to: codes are unique, never reused and never deleted, because revisions of
 * the past cite them. Every change is audited and moves the registry version on, which outdates compiled rulebooks.
 */
export class Registry<Entry extends RegistryEntry> {
  constructor(
    private readonly tools: RegistryTools,
    private readonly entity: EntityTarget<Entry>,
    readonly register: RegisterName,
    /** What decides how heavy changes of policies are: changed by who signed in afresh only, with old and new value in the audit. */
    private readonly weighty: readonly (keyof Entry & string)[] = [],
  ) {}

  async list({ limit, cursor }: PageQuery): Promise<Page<Entry>> {
    const after = readCursor(cursor);
    const query = this.tools.db.manager
      .createQueryBuilder(this.entity, 'entry')
      .orderBy('entry.createdAt')
      .addOrderBy('entry.id')
      .limit(limit + 1);
    if (after) query.where(new Brackets((where) => where.where('(entry.createdAt, entry.id) > (:at, :id)', after)));
    const rows = await query.getMany();
    return toPage(
      rows,
      limit,
      ({ createdAt: at, id }) => ({ at, id }),
      (entry) => entry,
    );
  }

  /** @throws DomainError `registry.not_found` */
  async get(code: string): Promise<Entry> {
    const entry = await this.tools.db.manager
      .createQueryBuilder(this.entity, 'entry')
      .where('entry.code = :code', { code })
      .getOne();
    if (!entry) throw refusal('registry.not_found', { detail: `Nothing is registered under the code ${code}.` });
    return entry;
  }

  /**
   * Registers an entry; where that opens something, with a second operator. @throws DomainError `registry.code_taken`,
   * `registry.unknown_region`, `session.step_up_required` for what opens something
   */
  async add(values: Values<Entry>, { dryRun = false }: ChangeHow = {}): Promise<RegistryOutcome<Entry>> {
    return this.tools.db.transaction(async () => {
      await this.lock();
      await this.requireFree(values.code);
      requireRegion(values);
      const words = await this.tools.opensWith(this.register, this.newEntry(values), null);
      if (dryRun) return { preview: await this.preview(words) };
      if (words.opens.length === 0) return { done: await this.insert(values, {}) };
      const about = {
        kind: registryChangeKinds.addition,
        objectId: values.code,
        name: nameOf(values),
        proposed: { values },
        basis: fingerprint(null, words),
      };
      return this.propose({ ...about, words }, (details) => this.insert(values, details));
    });
  }

  /**
   * Changes what `changes` names; `etag` guards against a lost update. What opens something waits for a second operator.
   * @throws DomainError `registry.unknown_region`, `session.step_up_required` for what is weighty or opens something
   */
  async change(
    code: string,
    changes: Changes<Entry>,
    { etag, dryRun = false }: ChangeHow,
  ): Promise<RegistryOutcome<Entry>> {
    return this.tools.db.transaction(async () => {
      await this.lock();
      const entry = await this.get(code);
      requireMatch(etag, etagOf(entry), 'policy.stale_edit');
      refuseWeakening(entry, changes);
      if (!onlyStops(changes)) requireRegion({ ...entry, ...changes });
      const words = await this.tools.opensWith(this.register, { ...entry, ...changes }, entry);
      if (dryRun) return { preview: await this.preview(words) };
      if (this.turnsOf(entry, changes).length > 0) requireFreshSignIn(actingOperator(), this.tools.clock.now());
      if (words.opens.length === 0) return { done: await this.update(entry, changes, {}) };
      const about = {
        kind: registryChangeKinds.amendment,
        objectId: code,
        name: nameOf(entry),
        proposed: { changes, before: valuesBefore(entry, changes) },
        basis: fingerprint(entry, words),
      };
      return this.propose({ ...about, words }, (details) => this.update(entry, changes, details));
    });
  }

  /** What a change stands on: the entry as it is, and what it would open now. @throws DomainError `registry.code_taken`, `registry.unknown_region` */
  async basisNow({ kind, objectId, proposed }: PendingChange): Promise<string> {
    await this.lock();
    const isAddition = kind === registryChangeKinds.addition;
    if (isAddition) await this.requireFree(objectId);
    const { values, changes } = proposed as ProposedEntry<Entry>;
    const before = isAddition ? null : await this.get(objectId);
    const after = before ? { ...before, ...changes } : this.newEntry(values);
    requireRegion(after);
    return fingerprint(before, await this.tools.opensWith(this.register, after, before));
  }

  /** Does what a second operator confirmed. */
  async applyChange({ kind, objectId, proposed }: PendingChange, evidence: Details): Promise<void> {
    const { values, changes } = proposed as ProposedEntry<Entry>;
    if (kind === registryChangeKinds.addition) await this.insert(values, evidence);
    else await this.update(await this.get(objectId), changes, evidence);
  }

  /** One change of the registries at a time: what each would open is computed from what stands. */
  private async lock(): Promise<void> {
    await this.tools.changes.lock();
    await this.tools.db.query('SELECT version FROM policy.registry_state WHERE id = 1 FOR UPDATE');
  }

  private async requireFree(code: string): Promise<void> {
    const taken = await this.tools.db.manager
      .createQueryBuilder(this.entity, 'entry')
      .where('entry.code = :code', { code })
      .getExists();
    if (taken) throw refusal('registry.code_taken', { detail: `The code ${code} is registered already.` });
  }

  private newEntry(values: Values<Entry>): Entry {
    const at = this.tools.clock.now();
    return { ...values, id: newId(), createdAt: at, updatedAt: at } as unknown as Entry;
  }

  private async preview(words: OpensWords): Promise<ChangePreview> {
    return {
      ...words,
      waits: words.opens.length > 0 && (await this.tools.changes.areNeeded(actingOperator().operatorId)),
    };
  }

  private propose(
    {
      words,
      ...about
    }: Pick<PendingChange, 'kind' | 'objectId' | 'name' | 'proposed' | 'basis'> & { readonly words: OpensWords },
    act: (details: Details) => Promise<Entry>,
  ): Promise<ChangeOutcome<Entry>> {
    requireFreshSignIn(actingOperator(), this.tools.clock.now());
    return this.tools.changes.proposeOrAct(
      { ...about, ...words, objectType: this.register, by: actingOperator().operatorId },
      act,
    );
  }

  private async insert(values: Values<Entry>, details: Details): Promise<Entry> {
    await this.tools.db.manager
      .createQueryBuilder()
      .insert()
      .into(this.entity)
      .values(this.newEntry(values) as never)
      .execute();
    await this.recordChange('added', values.code, details);
    return this.get(values.code);
  }

  private async update(entry: Entry, changes: Changes<Entry>, details: Details): Promise<Entry> {
    const { db, clock } = this.tools;
    const { code } = entry;
    await db.manager
      .createQueryBuilder()
      .update(this.entity)
      .set({ ...changes, updatedAt: clock.now() } as never)
      .where('code = :code', { code })
      .execute();
    const turns = this.turnsOf(entry, changes).flatMap(oldAndNew);
    await this.recordChange('changed', code, {
      fields: Object.keys(changes).join(', '),
      ...Object.fromEntries(turns),
      ...details,
    });
    return this.get(code);
  }

  private turnsOf(entry: Entry, changes: Changes<Entry>): Turn[] {
    const after = changes as Partial<Entry>;
    return this.weighty.flatMap((field) =>
      field in after && after[field] !== entry[field]
        ? [{ field, before: entry[field] as Turn['before'], after: after[field] as Turn['after'] }]
        : [],
    );
  }

  private async recordChange(act: 'added' | 'changed', code: string, details: Details): Promise<void> {
    await this.tools.db.execute('UPDATE policy.registry_state SET version = version + 1 WHERE id = 1');
    await this.tools.requireUsable();
    await this.tools.audit.record({ act: `registry.entry_${act}`, object: { type: this.register, id: code }, details });
  }
}

/** The old and the new value of a field. */
interface Turn {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

function oldAndNew({ field, before, after }: Turn): [string, string | null][] {
  return [
    [`${field}.before`, before],
    [`${field}.after`, after],
  ];
}

/** A strong validator of an entry, from everything an operator can change. */
export function etagOf({ id: _id, createdAt: _createdAt, updatedAt, ...values }: RegistryEntry): string {
  return createHash('sha256')
    .update(JSON.stringify([values, updatedAt.getTime()]))
    .digest('hex')
    .slice(0, 32);
}

/** What a change was proposed against: the entry as it stood, and everything it would open. */
function fingerprint(entry: RegistryEntry | null, words: OpensWords): string {
  return createHash('sha256')
    .update(JSON.stringify([entry && etagOf(entry), words]))
    .digest('hex');
}

/** Categories and purposes have labels, the others names. */
function nameOf(entry: object): Localized {
  const { label, name } = entry as { readonly label?: Localized; readonly name?: Localized };
  return label ?? name ?? { 'zh-CN': '', en: '' };
}

function valuesBefore(entry: object, changes: object): object {
  const held = entry as Record<string, unknown>;
  return Object.fromEntries(Object.keys(changes).map((field) => [field, held[field] ?? null]));
}

const protectedFlags = ['isSensitive', 'isLocation', 'isCoveredByGpc'];

/** Also what an operator had registered before the product came to ship it. */
function isBuiltIn(entry: object): boolean {
  const { isSeed, code } = entry as { readonly isSeed?: boolean; readonly code?: string };
  return (
    isSeed === true ||
    (isSeed !== undefined &&
      (catalogue.categories.some((one) => one.code === code) || catalogue.purposes.some((one) => one.code === code)))
  );
}

/** What the product ships as sensitive, located or covered by Global Privacy Control stays so (PIPL art. 28). */
function refuseWeakening(entry: object, changes: object): void {
  const before = entry as Record<string, unknown>;
  const after = changes as Record<string, unknown>;
  const weakened = isBuiltIn(entry)
    ? protectedFlags.filter((flag) => before[flag] === true && after[flag] === false)
    : [];
  if (weakened.length === 0) return;
  throw refusal('registry.seed_protected', {
    detail: 'This entry comes with the product and cannot be made less protected. Nothing was changed.',
    extra: { fields: weakened },
  });
}

/** An entry can always be stopped, whatever else is wrong with it. */
function onlyStops(changes: object): boolean {
  return Object.entries(changes).every(([field, value]) => field === 'isActive' && value === false);
}

/** Where a recipient is must be a place. What was registered otherwise before this was asked is mended with its next change. */
function requireRegion(entry: object): void {
  const { region } = entry as { readonly region?: string };
  if (region === undefined || isRegion(region)) return;
  const message = `${region} is no country or subdivision of ISO 3166. Write for example ${regionInstead(region)}.`;
  throw refusal('registry.unknown_region', {
    detail: `${message} Nothing was changed.`,
    errors: [{ pointer: '/region', code: 'registry.unknown_region', message }],
  });
}
