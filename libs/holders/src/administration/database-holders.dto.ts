import {
  Id,
  Instant,
  ListOf,
  Nested,
  OneOf,
  retentionGrounds,
  Text,
  Texts,
  Whole,
  type HolderAnswer,
  type StayingGround,
} from '@abide/platform';
import { kindsOf, maxManifestCharacters } from '../database/manifest.js';
import type { DatabaseManifest, MappedTable } from '../database/manifest.schema.js';
import { HolderName, networksOf } from './outside-holders.dto.js';

const urlOf = 'Sealed, and never shown again; over TLS in production';
const urlExample = 'postgres://abide:password@signing.internal:5432/signing?sslmode=require';
const manifestOf = 'YAML, from `npx abide holder draft`, with every gap filled';

export class RegisterDatabaseHolder {
  @Text({ max: 40, example: 'signing', pattern: /^[a-z][a-z0-9-]*$/, description: 'Never given twice' })
  readonly code: string = '';
  @Nested(() => HolderName) readonly name: HolderName = new HolderName();
  @Text({ max: 500, example: urlExample, description: urlOf }) readonly url: string = '';
  @Texts({ max: 20, maxLength: 50, description: networksOf }) readonly networks: readonly string[] = [];
  @Text({ max: maxManifestCharacters, description: manifestOf }) readonly manifest: string = '';
}

export class ChangeDatabaseHolder {
  @Text({ max: 500, example: urlExample, description: urlOf, optional: true }) readonly url?: string;
  @Texts({ max: 20, maxLength: 50, description: networksOf, optional: true }) readonly networks?: readonly string[];
  @Text({ max: maxManifestCharacters, description: manifestOf, optional: true }) readonly manifest?: string;
}

class CoveredKindDto {
  @Text({ max: 80 }) readonly category: string = '';
  @Texts({ max: 1600, maxLength: 63 }) readonly columns: readonly string[] = [];
}

const erasures = ['delete', 'blank', 'keep', 'leave'] as const;

class CoveredTableDto {
  @Text({ max: 127, example: 'signing.signers' }) readonly table: string = '';
  @ListOf(() => CoveredKindDto, { max: 200 }) readonly kinds: readonly CoveredKindDto[] = [];
  @Texts({ max: 200, maxLength: 63, description: 'What may be corrected' }) readonly correctable: readonly string[] =
    [];
  @Text({ max: 63, nullable: true, description: 'The column that says that a row is only stored' })
  readonly restrictedBy: string | null = null;
  @OneOf(erasures, { description: 'What erasing does; leave: only a way to other tables' })
  readonly erasure: (typeof erasures)[number] = 'leave';
  @Text({ max: 200, nullable: true, description: 'Why it is kept' }) readonly article: string | null = null;
}

/** What a database is asked by. */
export class DatabaseManifestResponse {
  @Text({ max: maxManifestCharacters }) readonly manifest: string = '';
  @ListOf(() => CoveredTableDto, { max: 100 }) readonly tables: readonly CoveredTableDto[] = [];
  @Text({
    max: 127,
    nullable: true,
    description: 'Where what was done is noted; without it a person does what changes something',
  })
  readonly ledger: string | null = null;
}

class ShadowIdentifier {
  @Text({ max: 40, example: 'email', pattern: /^[a-z][A-Za-z]+$/ }) readonly type: string = '';
  @Text({ max: 320 }) readonly value: string = '';
}

export class ShadowRun {
  @Id({ optional: true, description: 'Of an account here' }) readonly subjectId?: string;
  @ListOf(() => ShadowIdentifier, { max: 20, optional: true }) readonly identifiers?: readonly ShadowIdentifier[];
}

class ShadowCountDto {
  @Text({ max: 127, nullable: true }) readonly table: string | null = null;
  @Text({ max: 80 }) readonly category: string = '';
  @Whole({ min: 0, max: Number.MAX_SAFE_INTEGER }) readonly count: number = 0;
}

class ShadowRetainedDto {
  @Text({ max: 80 }) readonly category: string = '';
  @Whole({ min: 0, max: Number.MAX_SAFE_INTEGER }) readonly count: number = 0;
  @OneOf(retentionGrounds) readonly ground: StayingGround['ground'] = 'legalMinimum';
  @Text({ max: 200 }) readonly article: string = '';
  @Instant({ nullable: true }) readonly until: string | null = null;
}

/** What erasing somebody would do; nothing of it was kept. */
export class ShadowResponse {
  @Text({ max: 40, example: 'done' }) readonly outcome: string = '';
  @ListOf(() => ShadowCountDto, { max: 1000 }) readonly counts: readonly ShadowCountDto[] = [];
  @ListOf(() => ShadowRetainedDto, { max: 1000 }) readonly retained: readonly ShadowRetainedDto[] = [];
}

export function toManifest(text: string, { tables, ledger }: DatabaseManifest): DatabaseManifestResponse {
  return { manifest: text, tables: tables.map(toTable), ledger };
}

function toTable(mapped: MappedTable): CoveredTableDto {
  const { table, correctable, restrict, erase } = mapped;
  const keep = typeof erase === 'object' && 'keep' in erase ? erase.keep : null;
  return {
    table,
    kinds: [...kindsOf(mapped)].map(([category, columns]) => ({ category, columns })),
    correctable,
    restrictedBy: restrict?.column ?? null,
    erasure: typeof erase === 'string' ? erase : keep ? 'keep' : 'blank',
    article: keep?.article ?? null,
  };
}

export function toShadow({ outcome, counts, retained }: HolderAnswer): ShadowResponse {
  return {
    outcome,
    counts: counts.map(({ table, category, count }) => ({ table: table ?? null, category, count })),
    retained: retained.map((one) => ({ ...one, until: one.until?.toISOString() ?? null })),
  };
}
