import pg from 'pg';
import type { HolderSubject } from '../protocol/holder-client.js';
import type { DatabaseManifest, MappedTable } from './manifest.schema.js';

/** Their id in Abide, which no identifier is. */
const account = 'account';
const chinesePhone = /^\+86(\d{11})$/;

export const quoted = pg.escapeIdentifier;

export function quotedTable(table: string): string {
  const dot = table.indexOf('.');
  return `${quoted(table.slice(0, dot))}.${quoted(table.slice(dot + 1))}`;
}

/** SQL that finds the rows of one person; what they are known by are parameters. */
export class SubjectRows {
  readonly parameters: unknown[] = [];

  constructor(
    private readonly manifest: DatabaseManifest,
    private readonly subject: HolderSubject,
  ) {}

  /** The number of a further parameter, as SQL. */
  parameter(value: unknown): string {
    this.parameters.push(value);
    return `$${this.parameters.length}`;
  }

  /** A condition on `alias`; null where nothing is given that the table knows people by. */
  of(mapped: MappedTable, alias = 't'): string | null {
    const { subject } = mapped;
    if (Array.isArray(subject)) {
      const matches = subject.flatMap((match) => this.matching(alias, match) ?? []);
      return matches.length === 0 ? null : `(${matches.join(' OR ')})`;
    }
    const next = this.manifest.tables.find(({ table }) => table === subject.through);
    const inner = `${alias}t`;
    const isTheirs = next && this.of(next, inner);
    if (!isTheirs) return null;
    const joined = Object.entries(subject.on).map(
      ([own, other]) => `${inner}.${quoted(other)} = ${alias}.${quoted(own)}`,
    );
    return `EXISTS (SELECT FROM ${quotedTable(subject.through)} AS ${inner} WHERE ${[...joined, isTheirs].join(' AND ')})`;
  }

  private matching(
    alias: string,
    { column, identifier, ignoreCase }: { column: string; identifier: string; ignoreCase: boolean },
  ): string | null {
    const values = this.valuesOf(identifier);
    if (values.length === 0) return null;
    const text = `${alias}.${quoted(column)}::text`;
    if (!ignoreCase) return `${text} = ANY (${this.parameter(values)}::text[])`;
    return `lower(${text}) = ANY (${this.parameter(values.map((value) => value.toLowerCase()))}::text[])`;
  }

  private valuesOf(type: string): string[] {
    const { id, identifiers } = this.subject;
    const known = type === account ? [id] : identifiers.filter((one) => one.type === type).map(({ value }) => value);
    return [...new Set(known.flatMap(writings))].filter((value) => value.trim() !== '');
  }
}

/** How databases write what we know: a Chinese telephone number also without its country. */
function writings(value: string): string[] {
  const [, national] = chinesePhone.exec(value) ?? [];
  return national ? [value, value.slice(1), `00${value.slice(1)}`, national] : [value];
}
