import { Injectable } from '@nestjs/common';
import { nilId } from '@abide/kernel';
import { Database, type SuppliedRecord, type SupplyRequest } from '@abide/platform';
import { Vault } from '@abide/vault';

interface Row {
  readonly subjectId: string;
  readonly key: string;
  readonly category: string;
  readonly field: string;
  readonly at: Date;
  readonly sealed: Buffer | null;
  readonly plain: string | null;
}

/** Tables of which each row is one value: SQL for the row (`held`), and in which column it is sealed, null where it is plain. */
const sources = [
  {
    table: 'identity.subjects',
    key: 'subject_id',
    category: `'preference.language'`,
    field: `'locale'`,
    at: 'registered_at',
    column: null,
    plain: 'held.locale',
    isGiven: 'true',
  },
  {
    table: 'identity.profile_fields',
    key: 'field',
    category: 'held.category',
    field: 'held.field',
    at: 'updated_at',
    column: 'value',
    plain: 'NULL',
    isGiven: 'true',
  },
  {
    table: 'identity.identifiers',
    key: 'type',
    category: `'registration.' || held.type`,
    field: 'held.type',
    at: 'confirmed_at',
    column: 'value',
    plain: 'NULL',
    isGiven: 'held.confirmed_at IS NOT NULL',
  },
  {
    table: 'identity.device_links',
    key: 'device_id',
    category: `'log.deviceIdentifier'`,
    field: `'deviceId'`,
    at: 'linked_at',
    column: null,
    plain: 'held.device_id::text',
    isGiven: 'held.ended_at IS NULL',
  },
  {
    table: 'identity.sign_ins',
    key: 'id',
    category: `'client.signIn'`,
    field: `'client'`,
    at: 'at',
    column: 'client',
    plain: 'NULL',
    isGiven: 'true',
  },
  {
    table: 'identity.sign_ins',
    key: 'id',
    category: `'log.network'`,
    field: `'address'`,
    at: 'at',
    column: 'address',
    plain: 'NULL',
    isGiven: 'true',
  },
] as const;
type Source = (typeof sources)[number];

/** What has no coarser form here stays here unless it may leave exactly. */
const onlyExactly = ['log.network'];
const rowsPerPage = 500;

/** Supplies what is known of accounts: confirmed identifiers, the profile, devices and sign-ins. What is kept of a guardianship is not the child's to share. */
@Injectable()
export class IdentitySupply {
  constructor(
    private readonly db: Database,
    private readonly vault: Vault,
  ) {}

  async *supply(request: SupplyRequest): AsyncIterable<SuppliedRecord> {
    const categories = request.categories.filter(
      (category) => request.precision === 'exact' || !onlyExactly.includes(category),
    );
    for (const source of sources) {
      const firstKey = source.key === 'field' || source.key === 'type' ? '' : nilId;
      let last = { subjectId: nilId, key: firstKey };
      for (;;) {
        const page = await this.page(source, { ...request, categories }, last);
        yield* page.records;
        if (page.last === null) break;
        last = page.last;
      }
    }
  }

  /** Keys are read once for a page. */
  private page(source: Source, request: SupplyRequest, after: { subjectId: string; key: string }) {
    return this.db.transaction(async () => {
      const rows = await this.read(source, request, after);
      await this.vault.prepare(
        rows.map(({ subjectId }) => subjectId),
        'open',
      );
      const records: SuppliedRecord[] = [];
      for (const row of rows) records.push(await this.toRecord(source, row));
      const end = rows.at(-1);
      return { records, last: end && rows.length === rowsPerPage ? { subjectId: end.subjectId, key: end.key } : null };
    });
  }

  private read(
    { table, key, category, field, at, column, plain, isGiven }: Source,
    { subjectIds, categories, fields }: SupplyRequest,
    after: { subjectId: string; key: string },
  ): Promise<Row[]> {
    return this.db.query<Row>(
      `SELECT subject_id AS "subjectId", ${key} AS key, ${category} AS category, ${field} AS field, ${at} AS at, ${column ?? 'NULL::bytea'} AS sealed, ${plain} AS plain
       FROM ${table} AS held
       WHERE subject_id = ANY($1::uuid[]) AND ${category} = ANY($2::text[]) AND ($3::text[] IS NULL OR ${field} = ANY($3)) AND ${isGiven}
         AND (subject_id, ${key}) > ($4, $5) ORDER BY subject_id, ${key} LIMIT ${rowsPerPage}`,
      [subjectIds, categories, fields, after.subjectId, after.key],
    );
  }

  private async toRecord({ table, column }: Source, row: Row): Promise<SuppliedRecord> {
    const { subjectId, key: rowId, category, field, at, sealed, plain } = row;
    const value =
      sealed && column !== null ? await this.vault.open({ subjectId, table, column, rowId }, sealed) : plain;
    return { subjectId, category, service: null, at, values: { [field]: value } };
  }
}
