import { Injectable } from '@nestjs/common';
import { DomainError, isId, type Localized } from '@abide/kernel';
import { HolderRegistry, type HeldRow, type Holder, type RowsPage } from '@abide/platform';
import { EffectiveRulebook, type CitedRevision } from '@abide/policy';
import { dueOfRecord } from './holding.rules.js';
import { HoldingsQueries } from './holdings.queries.js';
import { StandingGrounds } from './standing-grounds.js';

/** A page of what is held of one category, record by record, and what its readers need to understand it. */
export interface HoldingRows {
  readonly items: readonly HeldRow[];
  readonly nextCursor: string | null;
  readonly purposes: ReadonlyMap<string, Localized>;
  readonly revisions: ReadonlyMap<string, CitedRevision>;
}

/** The last record of a page. */
interface Place {
  readonly holder: string;
  readonly at: Date;
  readonly id: string;
}

/** Answers "why do you hold this?" for each record of a category: holder after holder, the newest of each first. */
@Injectable()
export class HoldingRowsQueries {
  constructor(
    private readonly holders: HolderRegistry,
    private readonly holdings: HoldingsQueries,
    private readonly standing: StandingGrounds,
    private readonly rulebooks: EffectiveRulebook,
  ) {}

  /** @throws DomainError `request.bad_cursor` */
  async of(
    subjectId: string,
    category: string,
    { limit, cursor }: { readonly limit: number; readonly cursor?: string },
  ): Promise<HoldingRows> {
    const found = await this.after(cursor === undefined ? null : readPlace(cursor), { subjectId, category, limit });
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    const { purposes } = (await this.rulebooks.current()).registry.catalogue;
    return {
      items: shown.map(({ row }) => row),
      nextCursor: found.length > limit && last ? writePlace({ ...last.row, holder: last.holder }) : null,
      purposes: new Map(purposes.map(({ code, label }) => [code, label])),
      revisions: await this.holdings.revisionsOf(shown.flatMap(({ row }) => row.grounds)),
    };
  }

  /** One more than asked for, where there is one. */
  private async after(
    last: Place | null,
    { subjectId, category, limit }: { subjectId: string; category: string; limit: number },
  ): Promise<{ readonly holder: string; readonly row: HeldRow }[]> {
    const found: { holder: string; row: HeldRow }[] = [];
    for (const holder of this.startingWith(last)) {
      if (found.length > limit) break;
      const after = last?.holder === holder.name ? last : null;
      const rows = await this.rowsOf(holder, subjectId, { category, after, limit: limit + 1 - found.length });
      found.push(...rows.map((row) => ({ holder: holder.name, row })));
    }
    return found;
  }

  private startingWith(last: Place | null): readonly Holder[] {
    const all = this.holders.all();
    if (last === null) return all;
    const index = all.findIndex(({ name }) => name === last.holder);
    if (index < 0) throw badCursor();
    return all.slice(index);
  }

  private async rowsOf(holder: Holder, subjectId: string, page: RowsPage): Promise<readonly HeldRow[]> {
    if (!holder.rows) return this.undatedRows(holder, subjectId, page);
    if (page.after && !isId(page.after.id)) throw badCursor();
    return holder.rows(subjectId, page);
  }

  /** Of a holder whose records do not say why they are kept: what the promises and clauses in force say of the category. */
  private async undatedRows(holder: Holder, subjectId: string, page: RowsPage): Promise<HeldRow[]> {
    const { category } = page;
    const said = (await holder.describe(subjectId)).filter((part) => part.category === category);
    if (said.length === 0) return [];
    const grounds = (await this.standing.complete(subjectId, said)).flatMap((part) => part.grounds ?? []);
    const { rulebook } = await this.rulebooks.current();
    const found = await newest(holder, subjectId, page);
    return found.map(({ id, at }) => ({
      id,
      at,
      service: null,
      dueAt: dueOfRecord({ category, grounds }, at, rulebook),
      grounds,
    }));
  }
}

type HeldAt = Pick<HeldRow, 'id' | 'at'>;

/** Reads through all of them and keeps no more than twice a page. */
async function newest(holder: Holder, subjectId: string, { category, after, limit }: RowsPage): Promise<HeldAt[]> {
  let found: HeldAt[] = [];
  for await (const { table, id, since } of holder.export(subjectId, [category])) {
    const record = { id: `${table}/${id}`, at: since };
    if (after && newerFirst(record, after) <= 0) continue;
    found.push(record);
    if (found.length >= limit * 2) found = found.sort(newerFirst).slice(0, limit);
  }
  return found.sort(newerFirst).slice(0, limit);
}

function newerFirst(one: HeldAt, other: HeldAt): number {
  return other.at.getTime() - one.at.getTime() || (one.id < other.id ? 1 : one.id > other.id ? -1 : 0);
}

function readPlace(cursor: string): Place {
  const [holder = '', millis = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split('|');
  const at = new Date(Number(millis));
  if (millis === '' || !(at.getTime() >= 0 && at.getTime() < 253_402_300_800_000)) throw badCursor();
  return { holder, at, id };
}

function writePlace({ holder, at, id }: Place): string {
  return Buffer.from(`${holder}|${at.getTime()}|${id}`).toString('base64url');
}

function badCursor(): DomainError {
  return new DomainError('invalid', 'request.bad_cursor', { detail: 'Start again from the first page.' });
}
