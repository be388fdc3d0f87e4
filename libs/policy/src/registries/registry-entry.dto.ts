import { Id, Instant, LocalizedText, Nested } from '@abide/platform';
import type { RegistryEntry } from './registry-entries.entity.js';

/** Codes of categories, purposes, services and third-party services: `registration.idNumber`, `ticketing`. */
export const codePattern = /^[a-z][A-Za-z0-9]*(?:[.-][A-Za-z0-9]+)*$/;

/** What the answers about every registry share. */
export abstract class RegistryEntryDto {
  @Id({ description: 'For other systems; clauses cite the code' }) readonly id: string = '';
  @Nested(() => LocalizedText) readonly name: LocalizedText = new LocalizedText();
  @Instant() readonly createdAt: string = '';
  @Instant() readonly updatedAt: string = '';
}

export function toCommonFields({ id, createdAt, updatedAt }: RegistryEntry): {
  id: string;
  createdAt: string;
  updatedAt: string;
} {
  return { id, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}

/** The members of `changes` that are present: absent means leave as it is. */
export function present<T extends object>(changes: T): Partial<T> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<T>;
}
