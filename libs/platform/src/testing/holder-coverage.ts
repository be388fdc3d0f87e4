import { getMetadataArgsStorage } from 'typeorm';
import type { Persistence } from '../database/persistence-set.js';
import { classificationsOf } from '../personal-data/classified.js';
import type { Holder } from '../personal-data/holder.js';

/**
 * What is missing for personal data to be accounted for: tables about a subject that no holder names, and columns
 * without a classification. Empty when all is well.
 */
export function uncoveredPersonalData(persistence: Persistence, holders: readonly Holder[]): string[] {
  const covered = new Set(holders.flatMap((holder) => holder.tables));
  const storage = getMetadataArgsStorage();
  return persistence.entities.flatMap((entity) => {
    const table = storage.tables.find((candidate) => candidate.target === entity);
    const lineage = lineageOf(entity);
    const columns = storage.columns
      .filter((column) => lineage.includes(column.target as Function))
      .map((column) => column.propertyName);
    if (!columns.includes('subjectId')) return [];
    const name = `${table?.schema}.${table?.name}`;
    const classified = classificationsOf(entity);
    const unclassified = columns
      .filter((column) => !classified.has(column))
      .map((column) => `${name}.${column} is not classified`);
    return covered.has(name) ? unclassified : [`${name} is covered by no holder`, ...unclassified];
  });
}

function lineageOf(entity: Function): Function[] {
  const parent = Object.getPrototypeOf(entity) as Function | null;
  return parent && parent !== Function.prototype ? [entity, ...lineageOf(parent)] : [entity];
}
