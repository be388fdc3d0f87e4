import { createHash } from 'node:crypto';
import { newId, type Clock, type Page } from '@abide/kernel';
import type { Audit } from '@abide/audit';
import { readCursor, requireMatch, toPage, type Database, type PageQuery } from '@abide/platform';
import { Brackets, type EntityTarget } from 'typeorm';
import { refusal } from '../policy.errors.js';
import { requireFreshSignIn } from '../revisions/acting.js';
import type { RegistryEntry } from './registry-entries.entity.js';

/** What a registry needs to do its work. */
export interface RegistryTools {
  readonly db: Database;
  readonly audit: Audit;
  readonly clock: Clock;
  /** Runs in the transaction of every change and throws to refuse it. */
  readonly requireUsable: () => Promise<void>;
}

type Values<Entry extends RegistryEntry> = Omit<Entry, 'id' | 'createdAt' | 'updatedAt'> & Pick<RegistryEntry, 'code'>;
type Changes<Entry extends RegistryEntry> = Partial<Omit<Values<Entry>, 'code' | 'isSeed'>>;

/**
 * One of the registries that clauses refer to: codes are unique, never reused and never deleted, because revisions of
 * the past cite them. Every change is audited and moves the registry version on, which outdates compiled rulebooks.
 */
export class Registry<Entry extends RegistryEntry> {
  constructor(
    private readonly tools: RegistryTools,
    private readonly entity: EntityTarget<Entry>,
    private readonly objectType: string,
    /** What decides how heavy changes of policies are: changed by who signed in afresh only, with old and new value in the audit. */
    private readonly weighty: readonly (keyof Entry & string)[] = [],
  ) {}

  async list({ limit, cursor }: PageQuery): Promise<Page<Entry>> {
    const after = readCursor(cursor);
    const query = this.tools.db.manager.createQueryBuilder(this.entity, 'entry').orderBy('entry.createdAt').addOrderBy('entry.id').limit(limit + 1);
    if (after) query.where(new Brackets((where) => where.where('(entry.createdAt, entry.id) > (:at, :id)', after)));
    const rows = await query.getMany();
    return toPage(rows, limit, ({ createdAt: at, id }) => ({ at, id }), (entry) => entry);
  }

  /** @throws DomainError `registry.not_found` */
  async get(code: string): Promise<Entry> {
    const entry = await this.tools.db.manager.createQueryBuilder(this.entity, 'entry').where('entry.code = :code', { code }).getOne();
    if (!entry) throw refusal('registry.not_found', { detail: `Nothing is registered under the code ${code}.` });
    return entry;
  }

  /** @throws DomainError `registry.code_taken` */
  async add(values: Values<Entry>): Promise<Entry> {
    const { db, clock } = this.tools;
    return db.transaction(async () => {
      const at = clock.now();
      const entry = { ...values, id: newId(), createdAt: at, updatedAt: at };
      const { raw } = await db.manager.createQueryBuilder().insert().into(this.entity).values(entry as never).orIgnore().returning('id').execute();
      if ((raw as unknown[]).length === 0) throw refusal('registry.code_taken', { detail: `The code ${values.code} is registered already.` });
      await this.recordChange('added', values.code);
      return this.get(values.code);
    });
  }

  /** Changes what `changes` names; `expectedEtag` guards against a lost update. @throws DomainError `session.step_up_required` for what is weighty */
  async change(code: string, changes: Changes<Entry>, expectedEtag: string | undefined): Promise<Entry> {
    const { db, clock } = this.tools;
    return db.transaction(async () => {
      const query = db.manager.createQueryBuilder(this.entity, 'entry').setLock('pessimistic_write').where('entry.code = :code', { code });
      const entry = (await query.getOne()) ?? (await this.get(code));
      requireMatch(expectedEtag, etagOf(entry), 'policy.stale_edit');
      refuseWeakening(entry, changes);
      const turns = this.turnsOf(entry, changes);
      if (turns.length > 0) requireFreshSignIn(clock.now());
      const set = { ...changes, updatedAt: clock.now() } as never;
      await db.manager.createQueryBuilder().update(this.entity).set(set).where('code = :code', { code }).execute();
      await this.recordChange('changed', code, { fields: Object.keys(changes).join(', '), ...Object.fromEntries(turns.flatMap(oldAndNew)) });
      return this.get(code);
    });
  }

  private turnsOf(entry: Entry, changes: Changes<Entry>): Turn[] {
    const after = changes as Partial<Entry>;
    return this.weighty.flatMap((field) => (field in after && after[field] !== entry[field] ? [{ field, before: entry[field] as Turn['before'], after: after[field] as Turn['after'] }] : []));
  }

  private async recordChange(act: 'added' | 'changed', code: string, details: Record<string, string | null> = {}): Promise<void> {
    await this.tools.db.execute('UPDATE policy.registry_state SET version = version + 1 WHERE id = 1');
    await this.tools.requireUsable();
    await this.tools.audit.record({ act: `registry.entry_${act}`, object: { type: this.objectType, id: code }, details });
  }
}

/** The old and the new value of a field. */
interface Turn {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

function oldAndNew({ field, before, after }: Turn): [string, string | null][] {
  return [[`${field}.before`, before], [`${field}.after`, after]];
}

/** A strong validator of an entry, from everything an operator can change. */
export function etagOf({ id: _id, createdAt: _createdAt, updatedAt, ...values }: RegistryEntry): string {
  return createHash('sha256').update(JSON.stringify([values, updatedAt.getTime()])).digest('hex').slice(0, 32);
}

const protectedFlags = ['isSensitive', 'isLocation', 'isCoveredByGpc'];

/** What the product ships as sensitive, located or covered by Global Privacy Control stays so (PIPL art. 28). */
function refuseWeakening(entry: object, changes: object): void {
  const before = entry as Record<string, unknown>;
  const after = changes as Record<string, unknown>;
  const weakened = before['isSeed'] === true ? protectedFlags.filter((flag) => before[flag] === true && after[flag] === false) : [];
  if (weakened.length === 0) return;
  throw refusal('registry.seed_protected', { detail: 'This entry comes with the product and cannot be made less protected. Nothing was changed.', extra: { fields: weakened } });
}
